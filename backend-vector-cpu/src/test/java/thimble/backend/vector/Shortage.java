package thimble.backend.vector;

import java.util.List;
import thimble.backend.Backend;
import thimble.backend.BackendException;
import thimble.backend.Graph;
import thimble.backend.ReferenceBackend;
import thimble.backend.State;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Asks for more memory than there is: a program for other virtual machines, whose flags a test chooses. Prints what each attempt says. */
final class Shortage {
    private static final Tensor LARGE = Tensor.variable("large", Shape.of(1 << 13, 1 << 13)); // 256 MiB
    private static final Tensor TALL = Tensor.variable("tall", Shape.of(1 << 13, 1));

    private Shortage() {}

    /** No arguments. */
    public static void main(String[] arguments) {
        Graph product = new Graph(List.of(TALL.matmul(TALL.reshape(1, 1 << 13))), List.of());
        for (Backend backend : List.of(new VectorBackend(1), new ReferenceBackend())) {
            attempt(() -> backend.allocate(List.of(LARGE)).close());
            attempt(() -> {
                try (State state = backend.allocate(List.of(TALL))) {
                    backend.compile(product).bind(state).close();
                }
            });
        }
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
            System.out.println("enough");
        } catch (BackendException e) {
            System.out.println(e.getMessage());
        }
    }
}
