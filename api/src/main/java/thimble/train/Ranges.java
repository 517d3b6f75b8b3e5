package thimble.train;

/** Range checks of numbers; NaN is never in range. */
final class Ranges {
    private Ranges() {}

    static void above(String name, double number, double bound) {
        check(number > bound && number < Double.POSITIVE_INFINITY, name, "> " + text(bound), number);
    }

    static void atLeast(String name, double number, double bound) {
        check(number >= bound && number < Double.POSITIVE_INFINITY, name, ">= " + text(bound), number);
    }

    static void share(String name, double number) {
        check(number >= 0 && number < 1, name, "in [0, 1)", number);
    }

    private static void check(boolean holds, String name, String expected, double received) {
        if (!holds) {
            throw new IllegalArgumentException(name + " expected " + expected + " but received " + text(received));
        }
    }

    private static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
