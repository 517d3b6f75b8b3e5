package thimble.nn;

import java.util.ArrayList;
import java.util.List;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * Gated recurrent unit, unrolled over time: [n, t, f] to the last state [n, units], or to all states [n, t, units]. The
 * input is projected once for all times. Its variables are {@code input.kernel} [3 · units, f], {@code state.kernel} [3
 * · units, units] and their biases, each in the order reset, update, candidate: h' = (1 − z) · tanh(Wx + b + r · (Uh +
 * c)) + z · h.
 *
 * <p>K. Cho et al., "Learning Phrase Representations using RNN Encoder–Decoder for Statistical Machine Translation",
 * EMNLP 2014; the reset gate acts after the product with the state, as in cuDNN.
 *
 * @param units size of the state, at least 1
 * @param all true for the states at all times
 */
public record Gru(int units, boolean all) implements Layer {
    /** Longest sequence that is unrolled. */
    public static final int LONGEST = 256;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if there are no units
     */
    public Gru {
        Checks.positive("gru", "units", units);
    }

    /** The last state. */
    public Gru(int units) {
        this(units, false);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Checks.rank("gru", scope, x, 3, "[n, time, features]");
        int n = x.shape().size(0);
        int times = x.shape().size(1);
        int features = x.shape().size(2);
        if (times > LONGEST) {
            throw Checks.error("gru", scope, "at most " + LONGEST + " times", times);
        }
        Initializer first = Initializers.uniform(1 / StrictMath.sqrt(units));
        Scope input = scope.child("input");
        Scope state = scope.child("state");
        Tensor w = input.parameter("kernel", Shape.of(3 * units, features), first, Parameter.Role.KERNEL);
        Tensor b = input.parameter("bias", Shape.of(3 * units), first, Parameter.Role.BIAS);
        Tensor u = state.parameter("kernel", Shape.of(3 * units, units), first, Parameter.Role.KERNEL);
        Tensor c = state.parameter("bias", Shape.of(3 * units), first, Parameter.Role.BIAS);
        Tensor projected =
                x.reshape(n * times, features).matmulTransposed(w).add(b).reshape(n, times, 3 * units);
        Tensor h = Tensor.constant(0, Shape.of(n, units));
        List<Tensor> states = new ArrayList<>();
        for (int t = 0; t < times; t++) {
            Tensor in = projected.slice(1, t, t + 1).reshape(n, 3 * units);
            Tensor back = h.matmulTransposed(u).add(c); // [n, 3 · units]
            Tensor reset = gate(in, 0).add(gate(back, 0)).sigmoid();
            Tensor keep = gate(in, 1).add(gate(back, 1)).sigmoid();
            Tensor candidate = gate(in, 2).add(reset.mul(gate(back, 2))).tanh();
            h = candidate.add(keep.mul(h.sub(candidate)));
            states.add(h.reshape(n, 1, units));
        }
        return all ? Tensor.concat(1, states) : h;
    }

    private Tensor gate(Tensor gates, int index) {
        return gates.slice(1, index * units, (index + 1) * units);
    }
}
