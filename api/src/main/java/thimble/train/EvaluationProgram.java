package thimble.train;

import java.util.List;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.State;
import thimble.data.Dataset;
import thimble.nn.Layer;
import thimble.nn.Trace;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * A model in evaluation mode on batches of one size.
 *
 * @param program outputs scores [n, m] and loss per example [n, 1]
 * @param size examples per run
 * @param example numbers per example
 * @param width numbers per target row
 */
record EvaluationProgram(Program program, int size, int example, int width) {
    private static final int LARGEST = 100;

    /** Examples per run for a data set of this size. */
    static int size(int examples) {
        return Math.min(LARGEST, examples);
    }

    /** A program for this many examples at a time. */
    static EvaluationProgram of(Backend backend, Layer model, Loss loss, Shape example, int width, int size) {
        Trace trace = trace(loss.head(model), example, size);
        Tensor target = Tensor.batch(ForwardPass.TARGET, Shape.of(size, width));
        Graph graph =
                new Graph(List.of(loss.scores(trace.output()), loss.perExample(trace.output(), target)), List.of());
        return new EvaluationProgram(backend.compile(StepGraph.simplified(graph)), size, example.elements(), width);
    }

    /** The model in evaluation mode. */
    static Trace trace(Layer model, Shape example, int size) {
        Tensor input = Tensor.batch(ForwardPass.INPUT, example.withFirst(size));
        return Trace.of(model, input, Tensor.constant(1, Shape.of(size, 1)), false);
    }

    Bound bind(State state) {
        return new Bound(this, program.bind(state));
    }

    /** The program over a state with its own buffers; for one thread at a time. */
    static final class Bound implements AutoCloseable {
        private final EvaluationProgram of;
        private final Executable executable;
        private final float[] input;
        private final float[] target;
        private final float[] scores;
        private final float[] losses;

        Bound(EvaluationProgram of, Executable executable) {
            this.of = of;
            this.executable = executable;
            this.input = new float[of.size * of.example];
            this.target = new float[of.size * of.width];
            this.scores = new float[of.size * of.width];
            this.losses = new float[of.size];
        }

        int size() {
            return of.size;
        }

        /** Where the examples of the next run go. */
        float[] input() {
            return input;
        }

        /** Runs; scores of the batch, one row after another. */
        float[] run() {
            executable
                    .feed(ForwardPass.INPUT, input)
                    .feed(ForwardPass.TARGET, target)
                    .run(0, 0);
            executable.fetch(0, scores);
            return scores;
        }

        /**
         * Mean loss of all examples as they are seen in epoch 0; the rest of the last batch repeats an example and does
         * not count.
         */
        double meanLoss(Dataset data) {
            double sum = 0;
            for (int from = 0; from < data.size(); from += of.size) {
                int count = Math.min(of.size, data.size() - from);
                for (int i = 0; i < of.size; i++) {
                    data.read(from + Math.min(i, count - 1), 0, input, i * of.example, target, i * of.width);
                }
                run();
                executable.fetch(1, losses);
                for (int i = 0; i < count; i++) {
                    sum += losses[i];
                }
            }
            return sum / data.size();
        }

        @Override
        public void close() {
            executable.close();
        }
    }
}
