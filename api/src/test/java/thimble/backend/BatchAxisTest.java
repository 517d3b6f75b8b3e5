package thimble.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class BatchAxisTest {
    private final Tensor x = Tensor.batch("x", Shape.of(4, 6));

    private static int axis(Tensor tensor, Tensor... roots) {
        List<Tensor> all = roots.length == 0 ? List.of(tensor) : List.of(roots);
        return BatchAxis.of(Tensor.topological(all)).axis(tensor);
    }

    @Test
    void followsPrimitives() {
        Tensor w = Tensor.variable("w", Shape.of(3, 6));
        assertThat(axis(x.exp())).isZero();
        assertThat(axis(x.matmulTransposed(w))).isZero();
        assertThat(axis(x.transpose(1, 0))).isEqualTo(1);
        assertThat(axis(x.reshape(4, 2, 3))).isZero();
        assertThat(axis(x.reshape(24))).isEqualTo(BatchAxis.NONE);
        assertThat(axis(x.sum(0))).isEqualTo(BatchAxis.NONE);
        assertThat(axis(x.slice(0, 1, 3))).isEqualTo(BatchAxis.NONE);
    }

    @Test
    void isNotGuessedFromSizes() {
        Tensor square = Tensor.variable("square", Shape.of(4, 4));
        assertThat(axis(square.mul(2))).isEqualTo(BatchAxis.NONE);
        Tensor alone = Tensor.variable("row", Shape.of(6)).broadcast(Shape.of(4, 6));
        assertThat(axis(alone)).isEqualTo(BatchAxis.NONE);
    }

    @Test
    void stretchedAxesFollowTheirSiblings() {
        Tensor row = Tensor.variable("row", Shape.of(6)).broadcast(Shape.of(4, 6));
        assertThat(axis(row, x.add(row))).isZero();
    }
}
