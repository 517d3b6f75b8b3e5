package thimble.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The order in which nodes can be computed. */
final class Topology {
    private Topology() {}

    /** All nodes that the roots need, operands before users; a stack of its own, because graphs may be deeper than Java's. */
    static List<Tensor> order(Collection<Tensor> roots) {
        List<Tensor> order = new ArrayList<>();
        Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        record Frame(Tensor tensor, int[] next) {}
        ArrayDeque<Frame> stack = new ArrayDeque<>();
        for (Tensor root : roots) {
            if (seen.add(root)) {
                stack.push(new Frame(root, new int[1]));
            }
            while (!stack.isEmpty()) {
                Frame frame = stack.peek();
                if (frame.next[0] < frame.tensor.inputs().size()) {
                    Tensor operand = frame.tensor.inputs().get(frame.next[0]++);
                    if (seen.add(operand)) {
                        stack.push(new Frame(operand, new int[1]));
                    }
                } else {
                    order.add(frame.tensor);
                    stack.pop();
                }
            }
        }
        return order;
    }
}
