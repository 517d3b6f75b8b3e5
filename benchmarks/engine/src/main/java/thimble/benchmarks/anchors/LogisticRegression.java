package thimble.benchmarks.anchors;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import thimble.backend.Backend;
import thimble.benchmarks.TunedLearner;
import thimble.data.Dataset;
import thimble.data.Stored;
import thimble.data.Targets;
import thimble.method.Spec;
import thimble.tensor.Shape;
import thimble.train.LearnContext;
import thimble.train.Model;

/**
 * Multinomial logistic regression by AdaGrad, by Tribuo; few epochs stand for a penalty.
 *
 * <p>John Duchi, Elad Hazan, Yoram Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", JMLR 12, 2011.
 *
 * @param epochs passes over the examples
 * @param rate learning rate of AdaGrad
 */
public record LogisticRegression(int epochs, double rate) implements TunedLearner {
    private static final double EPSILON = 0.1;
    /** The library tells of every training at level INFO, which java.util.logging prints; held here so that the level stays. */
    private static final Logger LIBRARY = Logger.getLogger("org.tribuo");

    /** 50 epochs, rate 0.1. */
    public LogisticRegression() {
        this(50, 0.1);
    }

    /** Checks the ranges. */
    public LogisticRegression {
        if (epochs < 1) {
            throw new IllegalArgumentException("[logistic-regression] expected epochs >= 1 but received " + epochs);
        }
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("[logistic-regression] expected rate > 0 but received " + rate);
        }
    }

    @Override
    public String name() {
        return "logistic-regression";
    }

    @Override
    public String summary() {
        return "linear model of class probabilities, the simplest thing that may work";
    }

    @Override
    public String source() {
        return "Cox: Journal of the Royal Statistical Society B 20, 1958; Duchi, Hazan, Singer: JMLR 12, 2011";
    }

    @Override
    public Map<String, Spec.Setting> ranges() {
        return Map.of("rate", new Spec.Setting.Range(0.01, 1));
    }

    @Override
    public Optional<BiFunction<Stored, Backend, Model>> reader() {
        return Optional.of((stored, _) -> LinearModel.read(stored));
    }

    @Override
    public void check(Shape example, Targets targets) {
        classes(targets);
    }

    private static Targets.Classes classes(Targets targets) {
        return switch (targets) {
            case Targets.Classes classes -> classes;
            case Targets.Numbers(var names) ->
                throw new IllegalArgumentException("[logistic-regression] expected classes but the targets are the"
                        + " numbers " + names + "; forest predicts numbers");
        };
    }

    @Override
    public Model fit(Dataset train, LearnContext context) {
        Targets.Classes classes = classes(train.targets());
        if (LIBRARY.getLevel() == null) {
            LIBRARY.setLevel(Level.WARNING);
        }
        Tables tables = Tables.of(train);
        List<String> labels = Tables.labels(classes.width());
        LinearSGDTrainer trainer = new LinearSGDTrainer(
                new LogMulticlass(), new AdaGrad(rate, EPSILON), epochs, Integer.MAX_VALUE, 1, context.seed());
        LinearSGDModel model =
                trainer.train(tables.table(train, new LabelFactory(), i -> new Label(labels.get(train.label(i)))));
        return linear(model, tables, labels);
    }

    /** The library's weights as a model of our own, which can be saved. */
    private static LinearModel linear(LinearSGDModel model, Tables tables, List<String> labels) {
        DenseMatrix learnt = model.getWeightsCopy();
        int[] known = new int[learnt.getDimension1Size()];
        double[][] weights = new double[known.length][tables.names().length + 1];
        for (int row = 0; row < known.length; row++) {
            known[row] = labels.indexOf(model.getOutputIDInfo().getOutput(row).getLabel());
            for (int f = 0; f < tables.names().length; f++) {
                weights[row][f] = learnt.get(row, model.getFeatureIDMap().getID(tables.names()[f]));
            }
            weights[row][tables.names().length] = learnt.get(row, learnt.getDimension2Size() - 1);
        }
        return new LinearModel(tables.preprocessing(), labels.size(), known, weights);
    }
}
