package thimble.nn;

import thimble.tensor.Shape;

/** What ready models ask of the shape of an example. */
final class Shapes {
    /** Pictures below this size get padding, or the second convolution would not fit. */
    private static final int SMALL = 16;

    private static final int SMALLEST = 4;

    private Shapes() {}

    static void pictures(String model, Shape example) {
        if (example.rank() != 3) {
            throw error(model, "pictures [channels, height, width]", example);
        }
        if (side(example) < SMALLEST) {
            throw error(model, "pictures of at least " + SMALLEST + "x" + SMALLEST, example);
        }
    }

    static void sequences(String model, Shape example) {
        if (example.rank() != 2) {
            throw error(model, "sequences [time, features]", example);
        }
    }

    /** Padding of a 5 x 5 kernel. */
    static int padding(Shape example) {
        return side(example) < SMALL ? 2 : 0;
    }

    private static int side(Shape example) {
        return Math.min(example.size(1), example.size(2));
    }

    private static IllegalArgumentException error(String model, String expected, Shape example) {
        String fitting = switch (example.rank()) {
            case 3 -> "mlp and linear fit any pictures";
            case 2 -> "gru, mlp and linear fit sequences";
            default -> "mlp and linear fit tables";
        };
        return new IllegalArgumentException(
                "[" + model + "] expected " + expected + " but received " + example + "; " + fitting);
    }
}
