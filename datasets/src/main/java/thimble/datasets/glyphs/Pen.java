package thimble.datasets.glyphs;

/** Draws lines of varying width on a square sheet; where lines cross, the darker ink stays. */
final class Pen {
    private final int side;
    private final double[] ink;

    Pen(int side) {
        this.side = side;
        this.ink = new double[side * side];
    }

    /** Ink of each pixel, row by row, 0 … 1. */
    double[] ink() {
        return ink;
    }

    /**
     * Draws a line.
     *
     * @param points corners in pixels, x and y in turn, where the middle of the first pixel is (0.5, 0.5)
     * @param radius half the width at the first and at the last corner
     * @param soft width of the edge over which the ink fades
     */
    void draw(double[] points, double[] radius, double soft) {
        int segments = points.length / 2 - 1;
        for (int s = 0; s < segments; s++) {
            double thick = radius[0] + (radius[1] - radius[0]) * (s + 0.5) / segments;
            segment(points[2 * s], points[2 * s + 1], points[2 * s + 2], points[2 * s + 3], thick, soft);
        }
    }

    private void segment(double x0, double y0, double x1, double y1, double radius, double soft) {
        double reach = radius + soft / 2;
        int left = Math.max(0, (int) Math.floor(Math.min(x0, x1) - reach));
        int right = Math.min(side - 1, (int) Math.ceil(Math.max(x0, x1) + reach));
        int top = Math.max(0, (int) Math.floor(Math.min(y0, y1) - reach));
        int bottom = Math.min(side - 1, (int) Math.ceil(Math.max(y0, y1) + reach));
        double dx = x1 - x0;
        double dy = y1 - y0;
        double length = dx * dx + dy * dy;
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double px = x + 0.5 - x0;
                double py = y + 0.5 - y0;
                double t = length > 0 ? Math.clamp((px * dx + py * dy) / length, 0, 1) : 0;
                double ex = px - t * dx;
                double ey = py - t * dy;
                double near = ex * ex + ey * ey;
                if (near < reach * reach) {
                    double level = Math.clamp((reach - Math.sqrt(near)) / soft, 0, 1);
                    ink[y * side + x] = Math.max(ink[y * side + x], level);
                }
            }
        }
    }
}
