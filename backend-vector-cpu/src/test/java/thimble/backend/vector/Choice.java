package thimble.backend.vector;

import java.util.List;
import thimble.backend.Graph;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Says how this virtual machine would compute: a program for others, whose flags a test chooses. */
final class Choice {
    private Choice() {}

    /** No arguments. */
    public static void main(String[] arguments) {
        VectorBackend backend = new VectorBackend(1);
        Tensor y = Tensor.batch("x", Shape.of(3, 5)).mul(2).exp();
        String plan = backend.compile(new Graph(List.of(y), List.of())).plan();
        System.out.println(backend.description() + ": " + (plan.startsWith("scalar ") ? "plain" : "others"));
    }
}
