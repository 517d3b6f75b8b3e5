package thimble.backend.vector.fused;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import thimble.backend.FusedLoops;
import thimble.backend.vector.memory.BatchLayout;

/**
 * Rows of a group that run as one long row, because every operand has them one after another and they read the same scalars. Elements and sums are
 * computed in the same order as row by row, so no bit depends on it.
 */
final class RowRuns {
    /** Long rows that a group without sums keeps, for threads to share. */
    private static final int FEWEST = 64;

    private static final int UNKNOWN = -1;

    private RowRuns() {}

    /** How many rows each long row has: the same number for all, a divisor of the rows that belong together. */
    static int length(FusedShape shape) {
        FusedLoops loops = shape.loops();
        boolean sums = !shape.sums().isEmpty();
        int together = sums ? loops.rest() : loops.kept();
        Optional<int[]> steps = together == 1 || shape.lanes().isPresent() ? Optional.empty() : steps(shape);
        if (steps.isEmpty()) {
            return 1;
        }
        int common = together;
        int rows = loops.kept() * loops.rest();
        for (int row = 1; row < rows && common > 1; row++) {
            if (row % common != 0 && !follows(loops.columns(), steps.get(), row)) {
                common = divisor(common, row);
            }
        }
        long bytes = 4L * BatchLayout.lanes(loops.group().examples()) * common;
        if (bytes > Integer.MAX_VALUE) {
            return 1;
        }
        if (sums) {
            return common;
        }
        int length = common;
        while (common % length != 0 || length > 1 && rows / length < FEWEST) {
            length--;
        }
        return length;
    }

    /** How far each column of the table moves from a row to the next of a run; empty if there can be none. */
    private static Optional<int[]> steps(FusedShape shape) {
        int[] steps = new int[shape.loops().columns().size()];
        Arrays.fill(steps, UNKNOWN);
        for (FusedShape.Address address : shape.addresses()) {
            int step = shape.step(address);
            if (address.column() < 0) {
                if (step != 0) {
                    return Optional.empty();
                }
            } else if (steps[address.column()] != UNKNOWN && steps[address.column()] != step) {
                return Optional.empty();
            } else {
                steps[address.column()] = step;
            }
        }
        return Optional.of(steps);
    }

    private static boolean follows(List<int[]> columns, int[] steps, int row) {
        for (int column = 0; column < steps.length; column++) {
            int[] offsets = columns.get(column);
            if (steps[column] != UNKNOWN && offsets[row] - offsets[row - 1] != steps[column]) {
                return false;
            }
        }
        return true;
    }

    /** The largest divisor of both. */
    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }
}
