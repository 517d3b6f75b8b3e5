package thimble.regularizers;

import java.util.Optional;
import thimble.tensor.Tensor;
import thimble.train.Calibration;
import thimble.train.Regularizer;
import thimble.train.StepTrace;

/**
 * Virtual adversarial training: adds α times the divergence KL(p(x) ‖ p(x + r)) between the prediction at an input x and at the input
 * disturbed in the direction that changes the prediction most, with ‖r‖ = ε per example. The direction is found by power iteration from a
 * random start at the small distance ξ ‖x‖. It needs no label. r and p(x) are constants for differentiation; random masks and batch statistics
 * are those of the undisturbed pass, which alone moves running statistics.
 *
 * <p>T. Miyato, S. Maeda, M. Koyama and S. Ishii, "Virtual Adversarial Training: A Regularization Method for Supervised and Semi-Supervised
 * Learning", IEEE TPAMI 41(8), 2019, and their code. Deviations: ξ is relative to ‖x‖, because the code's 1e-6 drowns in float32; batch
 * statistics are not taken anew from the disturbed batch; labelled examples alone, since a training set here has no others.
 *
 * @param epsilon length ε ≥ 0 of the disturbance in units of the input (pixels are in [0, 1])
 * @param alpha weight α ≥ 0 of the divergence
 * @param xi distance ξ in (0, 1] of the finite difference relative to ‖x‖
 * @param iterations power iterations, at least 1
 */
public record Vat(double epsilon, double alpha, double xi, int iterations) implements Regularizer {
    /** ε = 1, α = 1, ξ = 0.01, one iteration. */
    public Vat() {
        this(1, 1, 1e-2, 1);
    }

    /** Checks the ranges. */
    public Vat {
        Checks.atLeastZero("vat", "epsilon", epsilon);
        Checks.atLeastZero("vat", "alpha", alpha);
        Checks.positive("vat", "xi", xi, 1);
        Checks.atLeastOne("vat", "iterations", iterations);
    }

    @Override
    public String name() {
        return "vat";
    }

    @Override
    public String summary() {
        return "keeps predictions the same at inputs disturbed in the worst direction";
    }

    @Override
    public String source() {
        return "Miyato, Maeda, Koyama, Ishii: IEEE TPAMI 41, 2019";
    }

    @Override
    public Regularizer calibrate(Calibration before) {
        Checks.lastLayer(name(), before, "initialize it at random, or use gaussian-noise");
        return this;
    }

    @Override
    public Optional<Tensor> penalty(StepTrace step) {
        Tensor x = step.input(); // [n, …]
        Disturbance around = new Disturbance(step, name(), x);
        Tensor distance = around.length().mul(step.value("xi", xi));
        Tensor direction = around.worst(around.random(name()), distance, iterations);
        Tensor disturbed = around.logits(x.add(direction.mul(step.value("epsilon", epsilon)))); // [n, k]
        Tensor loss = around.divergence(disturbed).mul(step.weight()); // [n, 1]
        return Optional.of(loss.sum().div(step.weight().sum()).mul(step.value("alpha", alpha)));
    }
}
