package thimble.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;
import thimble.backend.Backend;
import thimble.benchmarks.speed.KernelCases;
import thimble.benchmarks.speed.TimedCall;

/** A million random numbers by Philox. */
public class Random extends Call {
    /** Name and shape, as {@code thimble bench --list} prints them. */
    @Param({"uniform 64x16384", "normal 64x16384"})
    public String kernel = "";

    @Override
    protected TimedCall compile(Backend backend) {
        return KernelCases.titled(kernel).compile(backend);
    }
}
