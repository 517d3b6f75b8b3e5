package thimble.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import thimble.benchmarks.speed.StepCase;
import thimble.tensor.Shape;

/** The native library of PyTorch, called from Java through the Deep Java Library, in this process; it has no second derivatives. */
final class Libtorch implements StepPeer {
    private static final float RATE = 1e-3f;
    private static final float MOMENTUM = 0.9f;

    private final NDManager manager;
    private final Engine engine;
    private NDManager step;
    private LibtorchModel model = LibtorchModel.PERCEPTRON;
    private List<NDArray> parameters = List.of();
    private List<NDArray> velocities = List.of();
    private NDList data = new NDList();

    Libtorch(int threads) {
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        manager = NDManager.newBaseManager("PyTorch");
        engine = Engine.getEngine("PyTorch");
        step = manager.newSubManager();
    }

    @Override
    public String name() {
        return "libtorch " + engine.getVersion();
    }

    @Override
    public boolean makes(String model, String kind) {
        return kind.equals("plain");
    }

    @Override
    public void load(StepCase about, List<Shape> shapes, float[][] values, double... strengths) {
        step.close();
        step = manager.newSubManager();
        model = LibtorchModel.of(about.model());
        int count = shapes.size() - 3;
        parameters = new ArrayList<>();
        velocities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            NDArray parameter = array(shapes.get(i), values[i]);
            parameter.setRequiresGradient(true);
            parameters.add(parameter);
            velocities.add(parameter.zerosLike());
        }
        data = new NDList(array(shapes.get(count), values[count]), array(shapes.get(count + 1), values[count + 1]));
    }

    private NDArray array(Shape shape, float[] values) {
        long[] sizes = shape.sizes().stream().mapToLong(Integer::longValue).toArray();
        return step.create(values, new ai.djl.ndarray.types.Shape(sizes));
    }

    /** Leaves the gradients with the parameters. */
    private void differentiate() {
        try (NDManager scope = step.newSubManager();
                GradientCollector collector = engine.newGradientCollector()) {
            NDArray x = data.get(0).duplicate();
            x.attach(scope);
            NDArray logits = model.logits(x, parameters);
            NDArray each = logits.logSoftmax(1).mul(data.get(1)).sum(new int[] {1});
            collector.backward(each.mean().neg());
        }
    }

    private void update() {
        for (int i = 0; i < parameters.size(); i++) {
            NDArray parameter = parameters.get(i);
            try (NDArray gradient = parameter.getGradient()) {
                NDList written = new NDList(parameter);
                parameter
                        .getNDArrayInternal()
                        .sgdUpdate(
                                new NDList(parameter, gradient, velocities.get(i)),
                                written,
                                RATE,
                                0,
                                1,
                                -1,
                                MOMENTUM,
                                true);
            }
        }
    }

    @Override
    public float[] gradients(String kind, int count) {
        differentiate();
        float[] values = new float[count];
        int at = 0;
        for (NDArray parameter : parameters) {
            try (NDArray gradient = parameter.getGradient()) {
                float[] part = gradient.toFloatArray();
                System.arraycopy(part, 0, values, at, part.length);
                at += part.length;
            }
        }
        return values;
    }

    @Override
    public double microseconds(String kind, int runs) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            differentiate();
            update();
            least = Math.min(least, System.nanoTime() - start);
        }
        return least / 1e3;
    }

    @Override
    public void close() {
        manager.close();
    }
}
