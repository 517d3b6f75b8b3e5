package thimble.backend.vector.contraction;

import java.util.ArrayList;
import java.util.List;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Species;

/**
 * Lays out the tile calls of a convolution or of its adjoint in the input: every pixel of the result sums kernel
 * elements times vectors of examples found through the offset table of its border class.
 *
 * @param source layout of the tensor that is read
 * @param target layout of the tensor that is written
 * @param rowTaps for each row of the target, which kernel rows meet which rows of the source
 * @param columnTaps for each column of the target likewise
 * @param groups channel groups
 * @param kernelWidth columns of the kernel
 * @param sourceStep bytes in the kernel matrix from one source channel to the next
 * @param targetStep bytes in the kernel matrix from one target channel to the next
 * @param groupStep bytes in the kernel matrix from one group to the next
 * @param period columns of the target after which taps repeat
 */
record ConvolutionJobs(
        BatchLayout source,
        BatchLayout target,
        List<Taps> rowTaps,
        List<Taps> columnTaps,
        int groups,
        int kernelWidth,
        int sourceStep,
        int targetStep,
        int groupStep,
        int period) {
    private record Class(Taps rows, Taps columns, int firstPair, int pairs) {}

    /** The calls: blocks of channels, or runs of pixels where a group has a single channel. */
    TileJobs build() {
        boolean pixels = target.channels() == groups;
        var builder = new TileJobs.Builder(pixels ? Tile.Form.PIXELS : Tile.Form.PRODUCT);
        Class[][] classes = classes(builder);
        int[] blocks = Tiles.split(target.lanes() / Species.LANES, Tiles.VECTORS);
        for (int group = 0; group < groups; group++) {
            int lane = 0;
            for (int vectors : blocks) {
                for (int row = 0; row < target.height(); row++) {
                    if (pixels) {
                        runs(builder, classes[row], group, row, vectors, lane);
                    } else {
                        channels(builder, classes[row], group, row, vectors, lane);
                    }
                }
                lane += vectors * Species.BYTES;
            }
        }
        return pixels
                ? builder.balanced(0, (long) bColumns() * source.pixelStride(), (long) period * target.pixelStride())
                : builder.balanced(targetStep, 0, target.channelStride());
    }

    private int bColumns() {
        return period == 1 && target.width() > 1
                ? columnTaps.get(1).base() - columnTaps.get(0).base()
                : 1;
    }

    private void channels(TileJobs.Builder builder, Class[] classes, int group, int row, int vectors, int lane) {
        int perGroup = target.channels() / groups;
        for (int column = 0; column < target.width(); column++) {
            int first = 0;
            for (int rows : Tiles.split(perGroup, Tiles.maxRows(Tile.Form.PRODUCT, vectors))) {
                job(builder, rows, vectors, classes[column], group, first, row, column, lane);
                first += rows;
            }
        }
    }

    private void runs(TileJobs.Builder builder, Class[] classes, int group, int row, int vectors, int lane) {
        int most = Tiles.maxRows(Tile.Form.PIXELS, vectors);
        for (int phase = 0; phase < period; phase++) {
            for (int column = phase; column < target.width(); ) {
                int length = 1;
                while (column + length * period < target.width()
                        && classes[column + length * period].equals(classes[column])) {
                    length++;
                }
                for (int pixels : Tiles.split(length, most)) {
                    job(builder, pixels, vectors, classes[column], group, 0, row, column, lane);
                    column += pixels * period;
                }
            }
        }
    }

    private void job(
            TileJobs.Builder builder,
            int rows,
            int vectors,
            Class taps,
            int group,
            int first,
            int row,
            int column,
            int lane) {
        int from = group * (source.channels() / groups);
        int into = group * (target.channels() / groups) + first;
        builder.cut();
        builder.job(
                rows,
                vectors,
                taps.firstPair,
                taps.pairs,
                group * groupStep + first * targetStep,
                source.offset(
                                from,
                                rowTaps.get(row).base(),
                                columnTaps.get(column).base())
                        + lane,
                target.offset(into, row, column) + lane);
    }

    private Class[][] classes(TileJobs.Builder builder) {
        List<Class> known = new ArrayList<>();
        Class[][] classes = new Class[target.height()][target.width()];
        for (int row = 0; row < target.height(); row++) {
            for (int column = 0; column < target.width(); column++) {
                classes[row][column] = find(known, rowTaps.get(row), columnTaps.get(column), builder);
            }
        }
        return classes;
    }

    private Class find(List<Class> known, Taps rows, Taps columns, TileJobs.Builder builder) {
        for (Class one : known) {
            if (one.rows.matches(rows) && one.columns.matches(columns)) {
                return one;
            }
        }
        int first = builder.nextPair();
        for (int channel = 0; channel < source.channels() / groups; channel++) {
            for (int i = 0; i < rows.index().length; i++) {
                for (int j = 0; j < columns.index().length; j++) {
                    builder.pair(
                            channel * sourceStep + 4 * (rows.index()[i] * kernelWidth + columns.index()[j]),
                            channel * source.channelStride()
                                    + rows.shift()[i] * source.rowStride()
                                    + columns.shift()[j] * source.pixelStride());
                }
            }
        }
        var made = new Class(rows, columns, first, builder.nextPair() - first);
        known.add(made);
        return made;
    }
}
