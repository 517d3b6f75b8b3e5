package thimble.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import thimble.method.Spec;

/** A learner without learning: the accuracy is a formula of arm, hyperparameters, examples and seed. */
public class AnalyticTrials implements TrialRunner {
    /** What was run, as {@code arm|held size|sum of the training examples|seed}. */
    public final ConcurrentLinkedQueue<String> runs = new ConcurrentLinkedQueue<>();

    @Override
    public List<Tunable> tunables(Comparison comparison, Arm arm) {
        List<Tunable> tunables = new ArrayList<>(arm.tunables());
        if (comparison.training().rate() instanceof Spec.Setting.Range range && !classical(arm)) {
            tunables.add(new Tunable(Training.RATE, range));
        }
        return tunables;
    }

    @Override
    public boolean classical(Arm arm) {
        return arm.text().startsWith("forest");
    }

    @Override
    public TrialResult run(TrialTask task) {
        double sum = 0;
        float[] row = new float[2];
        for (int i = 0; i < task.train().size(); i++) {
            task.train().read(i, 0, row, 0);
            sum += row[0];
        }
        runs.add(task.arm().text() + "|" + task.held().size() + "|" + sum + "|" + task.seed());
        if (task.cancelled().getAsBoolean()) {
            throw new CancellationException();
        }
        String name = task.arm().parts().getFirst().name();
        if (name.equals("broken")) {
            throw new IllegalStateException("[broken] loss is NaN at step 3");
        }
        task.listener().step(100, 2000, 0.5);
        double rate = Double.parseDouble(task.chosen().getOrDefault(Training.RATE, "0.001"));
        double gain = switch (name) {
            case "spectreg" -> 0.03;
            case "forest" -> -0.05;
            default -> 0;
        };
        double off = Math.abs(Math.log10(rate / 2e-3));
        double noise = ((sum * 7 + task.seed() * 13 + name.length() * 5) % 11) / 1000;
        double accuracy = 0.9 + gain - 0.02 * off + noise - 1.0 / task.train().size();
        Map<String, String> effective = new LinkedHashMap<>(task.chosen());
        return new TrialResult(
                effective,
                2000,
                Map.of("accuracy", name.equals("silent") ? Double.NaN : accuracy, "loss", 1 - accuracy),
                Map.of("accuracy", 1.0, "loss", 0.01),
                0.5);
    }
}
