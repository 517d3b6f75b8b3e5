package thimble.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.DatasetSource;
import thimble.data.Decoder;
import thimble.datasets.glyphs.Glyphs;
import thimble.tensor.Shape;

class CropTest {
    @Test
    void aRectangleOfEachChannelIsLeft() {
        float[] picture = {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18};
        Dataset data =
                ArrayDataset.of("two", Shape.of(2, 3, 3), new float[][] {picture}, new int[] {1}, List.of("a", "b"));
        Dataset cropped = new Crop(1, 0, 2, 2).apply(data);
        assertThat(cropped.example()).isEqualTo(Shape.of(2, 2, 2));
        float[] read = new float[9];
        cropped.read(0, 0, read, 1);
        assertThat(read).containsExactly(0, 3, 4, 6, 7, 13, 14, 16, 17);
        assertThat(cropped.label(0)).isEqualTo(1);
        assertThat(cropped.origin(0)).isEqualTo(data.origin(0));
    }

    @Test
    void theDecoderOfAPictureIsCroppedWithIt() {
        DatasetSource.Parts parts = new Glyphs().load(List.of());
        DatasetSource.Parts cropped = Crop.parse("4, 4,20,16").apply(parts);
        Decoder decoder = cropped.decoder().orElseThrow();
        float[] factors = new float[decoder.factors()];
        decoder.factors(3, factors);
        float[] decoded = new float[320];
        decoder.decode(factors, decoded, 0);
        float[] whole = new float[parts.train().example().elements()];
        parts.decoder().orElseThrow().decode(factors, whole, 0);
        assertThat(decoded[0]).isEqualTo(whole[4 * parts.train().example().size(2) + 4]);
        assertThat(cropped.test().orElseThrow().example()).isEqualTo(Shape.of(1, 20, 16));
        assertThat(decoder.names()).isEqualTo(parts.decoder().orElseThrow().names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,2,3", "1,2,3,4,5", "a,0,1,1", "0,0,1.5,1"})
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> Crop.parse(text)).hasMessageContaining("expected top,left,height,width in pixels");
    }

    @Test
    void rectanglesMustLieInsidePictures() {
        assertThatThrownBy(() -> Crop.parse("-1,0,2,2")).hasMessageContaining("expected top and left >= 0");
        Dataset picture =
                ArrayDataset.of("one", Shape.of(1, 3, 3), new float[][] {new float[9]}, new int[] {0}, List.of("a"));
        assertThatThrownBy(() -> new Crop(2, 0, 2, 1).apply(picture))
                .hasMessage("[crop] expected a rectangle inside 3 x 3 pixels but received top 2, left 0, height 2,"
                        + " width 1");
        Dataset table =
                ArrayDataset.of("table", Shape.of(3), new float[][] {new float[3]}, new int[] {0}, List.of("a"));
        assertThatThrownBy(() ->
                        new DatasetSource.Parts(new Crop(0, 0, 1, 1).apply(table), Optional.empty(), Optional.empty()))
                .hasMessageContaining("expected pictures")
                .hasMessageContaining("--columns");
    }
}
