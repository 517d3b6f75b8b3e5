package thimble.datasets.glyphs;

import java.util.List;

/**
 * The middle lines of the ten digits as control points in a box of side 1 around 0, y downwards. Each point has a place in two ways of writing
 * the digit, between which the style blends; strokes that one way lacks shrink to a point there.
 */
final class Skeleton {
    /** Control points of a digit at most, over all strokes. */
    static final int MOST_POINTS = 14;

    /** Per digit its strokes, per stroke four numbers a point: x, y of the first way, x, y of the second. */
    private static final List<List<double[]>> DIGITS = List.of(
            List.of(new double[] {
                .10, -.46, .16, -.34, -.12, -.48, -.06, -.50, -.32, -.20, -.26, -.22, -.30, .22, -.24, .24, -.04, .49,
                .02, .50, .26, .28, .25, .20, .32, -.12, .24, -.20, .14, -.42, .06, -.46, -.04, -.48, -.12, -.40
            }),
            List.of(
                    new double[] {-.20, -.26, .00, -.48, -.08, -.38, .00, -.48, .04, -.50, .01, -.50},
                    new double[] {.04, -.50, .01, -.50, .03, -.16, .01, -.15, .02, .18, .00, .18, .02, .49, .00, .50},
                    new double[] {-.20, .49, .00, .50, .02, .49, .00, .50, .24, .49, .00, .50}),
            List.of(new double[] {
                -.28, -.26, -.22, -.34, -.16, -.46, -.02, -.50, .12, -.47, .20, -.40, .28, -.26, .22, -.18, .16, .02,
                .02, .14, -.08, .24, -.20, .40, -.30, .46, -.34, .34, -.18, .46, -.18, .28, .06, .45, .06, .42, .34,
                .45, .36, .38
            }),
            List.of(new double[] {
                -.26, -.36, -.28, -.47, -.08, -.49, -.02, -.47, .18, -.40, .26, -.46, .18, -.18, .12, -.24, -.06, -.05,
                -.04, -.07, .18, .04, .20, .02, .28, .24, .28, .24, .08, .47, .04, .48, -.28, .38, -.28, .42
            }),
            List.of(
                    new double[] {
                        -.18, -.48, .12, -.50, -.24, -.22, -.12, -.18, -.28, .06, -.34, .12, .02, .08, .00, .13, .34,
                        .04, .36, .13
                    },
                    new double[] {.18, -.30, .12, -.50, .14, -.06, .12, -.18, .11, .22, .12, .16, .08, .50, .12, .50}),
            List.of(
                    new double[] {
                        -.20, -.46, -.16, -.42, -.22, -.26, -.26, -.24, -.24, -.06, -.18, -.06, .04, -.12, .08, .02,
                        .26, .06, .26, .20, .24, .34, .14, .42, .02, .48, -.10, .47, -.28, .40, -.28, .36
                    },
                    new double[] {-.20, -.46, -.16, -.42, .04, -.46, .06, -.46, .30, -.48, .26, -.48}),
            List.of(new double[] {
                .18, -.48, .06, -.50, -.08, -.34, -.12, -.26, -.26, -.04, -.26, .02, -.28, .28, -.26, .30, -.06, .48,
                .00, .48, .22, .36, .24, .32, .22, .10, .18, .08, .00, .00, -.04, .08, -.22, .16, -.24, .28
            }),
            List.of(
                    new double[] {
                        -.30, -.44, -.28, -.36, -.24, -.46, -.18, -.47, .02, -.46, .06, -.44, .30, -.46, .28, -.46, .20,
                        -.16, .14, -.14, .08, .12, .04, .14, -.04, .50, .00, .50
                    },
                    new double[] {-.10, .02, .09, .00, .08, .00, .09, .00, .26, -.02, .09, .00}),
            List.of(new double[] {
                .20, -.34, .18, -.44, -.02, -.49, -.10, -.46, -.22, -.30, -.20, -.24, -.06, -.06, .04, .00, .18, .10,
                .22, .22, .22, .32, .10, .46, -.02, .49, -.14, .42, -.24, .30, -.20, .20, -.14, .06, .04, -.06, .10,
                -.10, .20, -.24, .22, -.30, .20, -.42
            }),
            List.of(new double[] {
                .22, -.30, .20, -.38, .02, -.49, -.04, -.48, -.22, -.30, -.24, -.22, -.16, -.06, -.08, .00, .08, -.06,
                .14, -.10, .24, -.30, .22, -.34, .23, -.02, .22, .00, .20, .24, .16, .34, .14, .50, -.20, .46
            }));

    private Skeleton() {}

    /** Number of strokes of a digit. */
    static int strokes(int digit) {
        return DIGITS.get(digit).size();
    }

    /** Control points of a stroke, x and y in turn, in a style between 0 (first way) and 1 (second). */
    static double[] stroke(int digit, int stroke, double style) {
        double[] both = DIGITS.get(digit).get(stroke);
        double[] points = new double[both.length / 2];
        for (int p = 0; p < points.length / 2; p++) {
            points[2 * p] = (1 - style) * both[4 * p] + style * both[4 * p + 2];
            points[2 * p + 1] = (1 - style) * both[4 * p + 1] + style * both[4 * p + 3];
        }
        return points;
    }
}
