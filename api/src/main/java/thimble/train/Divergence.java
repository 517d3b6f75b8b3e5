package thimble.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import thimble.backend.State;
import thimble.nn.Tap;
import thimble.tensor.Reference;
import thimble.tensor.Tensor;

/** Finds the first number of a step that is not finite, by running the step on the reference. */
final class Divergence {
    private Divergence() {}

    /** Where it stands: layer and primitive, and the lines of the graph round it. */
    static TrainingDivergedException find(StepSetup setup, State state, long seed, long step, BatchFeed.Batch batch) {
        StepGraph graph = StepGraph.of(setup);
        StepGraph.Loss loss = StepGraph.loss(setup);
        Reference reference = new Reference()
                .key(seed, step)
                .feed(ForwardPass.INPUT, wide(batch.input()))
                .feed(ForwardPass.TARGET, wide(batch.target()))
                .feed(StepContext.WEIGHT, ones(setup.batch()));
        graph.registry()
                .scalars()
                .forEach(scalar -> reference.feed(scalar.input(), scalar.value().at(seed, step)));
        for (Tensor variable : state.variables()) {
            float[] values = new float[variable.shape().elements()];
            state.read(Weights.name(variable), values);
            reference.variable(Weights.name(variable), wide(values));
        }
        List<Tap> taps = loss.context().pass().taps();
        List<Tensor> forward = new ArrayList<>(taps.stream().map(Tap::tensor).toList());
        forward.add(loss.context().loss());
        Optional<Reference.Fault> fault = reference.firstNotFinite(forward);
        if (fault.isPresent()) {
            Tensor node = fault.get().node();
            String layer = taps.stream()
                    .filter(tap -> Tensor.topological(List.of(tap.tensor())).contains(node))
                    .findFirst()
                    .map(tap -> "layer " + tap.name())
                    .orElse("the loss");
            return error(step, layer, fault.get());
        }
        return reference
                .firstNotFinite(graph.graph().roots())
                .map(found -> error(step, "penalties or gradients", found))
                .orElse(new TrainingDivergedException(
                        step, "single precision only, all numbers of this step are finite in double precision", ""));
    }

    private static TrainingDivergedException error(long step, String where, Reference.Fault fault) {
        String node = fault.node() + " is " + fault.value() + " at element " + fault.element();
        return new TrainingDivergedException(step, where + ", " + node, fault.lines());
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }
}
