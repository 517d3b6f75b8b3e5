package thimble.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.nn.Activation;
import thimble.nn.Linear;
import thimble.nn.Norm;
import thimble.nn.Sequential;
import thimble.tensor.Key;
import thimble.tensor.Op;
import thimble.tensor.Rewrite;
import thimble.tensor.Tensor;

class RDropTest {
    private static Tensor second(TracedStep step) {
        Tensor z = step.trace.logits();
        Tensor mask = Tensor.topological(List.of(z)).stream()
                .filter(tensor -> tensor.op() instanceof Op.Random)
                .findFirst()
                .orElseThrow();
        Op.Random random = (Op.Random) mask.op();
        long stream = random.stream() ^ Key.stream("r-drop/second");
        return Rewrite.substitute(
                z, mask, Tensor.of(new Op.Random(stream, random.shape(), random.batchAxis()), mask.inputs()));
    }

    @Test
    void bothPassesCountHalfAndTheirDivergencesAreAdded() {
        TracedStep step = new TracedStep(TracedStep.mlp(), new Dropout(0.5), new RDrop(3));
        for (int t = 0; t < 5; t++) {
            double[] p = step.at(t).value(step.trace.logits().logSoftmax());
            double[] q = step.value(second(step).logSoftmax());
            double[] y = step.value(step.trace.target());
            double expected = 0;
            for (int i = 0; i < p.length; i++) {
                expected -= y[i] * (p[i] + q[i]) / 2;
                expected += 3 * 0.5 * (Math.exp(p[i]) * (p[i] - q[i]) + Math.exp(q[i]) * (q[i] - p[i]));
            }
            assertThat(step.loss()).isCloseTo(expected / TracedStep.BATCH, within(1e-9));
            assertThat(p).isNotEqualTo(q);
        }
    }

    @Test
    void gradientsOfADominatingPenaltyAgreeWithDifferences() {
        new TracedStep(TracedStep.mlp(), new Dropout(0.5), new RDrop(300)).checkGradients(() -> 0.0);
        new TracedStep(TracedStep.mlp(), new DropConnect(0.5), new RDrop(300)).checkGradients(() -> 0.0);
    }

    @Test
    void strengthZeroIsTheGraphWithoutMethod() {
        assertThat(new TracedStep(TracedStep.mlp(), new Dropout(0.5), new RDrop(0)).text())
                .isEqualTo(new TracedStep(TracedStep.mlp(), new Dropout(0.5)).text());
    }

    @Test
    void runningStatisticsSeeTheFirstPassAlone() {
        Sequential normed = Sequential.of()
                .then("hidden", new Linear(4, Activation.TANH))
                .then("next", new Linear(4, Norm.BATCH, Activation.TANH))
                .then("out", new Linear(TracedStep.CLASSES));
        Dropout dropout = new Dropout(0.5, "hidden");
        assertThat(new TracedStep(normed, dropout, new RDrop()).updates().get("next.norm.mean"))
                .containsExactly(new TracedStep(normed, dropout).updates().get("next.norm.mean"));
    }

    @Test
    void theStepIsTheGoldenGraph() {
        new TracedStep(TracedStep.mlp(), new Dropout(0.5), new RDrop()).checkGolden("r-drop");
    }

    @Test
    void refusesAPassWithoutRandomness() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TracedStep(TracedStep.mlp(), new RDrop()))
                .withMessage("[r-drop] expected a random forward pass; put dropout or another noise before it, as in"
                        + " dropout+r-drop");
    }
}
