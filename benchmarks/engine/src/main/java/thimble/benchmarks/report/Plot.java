package thimble.benchmarks.report;

import java.util.List;
import java.util.Optional;
import thimble.benchmarks.statistics.Interval;

/**
 * A figure of curves that are no learning curves: error over a strength, a value over epochs.
 *
 * @param name name of its file, without its end
 * @param title what it shows
 * @param x name of the horizontal axis
 * @param logX true for a logarithmic horizontal axis; points at 0 or below are left out then
 * @param y name of the vertical axis
 * @param logY likewise
 * @param series the curves, the most important first
 */
public record Plot(String name, String title, String x, boolean logX, String y, boolean logY, List<Series> series) {
    /** Copies the curves. */
    public Plot {
        series = List.copyOf(series);
    }

    /**
     * A curve.
     *
     * @param label its name
     * @param points its points, by x
     */
    public record Series(String label, List<Point> points) {
        /** Copies the points. */
        public Series {
            points = List.copyOf(points);
        }
    }

    /**
     * A point.
     *
     * @param marked true for a point that stands out, such as the one chosen on validation examples
     */
    public record Point(double x, double y, Optional<Interval> interval, boolean marked) {
        /** A point without an interval. */
        public static Point of(double x, double y) {
            return new Point(x, y, Optional.empty(), false);
        }
    }
}
