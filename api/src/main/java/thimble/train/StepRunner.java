package thimble.train;

import java.util.Arrays;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/**
 * The programs of a training step bound to a state; a step allocates nothing here. A step is fed before it is run, and losses are read when
 * somebody needs them or no more are kept, so that a device that runs on its own is not waited for. For one thread at a time.
 */
final class StepRunner implements AutoCloseable {
    /** Most steps whose losses are read at once. */
    private static final int MOST = 16;

    private final TrainingStep step;
    private final Bound[] variants;
    private final Bound[] ran = new Bound[MOST];
    private final int[] places = new int[MOST];
    private final float[] losses = new float[MOST];
    private int most = MOST;
    private int pending;

    /** One variant with the numbers it reads. */
    private static final class Bound {
        final Executable executable;
        final float[] kept;
        final StepScalar[] changing;
        final float[] number = new float[1];
        final boolean weighted;
        final boolean targeted;
        final boolean fed;
        long runs;
        boolean unread;

        Bound(Executable executable, TrainingStep.Variant variant, float[] ones) {
            this.executable = executable;
            this.kept = new float[executable.keep(0, MOST)];
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
        variants = new Bound[step.variants().size()];
        try {
            for (int i = 0; i < variants.length; i++) {
                TrainingStep.Variant variant = step.variants().get(i);
                variants[i] = new Bound(backend.compile(variant.graph()).bind(state), variant, ones);
                most = Math.min(most, variants[i].kept.length);
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

    /** Hands the batch and the numbers of a step over; the one before may still be running. */
    void feed(long seed, long at, BatchFeed.Batch batch) {
        Bound bound = variants[step.variant(seed, at)];
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
    }

    /** Begins the step that was fed. Losses have to be {@linkplain #read read} first if {@link #full}. */
    void run(long seed, long at) {
        Bound bound = variants[step.variant(seed, at)];
        bound.executable.run(seed, at);
        places[pending] = (int) (bound.runs % bound.kept.length);
        bound.runs++;
        bound.unread = true;
        ran[pending] = bound;
        pending++;
    }

    /** True if no more losses are kept than have not been read. */
    boolean full() {
        return pending == most;
    }

    /** Waits for all steps that were begun. Returns how many of them had not been read; {@link #loss} tells their losses. */
    int read() {
        for (Bound bound : variants) {
            if (bound.unread) {
                bound.executable.fetch(0, bound.kept);
                bound.unread = false;
            }
        }
        int read = pending;
        for (int i = 0; i < read; i++) {
            losses[i] = ran[i].kept[places[i]];
        }
        pending = 0;
        return read;
    }

    /** The loss with penalties of a step read last, counted from the oldest. */
    float loss(int index) {
        return losses[index];
    }

    @Override
    public void close() {
        for (Bound bound : variants) {
            if (bound != null) {
                bound.executable.close();
            }
        }
    }
}
