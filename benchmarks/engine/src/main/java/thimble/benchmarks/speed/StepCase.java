package thimble.benchmarks.speed;

import java.util.List;
import thimble.backend.Backend;
import thimble.method.Methods;
import thimble.method.Spec;
import thimble.tensor.Shape;
import thimble.train.Regularizer;

/**
 * A training step to measure.
 *
 * @param model spec of the architecture
 * @param image shape of one picture [c, h, w]
 * @param methods joined specs, or {@code none}
 * @param batch pictures in a step
 */
public record StepCase(String model, Shape image, String methods, int batch) {
    /** No method at all. */
    public static final String PLAIN = "none";

    /** Model, batch and methods. */
    public String title() {
        return model + " b" + batch + " " + methods;
    }

    /** Builds and compiles it. */
    public TimedStep compile(Backend backend) {
        List<Regularizer> parsed = methods.equals(PLAIN)
                ? List.of()
                : Spec.parseJoined(methods).stream()
                        .map(spec -> (Regularizer) Methods.parse(List.of(Regularizer.class), spec))
                        .toList();
        return new TimedStep(backend, model, image, parsed, batch);
    }
}
