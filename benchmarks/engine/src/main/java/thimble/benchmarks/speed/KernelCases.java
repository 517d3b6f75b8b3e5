package thimble.benchmarks.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import thimble.backend.Graph;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

/** The kernels of {@code thimble bench}. */
public final class KernelCases {
    private static final int BATCH = 64;
    private static final Shape MILLION = Shape.of(BATCH, 1 << 14);
    private static final int CHAIN = 7;

    private KernelCases() {}

    /** All of them: products, dense layers, convolutions, elementwise functions, reductions, random numbers. */
    public static List<KernelCase> all() {
        List<KernelCase> all = new ArrayList<>(products());
        all.addAll(denseLayers());
        all.addAll(convolutions());
        all.addAll(elementwise());
        all.addAll(reductions());
        return all;
    }

    /** Square and skinny products of matrices. */
    public static List<KernelCase> products() {
        List<KernelCase> all = new ArrayList<>();
        for (int size : new int[] {64, 128, 256, 512, 1024}) {
            all.add(product(size, size, size));
        }
        all.add(product(256, 784, 32));
        all.add(product(16, 2048, 150));
        all.add(product(32, 8192, 288));
        return all;
    }

    /** The product [m, k] × [k, n]. */
    public static KernelCase product(int m, int k, int n) {
        Tensor a = Tensor.variable("a", Shape.of(m, k));
        Tensor b = Tensor.variable("b", Shape.of(k, n));
        return contraction("product", m + "x" + k + "x" + n, a.matmul(b), (double) m * n * k);
    }

    /** Fully connected layers of common networks, forward and backward. */
    public static List<KernelCase> denseLayers() {
        List<KernelCase> all = new ArrayList<>();
        all.addAll(dense(BATCH, 256, 120));
        all.addAll(dense(BATCH, 120, 84));
        all.addAll(dense(32, 784, 256));
        all.addAll(dense(50, 800, 500));
        return all;
    }

    /** A fully connected layer: output, gradient of its input, gradient of its kernel. */
    public static List<KernelCase> dense(int batch, int inputs, int outputs) {
        Tensor x = Tensor.batch("x", Shape.of(batch, inputs));
        Tensor g = Tensor.batch("g", Shape.of(batch, outputs));
        Tensor kernel = Tensor.variable("kernel", Shape.of(outputs, inputs));
        String shape = batch + "x" + inputs + " to " + outputs;
        double multiplyAdds = (double) batch * inputs * outputs;
        return List.of(
                contraction("dense forward", shape, x.matmulTransposed(kernel), multiplyAdds),
                contraction("dense input gradient", shape, g.matmul(kernel), multiplyAdds),
                contraction("dense kernel gradient", shape, Tensor.of(new Op.MatMul(true, false), g, x), multiplyAdds));
    }

    /** Convolutions of LeNet-5 and of residual networks, forward and backward. */
    public static List<KernelCase> convolutions() {
        List<KernelCase> all = new ArrayList<>();
        Window five = Window.of(5, 5);
        Window three = Window.of(3, 3).padding(1);
        all.addAll(convolution(Shape.of(BATCH, 1, 28, 28), 6, five));
        all.addAll(convolution(Shape.of(BATCH, 6, 12, 12), 16, five));
        all.addAll(convolution(Shape.of(BATCH, 16, 32, 32), 16, three));
        all.addAll(convolution(Shape.of(BATCH, 32, 16, 16), 32, three));
        all.addAll(convolution(Shape.of(BATCH, 64, 8, 8), 64, three));
        return all;
    }

    /** A convolution of x [n, c, h, w]: output, gradient of its input, gradient of its kernel. */
    public static List<KernelCase> convolution(Shape input, int outputs, Window window) {
        Tensor x = Tensor.batch("x", input);
        Shape kernels = Shape.of(outputs, input.size(1), window.kernelHeight(), window.kernelWidth());
        Tensor kernel = Tensor.variable("kernel", kernels);
        Tensor forward = x.conv2d(kernel, window);
        Tensor g = Tensor.batch("g", forward.shape());
        String shape = input.size(0) + "x" + input.size(1) + "x" + input.size(2) + "x" + input.size(3) + " k"
                + window.kernelHeight() + " to " + outputs;
        double multiplyAdds = (double) forward.shape().elements() * kernels.elements() / outputs;
        Tensor inputGradient = Tensor.of(new Op.Conv2dInputGrad(window, input), g, kernel);
        Tensor kernelGradient = Tensor.of(new Op.Conv2dKernelGrad(window, kernels), x, g);
        return List.of(
                contraction("conv forward", shape, forward, multiplyAdds),
                contraction("conv input gradient", shape, inputGradient, multiplyAdds),
                contraction("conv kernel gradient", shape, kernelGradient, multiplyAdds));
    }

    /** Functions of a million numbers each. */
    public static List<KernelCase> elementwise() {
        KernelCase chain = elementwise("chain of 7", CHAIN, KernelCases::chain);
        return List.of(
                chain,
                new KernelCase(
                        "chain of 7 by hand",
                        chain.shape(),
                        Optional.empty(),
                        chain.operations(),
                        chain.bytes(),
                        false),
                elementwise("exp", 1, Tensor::exp),
                elementwise("log", 1, Tensor::log),
                elementwise("tanh", 1, Tensor::tanh),
                elementwise("sin", 1, Tensor::sin),
                elementwise("sqrt", 1, Tensor::sqrt));
    }

    /** The chain of {@link HandLoop}: three products, two sums with a number, a largest of two and a sum of two tensors. */
    static Tensor chain(Tensor x) {
        Tensor t = x.mul(1.5).add(0.25).relu().mul(0.7).add(-0.3);
        return t.square().add(x);
    }

    /** Sums, largest elements and random numbers of a million numbers each. */
    public static List<KernelCase> reductions() {
        return List.of(
                elementwise("sum", 1, Tensor::sum),
                elementwise("sum per example", 1, Tensor::sumPerExample),
                elementwise("sum over examples", 1, x -> x.sum(0)),
                elementwise("largest per example", 1, x -> x.max(List.of(1))),
                elementwise("uniform", 1, _ -> Tensor.uniform("bench", MILLION, true)),
                elementwise("normal", 1, _ -> Tensor.normal("bench", MILLION, true)));
    }

    private static KernelCase elementwise(String name, int primitives, UnaryOperator<Tensor> function) {
        Tensor x = Tensor.batch("x", MILLION);
        Tensor y = function.apply(x);
        double read = Tensor.topological(List.of(y)).contains(x) ? MILLION.elements() : 0;
        double bytes = 4 * (read + y.shape().elements());
        double operations = (double) primitives * MILLION.elements();
        String shape = MILLION.size(0) + "x" + MILLION.size(1);
        return new KernelCase(name, shape, Optional.of(new Graph(List.of(y), List.of())), operations, bytes, false);
    }

    private static KernelCase contraction(String name, String shape, Tensor result, double multiplyAdds) {
        long elements = result.shape().elements();
        for (Tensor operand : result.inputs()) {
            elements += operand.shape().elements();
        }
        return new KernelCase(
                name,
                shape,
                Optional.of(new Graph(List.of(result), List.of())),
                2 * multiplyAdds,
                4.0 * elements,
                true);
    }

    /**
     * The kernel of this title.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static KernelCase titled(String title) {
        return all().stream()
                .filter(one -> one.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("[kernel] unknown kernel '" + title + "'"));
    }
}
