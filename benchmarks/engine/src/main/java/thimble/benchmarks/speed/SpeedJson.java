package thimble.benchmarks.speed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A measurement as JSON: numbers of four digits, shares as fractions. */
public final class SpeedJson {
    private static final double DIGITS = 1e4;

    private SpeedJson() {}

    /** The whole of it. */
    public static ObjectNode of(Speed speed) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("fmaPeakGflops", rounded(speed.peakGflops()));
        root.put("triadGBps", rounded(speed.triadGigabytes()));
        ArrayNode kernels = root.putArray("kernels");
        for (Speed.KernelSpeed one : speed.kernels()) {
            kernels.addObject()
                    .put("name", one.kernel().name())
                    .put("shape", one.kernel().shape())
                    .put("threads", one.threads())
                    .put("gflops", rounded(one.gflops()))
                    .put("shareOfPeak", rounded(one.shareOfPeak()));
        }
        ArrayNode steps = root.putArray("steps");
        for (Speed.StepSpeed one : speed.steps()) {
            steps.addObject()
                    .put("model", one.step().model())
                    .put("methods", one.step().methods())
                    .put("batch", one.step().batch())
                    .put("threads", one.threads())
                    .put("microseconds", rounded(one.microseconds()))
                    .put("shareOfPeak", rounded(one.shareOfPeak()))
                    .put("bytesAllocated", Math.round(one.timing().bytes()));
        }
        return root;
    }

    private static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }
}
