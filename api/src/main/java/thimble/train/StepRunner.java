package thimble.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** The programs of a training step bound to a state; a step allocates nothing here. For one thread at a time. */
final class StepRunner implements AutoCloseable {
    private final TrainingStep step;
    private final List<Bound> variants = new ArrayList<>();
    private final float[] loss = new float[1];

    /** One variant with the numbers it reads. */
    private static final class Bound {
        final Executable executable;
        final StepScalar[] changing;
        final float[] number = new float[1];
        final boolean weighted;
        final boolean targeted;
        final boolean fed;

        Bound(Executable executable, TrainingStep.Variant variant, float[] ones) {
            this.executable = executable;
            this.weighted = reads(variant.graph(), StepContext.WEIGHT);
            this.targeted = reads(variant.graph(), ForwardPass.TARGET);
            this.fed = reads(variant.graph(), ForwardPass.INPUT);
            if (weighted) {
                executable.feed(StepContext.WEIGHT, ones);
            }
            for (StepScalar scalar : variant.scalars()) {
                if (scalar.constant()) {
                    executable.feed(
                            scalar.input(), new float[] {(float) scalar.value().at(0, 0)});
                }
            }
            this.changing = variant.scalars().stream()
                    .filter(scalar -> !scalar.constant())
                    .toArray(StepScalar[]::new);
        }
    }

    StepRunner(TrainingStep step, Backend backend, State state, int batch) {
        this.step = step;
        float[] ones = new float[batch];
        Arrays.fill(ones, 1);
        try {
            for (TrainingStep.Variant variant : step.variants()) {
                variants.add(new Bound(backend.compile(variant.graph()).bind(state), variant, ones));
            }
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    static boolean reads(Graph graph, String input) {
        return Tensor.topological(graph.roots()).stream()
                .anyMatch(
                        tensor -> tensor.op() instanceof Op.Input(var name, var _, var _, int _) && name.equals(input));
    }

    /** Runs one step and returns its loss with penalties. */
    float run(long seed, long at, BatchFeed.Batch batch) {
        Bound bound = variants.get(step.variant(seed, at));
        if (bound.fed) {
            bound.executable.feed(ForwardPass.INPUT, batch.input());
        }
        if (bound.targeted) {
            bound.executable.feed(ForwardPass.TARGET, batch.target());
        }
        for (StepScalar scalar : bound.changing) {
            bound.number[0] = (float) scalar.value().at(seed, at);
            bound.executable.feed(scalar.input(), bound.number);
        }
        bound.executable.run(seed, at);
        bound.executable.fetch(0, loss);
        return loss[0];
    }

    @Override
    public void close() {
        variants.forEach(bound -> bound.executable.close());
    }
}
