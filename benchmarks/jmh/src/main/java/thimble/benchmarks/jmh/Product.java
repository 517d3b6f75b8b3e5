package thimble.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;
import thimble.backend.Backend;
import thimble.benchmarks.speed.KernelCases;
import thimble.benchmarks.speed.TimedCall;

/** Products of matrices. */
public class Product extends Call {
    /** Name and shape, as {@code thimble bench --list} prints them. */
    @Param({
        "product 64x64x64",
        "product 128x128x128",
        "product 256x256x256",
        "product 512x512x512",
        "product 1024x1024x1024",
        "product 256x784x32",
        "product 16x2048x150",
        "product 32x8192x288"
    })
    public String kernel = "";

    @Override
    protected TimedCall compile(Backend backend) {
        return KernelCases.titled(kernel).compile(backend);
    }
}
