package thimble.backend.gpu;

import java.util.ArrayList;
import java.util.List;
import thimble.backend.Buffer;

/** The parameters of one piece of work, in the order in which the kernel's text reads them. */
final class Block {
    private final List<Parameter> parameters = new ArrayList<>();

    /** Adds numbers. */
    Block with(int... values) {
        for (int value : values) {
            parameters.add(new Parameter.Value(value));
        }
        return this;
    }

    /** Adds the place of a buffer. */
    Block with(Buffer buffer) {
        parameters.add(new Parameter.Place(buffer));
        return this;
    }

    /** Adds the place of a row of numbers. */
    Block table(int[] numbers) {
        parameters.add(new Parameter.Table(new Parameter.Row(numbers)));
        return this;
    }

    /** Adds the parameters of another block. */
    Block with(Block other) {
        parameters.addAll(other.parameters);
        return this;
    }

    /** Adds a number of loops and for each its size and its steps. */
    Block with(Loops loops) {
        return with(loops.rank()).with(loops.numbers());
    }

    List<Parameter> parameters() {
        return parameters;
    }
}
