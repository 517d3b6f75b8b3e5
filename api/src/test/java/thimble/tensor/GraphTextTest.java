package thimble.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.Golden;

class GraphTextTest {
    /** Loss and gradients of a network with one hidden layer, before and after simplification. */
    @Test
    void aStepAsText() {
        Tensor x = Tensor.batch("x", Shape.of(4, 6));
        Tensor w1 = Tensor.variable("w1", Shape.of(8, 6));
        Tensor w2 = Tensor.variable("w2", Shape.of(3, 8));
        Tensor keep = Tensor.uniform("dropout", Shape.of(4, 8), true)
                .less(Tensor.scalar(0.5))
                .mul(2);
        Tensor logits = x.matmulTransposed(w1).relu().mul(keep).matmulTransposed(w2);
        Tensor loss = logits.logSoftmax()
                .mul(Tensor.batch("target", Shape.of(4, 3)))
                .sum(1)
                .neg()
                .mean();
        List<Tensor> roots = new ArrayList<>(List.of(loss));
        roots.addAll(Gradients.of(loss, List.of(w1, w2)));
        Golden.check("tensor/step.txt", GraphText.of(roots) + "\nsimplified\n" + GraphText.of(Simplify.apply(roots)));
    }

    @Test
    void aroundANodeStandTheLinesNearIt() {
        Tensor x = Tensor.input("x", 2);
        Tensor middle = x.exp().log().sqrt();
        Tensor root = middle.neg().sin().tanh();
        assertThat(GraphText.around(List.of(root), middle, 1))
                .isEqualTo("%2 = log %1 : [2]\n%3 = sqrt %2 : [2]\n%4 = neg %3 : [2]\nreturn %6\n");
    }

    @Test
    void equalGraphsHaveEqualTexts() {
        assertThat(graph(3)).isEqualTo(graph(3)).isNotEqualTo(graph(4));
    }

    private static String graph(double number) {
        return GraphText.of(List.of(Tensor.input("x", 2).mul(number)));
    }
}
