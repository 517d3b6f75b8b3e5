package thimble.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import thimble.backend.MultiplyAdds;
import thimble.backend.ReferenceBackend;
import thimble.tensor.Shape;

class SpeedTest {
    private final KernelCase product = KernelCases.product(2, 3, 4);
    private final KernelCase chain = KernelCases.elementwise().getFirst();
    private final StepCase step = new StepCase("mlp:hidden=3", Shape.of(1, 4, 4), StepCase.PLAIN, 2);

    @Test
    void everyContractionCountsItsMultiplyAdds() {
        for (KernelCase kernel : KernelCases.all()) {
            if (kernel.contraction()) {
                assertThat(kernel.operations())
                        .as(kernel.title())
                        .isEqualTo(2.0 * MultiplyAdds.of(kernel.graph().orElseThrow()));
            }
        }
        assertThat(KernelCases.all()).extracting(KernelCase::title).doesNotHaveDuplicates();
    }

    @Test
    void kernelsThatDoLittleAreMeasuredOnOneThreadAlone() {
        List<String> heard = new ArrayList<>();
        KernelCase large = KernelCases.product(1, 1 << 13, 1 << 10);
        SpeedRun run =
                new SpeedRun(_ -> new ReferenceBackend(), List.of(1, 2), List.of(product, large), List.of(step), true);
        Speed speed = run.run((done, planned, next) -> heard.add(done + "/" + planned + " " + next));
        assertThat(speed.kernels())
                .extracting(one -> one.kernel().title() + " " + one.threads())
                .containsExactly(product.title() + " 1", large.title() + " 1", large.title() + " 2");
        assertThat(speed.steps()).extracting(Speed.StepSpeed::threads).containsExactly(1, 2);
        assertThat(speed.steps().getFirst().multiplyAdds()).isEqualTo(2 * (2 * 16 * 3 + 2 * 3 * 10) + 2 * 3 * 10);
        assertThat(heard).hasSize(7).first().isEqualTo("0/5 multiply-adds and memory");
        assertThat(heard).last().isEqualTo("5/5 ");
        assertThat(speed.peakGflops()).isPositive();
        assertThat(speed.triadGigabytes()).isPositive();
    }

    @Test
    void jsonHasExactlyTheFieldsOfTheContract() {
        Speed speed = new Speed(
                200.00004,
                40,
                List.of(new Speed.KernelSpeed(product, 2, new Timing(4, 0, 100))),
                List.of(new Speed.StepSpeed(step, 1, new Timing(2000, 7.6, 100), 1000)));
        ObjectNode json = SpeedJson.of(speed);
        assertThat(json.toString())
                .isEqualTo(
                        "{\"fmaPeakGflops\":200.0,\"triadGBps\":40.0,\"kernels\":[{\"name\":\"product\",\"shape\":\"2x3x4\","
                            + "\"threads\":2,\"gflops\":12.0,\"shareOfPeak\":0.06}],\"steps\":[{\"model\":\"mlp:hidden=3\","
                            + "\"methods\":\"none\",\"batch\":2,\"threads\":1,\"microseconds\":2.0,\"shareOfPeak\":0.01,"
                            + "\"bytesAllocated\":8}]}");
    }

    @Test
    void theGuardNamesWhatAllocatesAndWhatIsSlow() {
        Speed speed = new Speed(
                100,
                40,
                List.of(
                        new Speed.KernelSpeed(product, 1, new Timing(48 / 59.0, 0, 100)),
                        new Speed.KernelSpeed(product, 1, new Timing(48 / 61.0, 0, 100)),
                        new Speed.KernelSpeed(product, 2, new Timing(48, 0, 100)),
                        new Speed.KernelSpeed(chain, 1, new Timing(1e9, 0, 100)),
                        new Speed.KernelSpeed(chain, 1, new Timing(1, 16, 100))),
                List.of());
        assertThat(speed.misses())
                .containsExactly(
                        "product 2x3x4 on 1 thread: 59 % of the peak, expected at least 60 %",
                        "chain of 7 64x16384 on 1 thread: allocates 16 bytes per call");
    }

    @Test
    void allocationIsCounted() {
        Stopwatch stopwatch = new Stopwatch(Peak.here());
        byte[][] kept = new byte[1][];
        Timing some = stopwatch.time(() -> kept[0] = new byte[1 << 16], Effort.QUICK);
        assertThat(some.bytes()).isBetween(65536.0, 65536 * 1.5);
        assertThat(some.peak()).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Effort(1, 0.5, 1))
                .withMessageContaining("warm <= longest");
    }

    @Test
    void theLoopByHandComputesTheChain() {
        float[] x = {0.3f, -4, 0.9f};
        float[] y = HandLoop.chain(x);
        for (int i = 0; i < x.length; i++) {
            double t = Math.max(x[i] * 1.5 + 0.25, 0) * 0.7 - 0.3;
            assertThat((double) y[i]).isCloseTo(t * t + x[i], within(1e-5));
        }
        assertThat(KernelCases.elementwise().get(1).graph()).isEqualTo(Optional.empty());
    }

    @Test
    void aStepTrains() {
        try (TimedStep timed = step.compile(new ReferenceBackend())) {
            timed.run();
            float first = timed.loss();
            float[] before = timed.read("fc1.kernel");
            for (int i = 0; i < 50; i++) {
                timed.run();
            }
            assertThat(timed.loss()).isLessThan(first);
            assertThat(timed.read("fc1.kernel")).isNotEqualTo(before);
            assertThat(timed.weights()).hasSize(4);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> timed.read("fc9.kernel"))
                    .withMessageContaining("fc9.kernel");
        }
    }
}
