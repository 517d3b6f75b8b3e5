package thimble.datasets.glyphs;

/** Smooth lines through control points: uniform Catmull-Rom splines whose ends are doubled. */
final class Curve {
    private static final int STEPS = 6;

    private Curve() {}

    /** Points along the line through control points, x and y in turn. */
    static double[] through(double[] controls) {
        int count = controls.length / 2;
        double[] points = new double[2 * ((count - 1) * STEPS + 1)];
        int at = 0;
        for (int p = 0; p < count - 1; p++) {
            for (int step = 0; step < STEPS; step++) {
                double t = (double) step / STEPS;
                points[at++] = value(controls, p, 0, t);
                points[at++] = value(controls, p, 1, t);
            }
        }
        points[at++] = controls[controls.length - 2];
        points[at] = controls[controls.length - 1];
        return points;
    }

    private static double value(double[] controls, int point, int axis, double t) {
        double a = controls[2 * Math.max(0, point - 1) + axis];
        double b = controls[2 * point + axis];
        double c = controls[2 * (point + 1) + axis];
        double d = controls[2 * Math.min(controls.length / 2 - 1, point + 2) + axis];
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }
}
