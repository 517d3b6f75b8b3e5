package thimble.train;

import java.nio.file.Path;
import thimble.data.Targets;
import thimble.nn.Layer;
import thimble.tensor.Tensor;

/**
 * One minus the cosine between output and target: 1 − ⟨t, f⟩ / (‖t‖ · √(‖f‖² + 1e-12)); in [0, 2] and blind to the
 * length of the output. With {@code crossEntropy} w, w times the cross-entropy of the same outputs is added. With {@code embeddings}, each
 * class stands for a vector φ of length 1, and the loss is 1 − ⟨φ, f⟩ / √(‖f‖² + 1e-12).
 *
 * <p>B. Barz and J. Denzler, "Deep Learning on Small Datasets without Pre-Training using Cosine Loss", WACV 2020: 1 − ⟨φ(y), f/‖f‖⟩, and with
 * 0.1 of the cross-entropy. Deviations: the constant keeps the derivative finite at 0; the paper's cross-entropy reads a further fully
 * connected layer behind the normalised output, relu and batch normalisation, ours the output itself, which gives it a length and the scores
 * a meaning: a model here has one output [n, m], the logits that penalties differentiate and scores are made of, and the paper's has two; embeddings are turned into the space of the K outputs, which leaves all angles as they are. Scores are the softmax
 * of the cosines, so they rank the classes but are no calibrated probabilities; with cross-entropy they are the softmax of the outputs.
 *
 * @param crossEntropy weight w ≥ 0 of the added cross-entropy; the paper has 0.1
 * @param embeddings file with one row of numbers per class, separated by commas, in the order of the classes; empty for the classes themselves.
 *     Read when training begins; a saved model holds the numbers
 */
public record CosineLoss(double crossEntropy, String embeddings) implements Loss {
    private static final double SMALL = 1e-12;

    /** The cosine alone, towards the classes themselves. */
    public CosineLoss() {
        this(0, "");
    }

    /**
     * Checks the weight, and that one of both additions is chosen at most.
     *
     * @throws IllegalArgumentException if the weight is negative or not finite, or both are given
     */
    public CosineLoss {
        if (!(crossEntropy >= 0 && Double.isFinite(crossEntropy))) {
            throw new IllegalArgumentException("[cosine] expected crossEntropy >= 0 but received " + crossEntropy);
        }
        if (crossEntropy > 0 && !embeddings.isEmpty()) {
            throw new IllegalArgumentException("[cosine] expected crossEntropy or embeddings but received both; outputs"
                    + " near embeddings are no logits");
        }
    }

    @Override
    public String name() {
        return "cosine";
    }

    @Override
    public String summary() {
        return "one minus the cosine between output and target";
    }

    @Override
    public String source() {
        return "Barz, Denzler: WACV 2020";
    }

    @Override
    public void check(Targets targets) {
        ClassTargets.check(this, targets);
        if (!embeddings.isEmpty()) {
            EmbeddingFile.read(Path.of(embeddings), targets.width(), new float[targets.width() * targets.width()]);
        }
    }

    @Override
    public Layer head(Layer model) {
        return embeddings.isEmpty() ? model : new ClassEmbeddings(model, Path.of(embeddings));
    }

    @Override
    public Tensor perExample(Tensor output, Tensor target) {
        if (!embeddings.isEmpty()) {
            return output.mul(target).sum(1).neg().add(1);
        }
        Tensor cosine = unit(output).mul(unit(target)).sum(1).neg().add(1);
        return crossEntropy == 0
                ? cosine
                : cosine.add(new CrossEntropy().perExample(output, target).mul(crossEntropy));
    }

    @Override
    public Tensor scores(Tensor output) {
        return embeddings.isEmpty() && crossEntropy == 0 ? unit(output).softmax() : output.softmax();
    }

    /** Each row at length 1. */
    static Tensor unit(Tensor rows) {
        return rows.div(rows.square().sum(1).add(SMALL).sqrt());
    }
}
