package thimble.benchmarks.anchors;

import thimble.data.DataException;
import thimble.data.Stored;

/** A symmetric positive semi-definite function of two vectors that depends on their inner product and their lengths alone. */
sealed interface Kernel {
    /**
     * k(x, y).
     *
     * @param product ⟨x, y⟩
     * @param first ‖x‖²
     * @param second ‖y‖²
     */
    double of(double product, double first, double second);

    /** A stored model with this kernel. */
    default Stored write(Stored stored) {
        return switch (this) {
            case Gaussian(double gamma) -> stored.with("kernel", "gaussian").with("gamma", gamma);
            case Laplace(double gamma) -> stored.with("kernel", "laplace").with("gamma", gamma);
            case Tangent(int depth, int fixed) ->
                stored.with("kernel", "tangent").with("depth", depth).with("fixed", fixed);
        };
    }

    /** Reads what {@link #write} wrote. */
    static Kernel read(Stored stored) {
        String name = stored.text("kernel");
        return switch (name) {
            case "gaussian" -> new Gaussian(stored.number("gamma"));
            case "laplace" -> new Laplace(stored.number("gamma"));
            case "tangent" -> {
                int depth = stored.whole("depth", 1, Tangent.DEEPEST);
                yield new Tangent(depth, stored.whole("fixed", 0, depth - 1));
            }
            default ->
                throw new DataException(
                        "[" + stored.kind() + ", kernel] expected gaussian, laplace or tangent but received " + name);
        };
    }

    /** exp(−γ ‖x − y‖²). */
    record Gaussian(double gamma) implements Kernel {
        @Override
        public double of(double product, double first, double second) {
            return StrictMath.exp(-gamma * distance(product, first, second));
        }
    }

    /** exp(−γ ‖x − y‖). */
    record Laplace(double gamma) implements Kernel {
        @Override
        public double of(double product, double first, double second) {
            return StrictMath.exp(-gamma * Math.sqrt(distance(product, first, second)));
        }
    }

    /**
     * The neural tangent kernel of a fully connected network with ReLU: with S = ⟨x, y⟩, P = ‖x‖ ‖y‖ and H = 0, each layer adds S to H; before
     * the next one, with c = S / P, H is multiplied by κ₀ = (π − arccos c) / 2π, S becomes P (c (π − arccos c) + √(1 − c²)) / 2π, and P halves.
     * So one layer gives the linear kernel, and k(x, x) of S halves with each layer.
     *
     * @param depth layers of weights
     * @param fixed the first layers that are not trained; they add nothing to H
     */
    record Tangent(int depth, int fixed) implements Kernel {
        /** Deeper kernels are not read from a file. */
        private static final int DEEPEST = 1 << 20;

        private static final double TURN = 2 * Math.PI;

        @Override
        public double of(double product, double first, double second) {
            double s = product;
            double p = Math.sqrt(first * second);
            double h = fixed == 0 ? s : 0;
            for (int layer = 1; layer < depth; layer++) {
                double c = p > 0 ? Math.clamp(s / p, -1, 1) : 0;
                double angle = Math.PI - StrictMath.acos(c);
                s = p * (c * angle + Math.sqrt(1 - c * c)) / TURN;
                h = h * angle / TURN + (layer >= fixed ? s : 0);
                p /= 2;
            }
            return h;
        }
    }

    private static double distance(double product, double first, double second) {
        return Math.max(0, first + second - 2 * product);
    }
}
