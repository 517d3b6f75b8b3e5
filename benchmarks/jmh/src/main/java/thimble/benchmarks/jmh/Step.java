package thimble.benchmarks.jmh;

import org.openjdk.jmh.annotations.Param;
import thimble.backend.Backend;
import thimble.benchmarks.speed.StepCases;
import thimble.benchmarks.speed.TimedCall;

/** Whole training steps. */
public class Step extends Call {
    /** Model, batch and methods, as {@code thimble bench --list} prints them. */
    @Param({
        "lenet5 b64 none",
        "lenet5 b64 spectreg",
        "lenet5 b64 datagrad",
        "mlp:hidden=256 b32 none",
        "lenet b50 none",
        "resnet20 b64 none"
    })
    public String step = "";

    @Override
    protected TimedCall compile(Backend backend) {
        return StepCases.titled(step).compile(backend);
    }
}
