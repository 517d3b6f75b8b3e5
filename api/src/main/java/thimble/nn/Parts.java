package thimble.nn;

import java.util.ArrayList;
import java.util.List;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * A model with several inputs: an example [n, elements] is the parts one after another; each goes through its own
 * branch, and the flattened outputs are joined to [n, features].
 *
 * @param branches one per part, in the order of the example
 */
public record Parts(List<Branch> branches) implements Layer {
    /**
     * What happens to one part.
     *
     * @param name name of the part and of the branch in paths
     * @param shape shape of the part in one example
     * @param layer what it goes through
     */
    public record Branch(String name, Shape shape, Layer layer) {}

    /**
     * Copies the branches.
     *
     * @throws IllegalArgumentException if there are none
     */
    public Parts {
        branches = List.copyOf(branches);
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("[parts] expected at least one branch but received none");
        }
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        int elements =
                branches.stream().mapToInt(branch -> branch.shape().elements()).sum();
        Tensor flat = x.flatten();
        if (flat.shape().size(1) != elements) {
            throw Checks.error("parts", scope, elements + " elements per example", flat.shape());
        }
        List<Tensor> outputs = new ArrayList<>();
        int from = 0;
        for (Branch branch : branches) {
            int to = from + branch.shape().elements();
            Tensor part = flat.slice(1, from, to)
                    .reshape(branch.shape().withFirst(x.shape().size(0)));
            outputs.add(branch.layer().apply(part, scope.child(branch.name())).flatten());
            from = to;
        }
        return Tensor.concat(1, outputs);
    }
}
