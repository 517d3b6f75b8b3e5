package thimble.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import thimble.Golden;

class ShapeRulesTest {
    private final Tensor a = Tensor.input("a", 2, 3);
    private final Tensor b = Tensor.input("b", 4, 3);
    private final Tensor image = Tensor.input("image", 1, 4, 5, 5);
    private final Tensor whole = Tensor.of(new Op.Input("whole", Shape.of(3), DType.INT32, Op.NO_BATCH));
    private final Map<String, Supplier<?>> mistakes = new LinkedHashMap<>();

    private void mistake(String name, Supplier<?> mistake) {
        mistakes.put(name, mistake);
    }

    /** Every check of operands, shapes and axes, with the text it gives. */
    @Test
    void textsOfMistakes() {
        mistake("size 0", () -> Shape.of(2, 0));
        mistake("too many elements", () -> Shape.of(65536, 65536));
        Tensor tall = Tensor.input("tall", 1 << 17, 1);
        Tensor wide = Tensor.input("wide", 1, 1 << 17);
        Tensor huge = Tensor.input("huge", 1 << 30);
        Tensor pictures = Tensor.input("pictures", 1 << 12, 1, 64, 64);
        Tensor filters = Tensor.input("filters", 1 << 12, 1, 1, 1);
        Tensor many = Tensor.of(new Op.Input("many", Shape.of(1 << 12), DType.INT32, Op.NO_BATCH));
        mistake("sizes whose product overflows a long", () -> Shape.of(1 << 30, 1 << 30, 1 << 30));
        mistake("broadcast too large", () -> tall.add(wide));
        mistake("matmul too large", () -> tall.matmul(wide));
        mistake("conv2d too large", () -> pictures.conv2d(filters, Window.of(1, 1)));
        mistake(
                "conv2d padded too far",
                () -> pictures.conv2d(filters, Window.of(1, 1).padding(Integer.MAX_VALUE)));
        mistake("patches too large", () -> pictures.patches(Window.of(16, 16).padding(8)));
        mistake("pad too large", () -> huge.pad(0, Integer.MAX_VALUE, 1));
        mistake("concat too large", () -> Tensor.concat(0, List.of(huge, huge, huge)));
        mistake("gather too large", () -> Tensor.input("row", 1, 1 << 20).gather(0, many));
        mistake(
                "scatter too large",
                () -> Tensor.of(new Op.ScatterAdd(0, Integer.MAX_VALUE), Tensor.input("rows", 1 << 12, 2), many));
        mistake("axis of shape", () -> a.shape().size(2));
        mistake("window", () -> Window.of(0, 3));
        mistake("window padding", () -> Window.of(3, 3).padding(-1));
        mistake("key", () -> Key.words(1, -1));
        mistake("operands", () -> Tensor.of(new Op.Unary(Op.UnaryKind.NEG), a, a));
        mistake("input batch axis", () -> Tensor.of(new Op.Input("x", Shape.of(2), DType.FLOAT32, 1)));
        mistake("random key", () -> Tensor.of(new Op.Random(1, Shape.of(2), Op.NO_BATCH), a));
        mistake("iota", () -> Tensor.iota(Shape.of(2), 1));
        mistake("unary dtype", whole::exp);
        mistake("binary shapes", () -> Tensor.of(new Op.Binary(Op.BinaryKind.ADD), a, b));
        mistake(
                "binary dtypes",
                () -> Tensor.of(
                        new Op.Binary(Op.BinaryKind.ADD), a.slice(0, 0, 1).reshape(3), whole));
        mistake("broadcast together", () -> a.add(b));
        mistake("broadcast", () -> a.broadcast(Shape.of(4, 3)));
        mistake("select", () -> Tensor.of(new Op.Select(), whole, whole, whole));
        mistake("reduce axis", () -> a.sum(2));
        mistake("reduce axes twice", () -> a.sum(List.of(0, 0)));
        mistake("reduce dtype", () -> whole.sum(0));
        mistake("argmax", () -> a.argMax(5));
        mistake("reshape", () -> a.reshape(7));
        mistake("transpose", () -> a.transpose(0, 0));
        mistake("slice", () -> a.slice(1, 2, 4));
        mistake("pad", () -> a.pad(0, -1, 0));
        mistake("concat", () -> Tensor.concat(1, List.of(a, b)));
        mistake("matmul", () -> a.matmul(b));
        mistake("matmul rank", () -> a.matmul(image));
        mistake("conv2d rank", () -> a.conv2d(image, Window.of(3, 3)));
        mistake("conv2d kernel", () -> image.conv2d(Tensor.input("k", 2, 3, 3, 3), Window.of(3, 3)));
        mistake("conv2d window", () -> image.conv2d(Tensor.input("k", 2, 4, 3, 3), Window.of(5, 5)));
        mistake(
                "conv2d groups",
                () -> image.conv2d(
                        Tensor.input("k", 3, 2, 3, 3), Window.of(3, 3).groups(2)));
        mistake("conv2d too small", () -> image.conv2d(Tensor.input("k", 2, 4, 7, 7), Window.of(7, 7)));
        mistake(
                "conv2d input gradient",
                () -> Tensor.of(
                        new Op.Conv2dInputGrad(Window.of(3, 3), image.shape()), image, Tensor.input("k", 4, 4, 3, 3)));
        mistake(
                "conv2d kernel gradient",
                () -> Tensor.of(new Op.Conv2dKernelGrad(Window.of(3, 3), Shape.of(2, 4, 3, 3)), image, image));
        mistake("gather", () -> a.gather(0, b));
        mistake("scatter", () -> Tensor.of(new Op.ScatterAdd(0, 4), a, whole));
        mistake("patches", () -> a.patches(Window.of(2, 2)));
        mistake("patches gradient", () -> Tensor.of(new Op.PatchesGrad(Window.of(2, 2), image.shape()), image));
        mistake("gradient", () -> a.gradient(a));
        StringBuilder text = new StringBuilder();
        mistakes.forEach((name, mistake) ->
                text.append(name).append(": ").append(message(mistake)).append('\n'));
        assertThat(text.toString()).doesNotContain(": accepted").doesNotContain("Exception");
        Golden.check("tensor/mistakes.txt", text.toString());
    }

    private static String message(Supplier<?> mistake) {
        try {
            mistake.get();
            return "accepted";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            return e.toString();
        }
    }
}
