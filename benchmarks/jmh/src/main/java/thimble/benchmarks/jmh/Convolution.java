package thimble.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;
import thimble.backend.Backend;
import thimble.benchmarks.speed.KernelCases;
import thimble.benchmarks.speed.TimedCall;

/** Convolutions of LeNet-5 and of residual networks, forward and backward. */
public class Convolution extends Call {
    /** Name and shape, as {@code thimble bench --list} prints them. */
    @Param({
        "conv forward 64x1x28x28 k5 to 6",
        "conv kernel gradient 64x1x28x28 k5 to 6",
        "conv forward 64x6x12x12 k5 to 16",
        "conv input gradient 64x6x12x12 k5 to 16",
        "conv kernel gradient 64x6x12x12 k5 to 16",
        "conv forward 64x16x32x32 k3 to 16",
        "conv input gradient 64x16x32x32 k3 to 16",
        "conv kernel gradient 64x16x32x32 k3 to 16",
        "conv forward 64x32x16x16 k3 to 32",
        "conv input gradient 64x32x16x16 k3 to 32",
        "conv kernel gradient 64x32x16x16 k3 to 32",
        "conv forward 64x64x8x8 k3 to 64",
        "conv input gradient 64x64x8x8 k3 to 64",
        "conv kernel gradient 64x64x8x8 k3 to 64"
    })
    public String kernel = "";

    @Override
    protected TimedCall compile(Backend backend) {
        return KernelCases.titled(kernel).compile(backend);
    }
}
