package thimble.datasets.glyphs;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.tensor.Shape;

/**
 * Digits drawn by a pen that wavers, embedded so that everything works without a file: 10,000 to learn from and 2,000 held out, each of its
 * own draw of factors, balanced. The {@link GlyphDecoder} of the training examples comes with them.
 */
public record Glyphs() implements DatasetSource {
    private static final int TRAIN = 10_000;
    private static final int TEST = 2_000;
    private static final long TRAIN_SEED = 1;
    private static final long TEST_SEED = 2;
    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    @Override
    public String name() {
        return "glyphs";
    }

    @Override
    public Info info() {
        return new Info(
                "Digits drawn from stroke skeletons",
                "Apache-2.0, as the program that draws them",
                "Thimble",
                "1 x 28 x 28",
                CLASSES.size(),
                TRAIN,
                TEST,
                true);
    }

    @Override
    public boolean present(List<Path> folders) {
        return true;
    }

    @Override
    public Parts load(List<Path> folders) {
        float[][] factors = GlyphSampling.draw(TRAIN, TRAIN_SEED);
        Dataset test = drawn("glyphs test", GlyphSampling.draw(TEST, TEST_SEED));
        return new Parts(drawn("glyphs", factors), Optional.of(test), Optional.of(new GlyphDecoder(factors)));
    }

    private static Dataset drawn(String name, float[][] factors) {
        GlyphDecoder decoder = new GlyphDecoder(factors);
        float[][] pictures = new float[factors.length][GlyphDecoder.SIDE * GlyphDecoder.SIDE];
        int[] labels = new int[factors.length];
        IntStream.range(0, factors.length).parallel().forEach(i -> {
            decoder.decode(factors[i], pictures[i], 0);
            labels[i] = (int) factors[i][GlyphFactor.CLASS.ordinal()];
        });
        return ArrayDataset.of(name, Shape.of(1, GlyphDecoder.SIDE, GlyphDecoder.SIDE), pictures, labels, CLASSES);
    }
}
