package thimble.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** What every backend must bear: use after closing, indices outside a tensor, and inputs of the next run before outputs of the last are read. */
final class Misuse {
    /** All cases. */
    static final List<Case> CASES = List.of(
            new Case("a closed executable", Misuse::closedExecutable),
            new Case("a closed state", Misuse::closedState),
            new Case("a gather from outside", backend -> outside(backend, false)),
            new Case("a scatter to outside", backend -> outside(backend, true)),
            new Case("the next run fed early", Misuse::fedEarly),
            new Case("outputs of many runs", Misuse::kept));

    private static final Tensor WEIGHTS = Tensor.variable("w", Shape.of(3, 2));
    private static final float[] NUMBERS = {1, 2, 3, 4, 5, 6};
    private static final int[][] INDICES = {{0, 3}, {-1, 1}, {Integer.MAX_VALUE, 0}, {Integer.MIN_VALUE, 2}};

    private Misuse() {}

    /**
     * One form of misuse.
     *
     * @param name what is misused
     * @param difference runs it; what happened in place of what is promised
     */
    record Case(String name, Function<Backend, Optional<String>> difference) {}

    /** What a backend does not survive. */
    static List<Conformance.Failure> failures(Backend backend) {
        List<Conformance.Failure> failures = new ArrayList<>();
        for (Case one : CASES) {
            try {
                one.difference.apply(backend).ifPresent(text -> failures.add(new Conformance.Failure(one.name, text)));
            } catch (RuntimeException | LinkageError e) {
                failures.add(new Conformance.Failure(one.name, e.toString()));
            }
        }
        return failures;
    }

    private static Optional<String> closedExecutable(Backend backend) {
        try (State state = state(backend)) {
            Executable executable = backend.compile(product()).bind(state);
            executable.feed("x", new float[] {1, 2}).run(0, 0);
            executable.close();
            executable.close();
            return refused("feed", () -> executable.feed("x", new float[2]))
                    .or(() -> refused("run", () -> executable.run(0, 1)))
                    .or(() -> refused("fetch", () -> executable.fetch(0, new float[3])));
        }
    }

    private static Optional<String> closedState(Backend backend) {
        State state = state(backend);
        Program program = backend.compile(product());
        try (Executable executable = program.bind(state)) {
            executable.feed("x", new float[] {1, 2}).run(0, 0);
            state.close();
            state.close();
            return refused("run", () -> executable.run(0, 1))
                    .or(() -> refused("read", () -> state.read("w", new float[6])))
                    .or(() -> refused("write", () -> state.write("w", NUMBERS)))
                    .or(() -> refused("bind", () -> program.bind(state).close()));
        }
    }

    /** Runs with 1 and fetches when 2 is fed already, then runs with that. */
    private static Optional<String> fedEarly(Backend backend) {
        try (State state = state(backend);
                Executable executable = backend.compile(product()).bind(state)) {
            float[] first = new float[3];
            float[] second = new float[3];
            executable.feed("x", new float[] {1, 1}).run(0, 0);
            executable.feed("x", new float[] {2, 2}).fetch(0, first);
            executable.run(0, 1);
            executable.fetch(0, second);
            return Arrays.equals(first, new float[] {3, 7, 11}) && Arrays.equals(second, new float[] {6, 14, 22})
                    ? Optional.empty()
                    : Optional.of("expected [3, 7, 11] and twice that but received " + Arrays.toString(first) + " and "
                            + Arrays.toString(second));
        }
    }

    /** Runs with 0 to 6, of whose sums as many are kept as the backend likes, and fetches them once and again. */
    private static Optional<String> kept(Backend backend) {
        Graph sum = new Graph(List.of(product().outputs().getFirst().sum()), List.of());
        try (State state = state(backend);
                Executable executable = backend.compile(sum).bind(state)) {
            int kept = executable.keep(0, 4);
            float[] expected = new float[kept];
            for (int run = 0; run < 7; run++) {
                executable.feed("x", new float[] {run, run}).run(0, run);
                expected[run % kept] = 21 * run;
                float[] received = new float[kept];
                if (run % 3 == 2 || run == 6) {
                    executable.fetch(0, received);
                    if (!Arrays.equals(received, 0, Math.min(kept, run + 1), expected, 0, Math.min(kept, run + 1))) {
                        return Optional.of("expected " + Arrays.toString(expected) + " after run " + run
                                + " but received " + Arrays.toString(received));
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** An error, or the rows of the nearest indices; the variable keeps its value. */
    private static Optional<String> outside(Backend backend, boolean scatter) {
        Tensor indices = Tensor.of(new Op.Input("i", Shape.of(2), DType.INT32, Op.NO_BATCH));
        Tensor rows = scatter
                ? Tensor.of(new Op.ScatterAdd(0, 3), WEIGHTS.slice(0, 0, 2), indices)
                : WEIGHTS.gather(0, indices);
        try (State state = state(backend);
                Executable executable =
                        backend.compile(new Graph(List.of(rows), List.of())).bind(state)) {
            for (int[] given : INDICES) {
                float[] received = new float[rows.shape().elements()];
                try {
                    executable.feed("i", given).run(0, 0);
                    executable.fetch(0, received);
                } catch (IllegalArgumentException | IndexOutOfBoundsException | BackendException _) {
                    continue;
                }
                if (!Arrays.equals(received, nearest(given, scatter))) {
                    return Optional.of("expected an error or the nearest rows for the indices " + Arrays.toString(given)
                            + " but received " + Arrays.toString(received));
                }
            }
            float[] kept = new float[NUMBERS.length];
            state.read("w", kept);
            return Arrays.equals(kept, NUMBERS)
                    ? Optional.empty()
                    : Optional.of("expected an unchanged variable but received " + Arrays.toString(kept));
        }
    }

    private static float[] nearest(int[] indices, boolean scatter) {
        float[] rows = new float[scatter ? 6 : 4];
        for (int i = 0; i < indices.length; i++) {
            int row = Math.clamp(indices[i], 0, 2);
            for (int column = 0; column < 2; column++) {
                if (scatter) {
                    rows[2 * row + column] += NUMBERS[2 * i + column];
                } else {
                    rows[2 * i + column] = NUMBERS[2 * row + column];
                }
            }
        }
        return rows;
    }

    private static State state(Backend backend) {
        State state = backend.allocate(List.of(WEIGHTS));
        state.write("w", NUMBERS);
        return state;
    }

    /** x [1, 2] times the transposed weights [3, 2]. */
    private static Graph product() {
        return new Graph(List.of(Tensor.batch("x", Shape.of(1, 2)).matmulTransposed(WEIGHTS)), List.of());
    }

    private static Optional<String> refused(String what, Runnable use) {
        try {
            use.run();
        } catch (IllegalStateException _) {
            return Optional.empty();
        }
        return Optional.of("expected an IllegalStateException of " + what + " but received none");
    }
}
