package thimble.nn;

import thimble.tensor.Tensor;

/** Checks that layers share; the texts name the layer and its path. */
final class Checks {
    private Checks() {}

    static void positive(String layer, String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("[" + layer + "] expected " + what + " >= 1 but received " + number);
        }
    }

    static void rank(String layer, Scope scope, Tensor x, int rank, String expected) {
        if (x.shape().rank() != rank) {
            throw error(layer, scope, "an input " + expected, x.shape());
        }
    }

    static IllegalArgumentException error(String layer, Scope scope, String expected, Object received) {
        String at = scope.path().isEmpty() ? layer : scope.path() + ", " + layer;
        return new IllegalArgumentException("[" + at + "] expected " + expected + " but received " + received);
    }
}
