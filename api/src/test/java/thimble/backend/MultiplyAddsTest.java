package thimble.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;
import thimble.tensor.Window;

class MultiplyAddsTest {
    private final Tensor x = Tensor.batch("x", Shape.of(2, 3, 6, 7));
    private final Tensor kernel = Tensor.variable("kernel", Shape.of(4, 3, 3, 2));
    private final Window window = Window.of(3, 2);

    @Test
    void convolutionsAndTheirAdjointsDoTheSameWork() {
        Tensor y = x.conv2d(kernel, window); // [2, 4, 4, 6]
        long expected = 2 * 4 * 4 * 6 * 3 * 3 * 2;
        assertThat(MultiplyAdds.of(graph(y))).isEqualTo(expected);
        assertThat(MultiplyAdds.of(graph(Tensor.of(new Op.Conv2dInputGrad(window, x.shape()), y, kernel))))
                .isEqualTo(2 * expected);
        assertThat(MultiplyAdds.of(graph(Tensor.of(new Op.Conv2dKernelGrad(window, kernel.shape()), x, y))))
                .isEqualTo(2 * expected);
    }

    @Test
    void groupsShareTheChannels() {
        Tensor grouped = Tensor.variable("grouped", Shape.of(6, 1, 3, 2));
        assertThat(MultiplyAdds.of(graph(x.conv2d(grouped, window.groups(3))))).isEqualTo(2 * 6 * 4 * 6 * 3 * 2);
    }

    @Test
    void productsInEveryOrientation() {
        Tensor a = Tensor.variable("a", Shape.of(5, 2, 3));
        Tensor b = Tensor.variable("b", Shape.of(5, 3, 4));
        assertThat(MultiplyAdds.of(graph(a.matmul(b)))).isEqualTo(5 * 2 * 3 * 4);
        Tensor turned = Tensor.variable("turned", Shape.of(5, 3, 2));
        assertThat(MultiplyAdds.of(graph(Tensor.of(new Op.MatMul(true, false), turned, b))))
                .isEqualTo(5 * 2 * 3 * 4);
        assertThat(MultiplyAdds.of(graph(a.mul(2).exp().sum()))).isZero();
    }

    @Test
    void sharedNodesCountOnce() {
        Tensor a = Tensor.variable("a", Shape.of(2, 2));
        Tensor product = a.matmul(a);
        assertThat(MultiplyAdds.of(new Graph(List.of(product, product.mul(2)), List.of())))
                .isEqualTo(8);
    }

    private static Graph graph(Tensor output) {
        return new Graph(List.of(output), List.of());
    }
}
