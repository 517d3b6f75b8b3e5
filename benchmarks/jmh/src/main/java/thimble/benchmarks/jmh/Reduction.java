package thimble.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;
import thimble.backend.Backend;
import thimble.benchmarks.speed.KernelCases;
import thimble.benchmarks.speed.TimedCall;

/** Sums and largest elements of a million numbers. */
public class Reduction extends Call {
    /** Name and shape, as {@code thimble bench --list} prints them. */
    @Param({"sum 64x16384", "sum per example 64x16384", "sum over examples 64x16384", "largest per example 64x16384"})
    public String kernel = "";

    @Override
    protected TimedCall compile(Backend backend) {
        return KernelCases.titled(kernel).compile(backend);
    }
}
