package thimble.benchmarks.speed;

import java.util.ArrayList;
import java.util.List;
import thimble.method.Methods;
import thimble.tensor.Shape;
import thimble.train.Regularizer;

/** The training steps of {@code thimble bench}: each plain, then with the penalties on gradients that are installed. */
public final class StepCases {
    private static final List<String> PENALTIES = List.of("spectreg", "datagrad");
    private static final Shape DIGIT = Shape.of(1, 28, 28);
    private static final Shape PHOTOGRAPH = Shape.of(3, 32, 32);

    private StepCases() {}

    /** All of them. */
    public static List<StepCase> all() {
        List<StepCase> all = new ArrayList<>();
        all.addAll(of("lenet5", DIGIT, 64));
        all.addAll(of("mlp:hidden=256", DIGIT, 32));
        all.addAll(of("lenet", DIGIT, 50));
        all.addAll(of("resnet20", PHOTOGRAPH, 64));
        return all;
    }

    /**
     * The step of this title.
     *
     * @throws IllegalArgumentException if there is none, perhaps because its method is not installed
     */
    public static StepCase titled(String title) {
        return all().stream()
                .filter(one -> one.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("[step] unknown step '" + title + "'"));
    }

    private static List<StepCase> of(String model, Shape image, int batch) {
        List<String> installed = Methods.discover(Regularizer.class).stream()
                .map(Regularizer::name)
                .toList();
        List<StepCase> cases = new ArrayList<>();
        cases.add(new StepCase(model, image, StepCase.PLAIN, batch));
        for (String penalty : PENALTIES) {
            if (installed.contains(penalty)) {
                cases.add(new StepCase(model, image, penalty, batch));
            }
        }
        return cases;
    }
}
