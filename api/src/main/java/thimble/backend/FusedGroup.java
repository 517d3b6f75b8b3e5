package thimble.backend;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import thimble.tensor.Tensor;

/**
 * Nodes that one generated kernel computes.
 *
 * @param level level of its outputs
 * @param examples number of examples, the innermost loop; 0 for a group without a batch axis, which runs over flat elements
 * @param outputs values it stores, and sums over the batch it adds up
 * @param body nodes it computes, constants included
 * @param loads nodes whose stored values it reads
 */
public record FusedGroup(
        int level, int examples, List<Tensor> outputs, SequencedSet<Tensor> body, SequencedSet<Tensor> loads) {
    /** True if the innermost loop runs over examples. */
    public boolean batch() {
        return examples > 0;
    }

    /** The group that makes the outputs of both. */
    FusedGroup with(FusedGroup other) {
        LinkedHashSet<Tensor> allOutputs = new LinkedHashSet<>(outputs);
        allOutputs.addAll(other.outputs);
        LinkedHashSet<Tensor> allNodes = new LinkedHashSet<>(body);
        allNodes.addAll(other.body);
        LinkedHashSet<Tensor> allLoads = new LinkedHashSet<>(loads);
        allLoads.addAll(other.loads);
        allLoads.removeAll(allNodes);
        return new FusedGroup(level, examples, List.copyOf(allOutputs), allNodes, allLoads);
    }
}
