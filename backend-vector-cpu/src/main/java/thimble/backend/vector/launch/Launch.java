package thimble.backend.vector.launch;

import java.util.List;
import java.util.function.Function;
import thimble.backend.Buffer;

/**
 * One step of a program, not yet bound to memory.
 *
 * @param text one line for people
 * @param reads buffers that must hold their values
 * @param writes buffers that it fills or uses as workspace
 * @param conversion true if it only changes a layout
 * @param bind makes the kernels, which run one after another
 */
public record Launch(
        String text,
        List<Buffer> reads,
        List<Buffer> writes,
        boolean conversion,
        Function<Binding, List<Kernel>> bind) {
    /** A launch of one kernel that is no conversion. */
    public static Launch of(String text, List<Buffer> reads, List<Buffer> writes, Function<Binding, Kernel> bind) {
        return new Launch(text, reads, writes, false, binding -> List.of(bind.apply(binding)));
    }
}
