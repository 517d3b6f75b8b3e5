package thimble.backend.vector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import thimble.backend.Executable;
import thimble.backend.State;
import thimble.nn.Initializers;
import thimble.nn.Models;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.train.Adam;
import thimble.train.CrossEntropy;
import thimble.train.Regularizer;
import thimble.train.StateVariable;
import thimble.train.StepScalar;
import thimble.train.StepSetup;
import thimble.train.StepTrace;
import thimble.train.TrainingStep;

/** A training step with a penalty of second order on eight colour pictures of 224 x 224; {@link #main} runs it. */
final class LargeStep {
    private static final int BATCH = 8;
    private static final int CLASSES = 10;
    private static final Shape PICTURE = Shape.of(3, 224, 224);

    private LargeStep() {}

    /** The squared gradient by the input of projected logits, or of the loss. */
    private record GradientPenalty(boolean ofLoss) implements Regularizer {
        @Override
        public String name() {
            return "gradient-penalty";
        }

        @Override
        public String summary() {
            return "penalises a gradient by the input";
        }

        @Override
        public Optional<Tensor> penalty(StepTrace step) {
            Tensor z = step.logits();
            Tensor of = ofLoss
                    ? step.lossPerExample()
                    : step.signs("projection", z.shape()).mul(z);
            return Optional.of(of.sum().gradient(step.input()).square().sum().div(step.batch()));
        }
    }

    static TrainingStep of(String model, boolean ofLoss) {
        return TrainingStep.of(new StepSetup(
                Models.parse(model, PICTURE, CLASSES),
                new CrossEntropy(),
                List.of(new GradientPenalty(ofLoss)),
                new Adam(),
                BATCH,
                PICTURE,
                CLASSES,
                100));
    }

    /** Prints the loss of one step, then the most memory that this process has taken, in KiB, as Linux counts it. */
    public static void main(String[] arguments) throws IOException {
        TrainingStep step = of(arguments[0], Boolean.parseBoolean(arguments[1]));
        VectorBackend backend = new VectorBackend(0);
        SplittableRandom random = new SplittableRandom(1);
        float[] pictures = new float[BATCH * PICTURE.elements()];
        for (int i = 0; i < pictures.length; i++) {
            pictures[i] = (float) random.nextDouble();
        }
        float[] targets = new float[BATCH * CLASSES];
        float[] weights = new float[BATCH];
        for (int n = 0; n < BATCH; n++) {
            targets[n * CLASSES + n] = 1;
            weights[n] = 1;
        }
        List<Tensor> variables =
                step.variables().stream().map(StateVariable::tensor).toList();
        try (State state = backend.allocate(variables);
                Executable executable =
                        backend.compile(step.variants().getFirst().graph()).bind(state)) {
            for (StateVariable v : step.variables()) {
                state.write(
                        v.name(),
                        Initializers.values(
                                v.initializer(), v.name(), v.tensor().shape(), 5));
            }
            for (StepScalar scalar : step.scalars()) {
                executable.feed(
                        scalar.input(), new float[] {(float) scalar.value().at(1, 0)});
            }
            executable
                    .feed("input", pictures)
                    .feed("target", targets)
                    .feed("weight", weights)
                    .run(1, 0);
            float[] loss = new float[1];
            executable.fetch(0, loss);
            String peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .findFirst()
                    .orElseThrow();
            System.out.print(loss[0] + " " + peak.replaceAll("\\D", ""));
        }
    }
}
