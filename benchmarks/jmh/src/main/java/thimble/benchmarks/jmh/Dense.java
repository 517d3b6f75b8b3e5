package thimble.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;
import thimble.backend.Backend;
import thimble.benchmarks.speed.KernelCases;
import thimble.benchmarks.speed.TimedCall;

/** Fully connected layers, forward and backward. */
public class Dense extends Call {
    /** Name and shape, as {@code thimble bench --list} prints them. */
    @Param({
        "dense forward 64x256 to 120",
        "dense input gradient 64x256 to 120",
        "dense kernel gradient 64x256 to 120",
        "dense forward 50x800 to 500",
        "dense input gradient 50x800 to 500",
        "dense kernel gradient 50x800 to 500"
    })
    public String kernel = "";

    @Override
    protected TimedCall compile(Backend backend) {
        return KernelCases.titled(kernel).compile(backend);
    }
}
