package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import thimble.benchmarks.Protocol;
import thimble.benchmarks.experiments.measurement.LayerJacobians;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Study;
import thimble.benchmarks.reproduction.check.Gain;
import thimble.benchmarks.reproduction.check.GapLevel;
import thimble.benchmarks.reproduction.check.GapReduction;

/** Noise on inputs against noise on what lies behind them: drawn digits with a known decoder, tables of categories, and what layers make of it. */
final class FeatureNoise implements Experiment {
    private static final String NONE = "none";
    private static final String INPUT = "gaussian-noise:sigma=[0.03..0.5]";
    private static final String INPUT_TIMES = "gaussian-noise:sigma=[0.1..1],multiplicative=true";
    private static final String FEATURE = "feature-noise:sigma=[0.1..1]";
    private static final String FEATURE_TIMES = "feature-noise:sigma=[0.1..1],multiplicative=true";
    private static final String CATEGORIES = "categorical-noise:rho=[0.02..0.5]";
    private static final String COLUMNS = "gaussian-noise:sigma=[0.05..1]";
    private static final String SMOOTHING = "label-smoothing:epsilon=[0.05|0.1|0.2]";
    private static final String DROPOUT = "dropout:rate=[0.3|0.5|0.7]";

    @Override
    public String name() {
        return "feature-noise";
    }

    @Override
    public String letter() {
        return "d";
    }

    @Override
    public String title() {
        return "Noise on high-level features regularizes the layers that find them";
    }

    @Override
    public String source() {
        return "K. Antczak, \"On Regularization Properties of Artificial Datasets for Deep Learning\", 2019";
    }

    @Override
    public String differences() {
        return "The experiment was proposed and never published. The decoder d is the program that draws the glyphs;"
            + " its factors are slant, size, position, pen and the bends of strokes, never the class. Label smoothing"
            + " stands for z = y. Categories of tables are redrawn from their frequencies; no decoder of a table is"
            + " known, so tables have noise on inputs alone. At equal input variance, d(z + r) with a standard"
            + " deviation of 0.3 natural spreads sets the mean squared change of a pixel, and the other kinds of noise"
            + " are scaled to the same. LeNet 20-50-500, Adam at 1e-3 with a cosine to 0, 1,000 steps.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(28, 3));
    }

    @Override
    public List<Part> parts(Form form) {
        Conditions drawn = Conditions.of("glyphs", "lenet").steps(form.choose(1000, 100));
        int tune = form.choose(4, 1);
        List<Part> parts = new ArrayList<>();
        parts.add(pictures(drawn.tune(tune), form));
        parts.add(new LayerJacobians(drawn, form.choose(500, 100), form.choose(6, 2)));
        for (String table : List.of("breast-cancer-ljubljana", "german")) {
            Conditions rows = Conditions.of(table, "mlp")
                    .steps(form.choose(500, 50))
                    .protocol(new Protocol.Folds(5))
                    .tune(tune);
            parts.add(table(rows, form));
        }
        return parts;
    }

    private static Study pictures(Conditions drawn, Form form) {
        int[] sizes = form.choose(new int[] {100, 300, 1000}, new int[] {100});
        Study study = Study.of("pictures", "Drawn digits: noise on pixels against noise on factors", drawn)
                .arms(NONE, INPUT, INPUT_TIMES, FEATURE, FEATURE_TIMES, SMOOTHING, DROPOUT)
                .sizes(form.choose(6, 2), sizes)
                .drawn();
        for (int size : sizes) {
            String at = " · n = " + size;
            study = study.check(
                    Gain.reported("x + r − plain" + at, INPUT, NONE, size),
                    Gain.reported("r ∘ x − plain" + at, INPUT_TIMES, NONE, size),
                    Gain.atLeast("d(z + r) − plain" + at, FEATURE, NONE, size, 0),
                    Gain.atLeast("d(r ∘ z) − plain" + at, FEATURE_TIMES, NONE, size, 0),
                    Gain.reported("label smoothing − plain" + at, SMOOTHING, NONE, size),
                    Gain.reported("dropout − plain" + at, DROPOUT, NONE, size),
                    Gain.atLeast("d(z + r) − x + r" + at, FEATURE, INPUT, size, 0),
                    Gain.atLeast("d(r ∘ z) − r ∘ x" + at, FEATURE_TIMES, INPUT_TIMES, size, 0),
                    GapLevel.of("gap, plain" + at, NONE, size),
                    new GapReduction("gap narrowed by x + r" + at, INPUT, NONE, size),
                    new GapReduction("gap narrowed by d(z + r)" + at, FEATURE, NONE, size));
        }
        return study;
    }

    private static Study table(Conditions rows, Form form) {
        String name = rows.dataset();
        int size = 100;
        return Study.of(name, "A table of categories: " + name, rows)
                .arms(NONE, CATEGORIES, COLUMNS, INPUT_TIMES, SMOOTHING, DROPOUT)
                .sizes(form.choose(2, 1), size)
                .check(
                        Gain.atLeast("categories redrawn − plain", CATEGORIES, NONE, size, 0),
                        Gain.reported("x + r − plain", COLUMNS, NONE, size),
                        Gain.reported("r ∘ x − plain", INPUT_TIMES, NONE, size),
                        Gain.reported("label smoothing − plain", SMOOTHING, NONE, size),
                        Gain.reported("dropout − plain", DROPOUT, NONE, size),
                        Gain.reported("categories redrawn − x + r", CATEGORIES, COLUMNS, size),
                        GapLevel.of("gap, plain", NONE, size),
                        new GapReduction("gap narrowed by categories redrawn", CATEGORIES, NONE, size),
                        new GapReduction("gap narrowed by x + r", COLUMNS, NONE, size),
                        new GapReduction("gap narrowed by r ∘ x", INPUT_TIMES, NONE, size));
    }
}
