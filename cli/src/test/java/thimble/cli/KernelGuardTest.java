package thimble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.benchmarks.speed.Effort;
import thimble.benchmarks.speed.KernelCase;
import thimble.benchmarks.speed.KernelCases;
import thimble.benchmarks.speed.Peak;
import thimble.benchmarks.speed.Speed;
import thimble.benchmarks.speed.StepCase;
import thimble.benchmarks.speed.StepCases;
import thimble.benchmarks.speed.Stopwatch;
import thimble.benchmarks.speed.TimedCall;
import thimble.benchmarks.speed.Timing;
import thimble.tensor.Shape;

/**
 * Guards the kernels of the CPU against the compiler's traps: none allocates, and products and convolutions reach 60 % of the multiply-adds
 * timed beside them. For a machine without other work, so only under {@code -Pslow}.
 */
@Tag("slow")
class KernelGuardTest {
    /** Those that stay below, or near enough for chance to decide; docs/performance.md says why. */
    private static final Set<String> KNOWN = Set.of(
            "product 16x2048x150",
            "product 32x8192x288",
            "dense kernel gradient 64x256 to 120",
            "dense kernel gradient 64x120 to 84",
            "dense kernel gradient 32x784 to 256",
            "dense input gradient 32x784 to 256",
            "dense input gradient 50x800 to 500",
            "conv forward 64x1x28x28 k5 to 6",
            "conv input gradient 64x1x28x28 k5 to 6",
            "conv input gradient 64x6x12x12 k5 to 16",
            "conv input gradient 64x16x32x32 k3 to 16",
            "conv kernel gradient 64x16x32x32 k3 to 16");

    private static final Effort PATIENT = new Effort(0.5, 60, 0.3);
    private static final int FEW = 16;

    private final Backend backend = Backends.choose("cpu:threads=1").backend();
    private final Stopwatch stopwatch = new Stopwatch(Peak.here());

    static List<KernelCase> kernels() {
        return KernelCases.all();
    }

    static List<StepCase> steps() {
        return StepCases.all();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void kernel(KernelCase kernel) {
        try (TimedCall call = kernel.compile(backend)) {
            Timing timing = stopwatch.time(call, PATIENT);
            assertThat(timing.bytes()).as("bytes of " + kernel.title()).isLessThan(1);
            if (kernel.contraction() && !KNOWN.contains(kernel.title())) {
                assertThat(timing.shareOfPeak(kernel.operations(), 1))
                        .as("share of the peak of " + kernel.title())
                        .isGreaterThanOrEqualTo(Speed.KernelSpeed.LEAST_SHARE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void step(StepCase step) {
        try (TimedCall call = onLess(step).compile(backend)) {
            assertThat(stopwatch.time(call, PATIENT).bytes()).isLessThan(1);
        }
    }

    /** The same code on less data: what it allocates depends on the code alone, and the JVM compiles only what has run thousands of times. */
    private static StepCase onLess(StepCase step) {
        Shape image = step.model().equals("resnet20") ? Shape.of(3, 8, 8) : step.image();
        return new StepCase(step.model(), image, step.methods(), FEW);
    }

    @Test
    void whatIsKnownToBeSlowExists() {
        assertThat(KernelCases.all()).extracting(KernelCase::title).containsAll(KNOWN);
    }
}
