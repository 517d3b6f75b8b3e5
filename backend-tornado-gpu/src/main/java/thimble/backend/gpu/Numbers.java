package thimble.backend.gpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import thimble.backend.gpu.device.CommandQueue;

/** The parameters of all launches of one executable in one row of numbers. */
final class Numbers {
    private final GpuState state;
    private final List<int[]> rows = new ArrayList<>();
    private final Map<Parameter.Row, Integer> tables = new HashMap<>();
    private int size;

    Numbers(GpuState state) {
        this.state = state;
    }

    /** Adds the blocks of a launch; where they lie. */
    CommandQueue.Range add(Work work) {
        int stride = work.blocks().stream()
                .mapToInt(block -> block.parameters().size())
                .max()
                .orElse(0);
        int[] row = new int[stride * work.blocks().size()];
        for (int b = 0; b < work.blocks().size(); b++) {
            List<Parameter> parameters = work.blocks().get(b).parameters();
            for (int i = 0; i < parameters.size(); i++) {
                row[b * stride + i] = number(parameters.get(i));
            }
        }
        return new CommandQueue.Range(append(row), stride, work.blocks().size(), work.groups());
    }

    private int append(int[] row) {
        int at = size;
        rows.add(row);
        size = Math.addExact(size, row.length);
        return at;
    }

    private int number(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Value(int value) -> value;
            case Parameter.Place(var buffer) ->
                buffer.variable().map(variable -> ~unit(state.offset(variable))).orElseGet(() -> unit(buffer.offset()));
            case Parameter.Table(var row) -> {
                Integer known = tables.get(row);
                if (known == null) {
                    known = append(row.numbers());
                    tables.put(row, known);
                }
                yield known;
            }
        };
    }

    private static int unit(long offset) {
        return Math.toIntExact(offset / Memory.UNIT);
    }

    /** All numbers. */
    int[] all() {
        int[] all = new int[Math.max(size, 1)];
        int at = 0;
        for (int[] row : rows) {
            System.arraycopy(row, 0, all, at, row.length);
            at += row.length;
        }
        return all;
    }
}
