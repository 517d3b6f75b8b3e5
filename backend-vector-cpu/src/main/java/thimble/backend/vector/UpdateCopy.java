package thimble.backend.vector;

import java.lang.foreign.MemorySegment;
import java.util.List;
import thimble.backend.Buffer;
import thimble.backend.vector.launch.Launch;
import thimble.backend.vector.memory.Border;
import thimble.backend.vector.memory.HeapCopy;
import thimble.tensor.Tensor;

/** Copies between variables and working memory at the ends of a run. */
final class UpdateCopy {
    private UpdateCopy() {}

    /** Writes a variable's new value. */
    static Launch launch(String variable, Border border, Tensor value, Buffer from) {
        long bytes = 4L * value.shape().elements();
        Buffer into = Buffer.variable(variable, bytes);
        return Launch.of("update " + variable + " " + value.shape(), List.of(from), List.of(into), memory -> {
            MemorySegment source = memory.segment(from);
            MemorySegment target = memory.segment(into);
            if (border.lanes() == 1) {
                return _ -> MemorySegment.copy(source, 0, target, 0, bytes);
            }
            float[] rows = new float[value.shape().elements()];
            return _ -> {
                border.read(source, rows);
                HeapCopy.write(rows, target);
            };
        });
    }

    /** Keeps a variable's old value. */
    static Launch save(String variable, Buffer from, Buffer into) {
        return Launch.of("save " + variable, List.of(from), List.of(into), memory -> {
            MemorySegment source = memory.segment(from);
            MemorySegment target = memory.segment(into);
            return _ -> target.copyFrom(source);
        });
    }
}
