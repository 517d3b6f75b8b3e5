package thimble.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;
import thimble.backend.Backend;
import thimble.benchmarks.speed.KernelCases;
import thimble.benchmarks.speed.TimedCall;

/** Functions of a million numbers. */
public class Elementwise extends Call {
    /** Name and shape, as {@code thimble bench --list} prints them. */
    @Param({
        "chain of 7 64x16384",
        "chain of 7 by hand 64x16384",
        "exp 64x16384",
        "log 64x16384",
        "tanh 64x16384",
        "sin 64x16384",
        "sqrt 64x16384"
    })
    public String kernel = "";

    @Override
    protected TimedCall compile(Backend backend) {
        return KernelCases.titled(kernel).compile(backend);
    }
}
