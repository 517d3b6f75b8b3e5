package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.backend.Buffer;
import thimble.backend.gpu.device.Kernel;

class MergeTest {
    private static final Kernel ONE = new Kernel("thimble_one", "thimble_one");
    private static final Kernel TWO = new Kernel("thimble_two", "thimble_two");

    private final Buffer a = Buffer.of(64);
    private final Buffer b = Buffer.of(64);
    private final Buffer c = Buffer.of(64);
    private final Buffer d = Buffer.of(64);

    private static Work work(String text, Kernel kernel, List<Buffer> reads, Buffer writes) {
        return Work.items(text, kernel, 1, new Block(), reads, List.of(writes));
    }

    private static List<List<String>> texts(Work... launches) {
        return Merge.of(List.of(launches)).stream().map(Work::texts).toList();
    }

    @Test
    void equalKernelsThatShareNothingAreOneLaunch() {
        assertThat(texts(
                        work("first", ONE, List.of(a), b),
                        work("between", TWO, List.of(a), d),
                        work("second", ONE, List.of(a), c)))
                .containsExactly(List.of("first", "second"), List.of("between"));
    }

    @Test
    void aLaunchWaitsForWhatItReads() {
        assertThat(texts(
                        work("first", ONE, List.of(a), b),
                        work("between", TWO, List.of(b), c),
                        work("second", ONE, List.of(c), d)))
                .containsExactly(List.of("first"), List.of("between"), List.of("second"));
    }

    @Test
    void nothingIsOverwrittenBeforeItIsRead() {
        assertThat(texts(
                        work("first", ONE, List.of(a), b),
                        work("between", TWO, List.of(c), d),
                        work("second", ONE, List.of(a), c),
                        work("third", ONE, List.of(a), b)))
                .containsExactly(List.of("first"), List.of("between"), List.of("second", "third"));
    }

    @Test
    void aLaunchMayWaitForALaterOne() {
        assertThat(texts(
                        work("first", ONE, List.of(a), b),
                        work("between", TWO, List.of(a), c),
                        work("second", ONE, List.of(c), d)))
                .containsExactly(List.of("between"), List.of("first", "second"));
    }
}
