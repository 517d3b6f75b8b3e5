package thimble.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhiloxTest {
    /** Known answers of the authors' library Random123. */
    @Test
    void wordsAreThePublishedOnes() {
        assertThat(words(0, 0, 0, 0, 0, 0)).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertThat(words(-1, -1, -1, -1, -1, -1)).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        assertThat(words(0xa4093822, 0x299f31d0, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    /** The mapping from (seed, step, use, element) to numbers, fixed for ever. */
    @Test
    void uniformNumbersAreFixed() {
        int[] key = Key.words(1234567890123L, 7);
        double[] numbers = Philox.uniform(key, Key.stream("dropout"), 6);
        int[] block = {1, 7, (int) Key.stream("dropout"), (int) (Key.stream("dropout") >>> 32)};
        Philox.words(key[0], key[1], block);
        assertThat(numbers[4]).isEqualTo((block[0] >>> 8) / 16777216.0);
        assertThat(numbers[5]).isEqualTo((block[1] >>> 8) / 16777216.0);
        assertThat(numbers)
                .startsWith(
                        0.28151851892471313,
                        0.5176751017570496,
                        0.8746016025543213,
                        0.19851529598236084,
                        0.750332236289978);
    }

    private static int[] words(int key0, int key1, int... block) {
        Philox.words(key0, key1, block);
        return block;
    }
}
