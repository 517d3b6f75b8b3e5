package thimble.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table in a terminal: the first column to the left, numbers to the right, a rule under the heads.
 *
 * @param rows heads first, all of one length
 */
record Table(List<List<Ink.Text>> rows) {
    private static final int GAP = 2;

    int width(Ink ink) {
        int sum = 0;
        for (int column = 0; column < rows.getFirst().size(); column++) {
            sum += width(ink, column) + (column == 0 ? 0 : GAP);
        }
        return sum;
    }

    List<String> lines(Ink ink) {
        List<String> lines = new ArrayList<>();
        for (List<Ink.Text> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String pad = " ".repeat(width(ink, column) - ink.width(row.get(column)));
                String text = ink.written(row.get(column));
                line.append(column == 0 ? text + pad : " ".repeat(GAP) + pad + text);
            }
            lines.add(line.toString().stripTrailing());
            if (lines.size() == 1) {
                lines.add(ink.rule(width(ink)));
            }
        }
        return lines;
    }

    private int width(Ink ink, int column) {
        return rows.stream().mapToInt(row -> ink.width(row.get(column))).max().orElse(0);
    }
}
