package thimble.augmenters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import thimble.data.Dataset;

class CropFlipTest {
    /** Three equal rows 1 2 3 4, so that only the shift to the side shows. */
    private static final Dataset ROWS = Examples.picture(1, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4);

    private static Set<String> firstRows(CropFlip method) {
        return Examples.epochs(method.augment(ROWS, Examples.CONTEXT), 200).stream()
                .map(pixels -> Arrays.toString(Arrays.copyOf(pixels, 4)).replace(".0", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void reflectsAtTheBorder() {
        assertThat(firstRows(new CropFlip(2, false)))
                .containsExactly("[1, 2, 3, 4]", "[2, 1, 2, 3]", "[2, 3, 4, 3]", "[3, 2, 1, 2]", "[3, 4, 3, 2]");
    }

    @Test
    void mirrorsHalfOfThePictures() {
        Dataset mirrored = new CropFlip(0, true).augment(ROWS, Examples.CONTEXT);
        assertThat(firstRows(new CropFlip(0, true))).containsExactly("[1, 2, 3, 4]", "[4, 3, 2, 1]");
        long count = Examples.epochs(mirrored, 400).stream()
                .filter(pixels -> pixels[0] == 4)
                .count();
        assertThat(count).isBetween(160L, 240L);
    }

    @Test
    void withoutPaddingAndFlipNothingChanges() {
        Dataset same = new CropFlip(0, false).augment(ROWS, Examples.CONTEXT);
        assertThat(Examples.read(same, 0, 3)).containsExactly(Examples.read(ROWS, 0, 0));
    }

    @Test
    void refusesBadPadding() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CropFlip(-1, true))
                .withMessage("[crop-flip] expected pad >= 0 but received -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CropFlip(3, true).augment(ROWS, Examples.CONTEXT))
                .withMessage("[crop-flip] expected pad smaller than the pictures [1,3,4] but received 3");
    }
}
