package thimble.nn;

import java.util.ArrayList;
import java.util.List;
import thimble.data.Dataset;
import thimble.data.Part;
import thimble.method.Methods;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** Makes ready models from specs. */
public final class Models {
    /** The spec that chooses by the shape of the data. */
    public static final String AUTO = "auto";

    private Models() {}

    /**
     * A model for examples of one shape.
     *
     * @param spec such as {@code lenet:norm=batch}, {@code mlp:hidden=300-100}, or {@code auto}
     * @param example shape of one example
     * @param outputs numbers that the model returns per example
     * @throws IllegalArgumentException if name or parameter are unknown, with the nearest that exists, or the model
     *     does not fit the examples
     */
    public static Network parse(String spec, Shape example, int outputs) {
        Architecture chosen = Methods.parse(Architecture.class, spec.equals(AUTO) ? auto(example) : spec);
        return new Network(Methods.print(chosen), chosen.build(example, outputs));
    }

    /**
     * A model for a data set; {@code auto} gives one with a branch per input where the data have several.
     *
     * @throws IllegalArgumentException as above
     */
    public static Network parse(String spec, Dataset data) {
        return parse(spec, data.parts(), data.example(), data.targets().width());
    }

    /**
     * A model for examples that are the parts one after another.
     *
     * @throws IllegalArgumentException as above
     */
    public static Network parse(String spec, List<Part> parts, Shape example, int outputs) {
        if (parts.size() < 2 || !spec.equals(AUTO)) {
            return parse(spec, example, outputs);
        }
        List<Parts.Branch> branches = new ArrayList<>();
        parts.forEach(part -> branches.add(new Parts.Branch(part.name(), part.shape(), branch(part.shape()))));
        Layer layers = Sequential.of()
                .then("parts", new Parts(branches))
                .then("fc1", new Linear(128, Activation.RELU))
                .then("out", new Linear(outputs));
        return new Network(AUTO, layers);
    }

    /**
     * The spec that {@code auto} means: {@code lenet} for pictures of at least 8 x 8, {@code gru} for sequences, else
     * {@code mlp}.
     */
    public static String auto(Shape example) {
        return switch (example.rank()) {
            case 3 -> Math.min(example.size(1), example.size(2)) >= 8 ? "lenet" : "mlp";
            case 2 -> example.size(0) <= Gru.LONGEST ? "gru" : "mlp";
            default -> "mlp";
        };
    }

    /** Numbers in all trained variables of a model. */
    public static long parameters(Layer model, Shape example) {
        Tensor input = Tensor.batch("input", example.withFirst(1));
        return Trace.of(model, input, Tensor.constant(1, Shape.of(1, 1)), false).parameterCount();
    }

    private static Layer branch(Shape shape) {
        return switch (auto(shape)) {
            case "lenet" -> {
                Window window = Window.of(5, 5).padding(Shapes.padding(shape));
                yield Sequential.of()
                        .then("conv1", new Conv2d(20, window, Norm.NONE, Activation.RELU))
                        .then("pool1", Pool2d.max(2))
                        .then("conv2", new Conv2d(50, window, Norm.NONE, Activation.RELU))
                        .then("pool2", Pool2d.max(2));
            }
            case "gru" -> new Gru(64);
            default -> new Flatten();
        };
    }
}
