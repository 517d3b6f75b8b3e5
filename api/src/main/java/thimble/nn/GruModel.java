package thimble.nn;

import thimble.tensor.Shape;

/**
 * A gated recurrent unit over time and a linear output from its last state.
 *
 * <p>K. Cho et al., "Learning Phrase Representations using RNN Encoder–Decoder for Statistical Machine Translation", EMNLP 2014: the unit as
 * in {@link Gru}.
 *
 * @param units size of the state, at least 1
 */
public record GruModel(int units) implements Architecture {
    /** 64 units. */
    public GruModel() {
        this(64);
    }

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if there are no units
     */
    public GruModel {
        Checks.positive("gru", "units", units);
    }

    @Override
    public String name() {
        return "gru";
    }

    @Override
    public String summary() {
        return "a gated recurrent unit; fits sequences";
    }

    @Override
    public String source() {
        return "Cho et al.: EMNLP 2014";
    }

    @Override
    public Layer build(Shape example, int outputs) {
        Shapes.sequences(name(), example);
        return Sequential.of().then("gru", new Gru(units)).then("out", new Linear(outputs));
    }
}
