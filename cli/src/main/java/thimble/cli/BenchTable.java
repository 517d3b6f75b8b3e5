package thimble.cli;

import java.util.List;
import java.util.Locale;
import thimble.benchmarks.speed.Speed;

/** A measurement as tables. */
final class BenchTable {
    private BenchTable() {}

    /** All of it. */
    static String of(Speed speed) {
        StringBuilder text = new StringBuilder(format(
                "multiply-adds in registers, one thread: %.1f GFLOP/s; memory (triad), one thread: %.1f GB/s",
                speed.peakGflops(), speed.triadGigabytes()));
        if (!speed.kernels().isEmpty()) {
            text.append("\n\n").append(kernels(speed));
        }
        if (!speed.steps().isEmpty()) {
            text.append("\n\n").append(steps(speed.steps()));
        }
        return text.toString();
    }

    private static TextTable kernels(Speed speed) {
        TextTable table =
                new TextTable().row("kernel", "shape", "threads", "µs", "GFLOP/s", "of peak", "of memory", "bytes", "");
        for (Speed.KernelSpeed one : speed.kernels()) {
            table.row(
                    one.kernel().name(),
                    one.kernel().shape(),
                    format("%7d", one.threads()),
                    format("%9.1f", one.timing().nanoseconds() / 1e3),
                    format("%7.1f", one.gflops()),
                    percent(one.shareOfPeak()),
                    percent(one.gigabytes() / speed.triadGigabytes()),
                    format("%5.0f", one.timing().bytes()),
                    one.allocates() ? "allocates" : one.slow() ? "slow" : "");
        }
        return table;
    }

    private static TextTable steps(List<Speed.StepSpeed> steps) {
        TextTable table = new TextTable()
                .row("step", "methods", "batch", "threads", "µs", "examples/s", "of peak", "of plain", "bytes");
        double plain = 0;
        for (Speed.StepSpeed one : steps) {
            boolean first = one.step().methods().equals("none");
            plain = first ? one.microseconds() : plain;
            table.row(
                    one.step().model(),
                    one.step().methods(),
                    format("%5d", one.step().batch()),
                    format("%7d", one.threads()),
                    format("%9.0f", one.microseconds()),
                    format("%,10.0f", one.examplesPerSecond()),
                    percent(one.shareOfPeak()),
                    plain == 0 ? "" : format("%8.2f", one.microseconds() / plain),
                    format("%5.0f", one.timing().bytes()));
        }
        return table;
    }

    private static String percent(double share) {
        return format("%5.1f %%", 100 * share);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
