package thimble.backend.vector.fused;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.backend.FusedLoops;
import thimble.backend.FusionPlan;
import thimble.backend.LayoutPlan;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class RowRunsTest {
    private final Tensor rows = Tensor.batch("rows", Shape.of(32, 1024));
    private final Tensor image = Tensor.batch("image", Shape.of(32, 8, 6, 6));
    private final Tensor bias = Tensor.variable("bias", Shape.of(8)).reshape(1, 8, 1, 1);

    @Test
    void rowsInOrderAreJoinedWhileEnoughAreLeftForThreads() {
        assertThat(length(rows.mul(2).exp())).isEqualTo(1024 / 64);
        Tensor few = Tensor.batch("few", Shape.of(32, 48));
        assertThat(length(few.exp())).isEqualTo(1);
    }

    @Test
    void rowsThatShareAScalarAreJoined() {
        assertThat(length(image.add(bias).exp())).isEqualTo(4);
        assertThat(length(image.mul(image.relu()))).isEqualTo(4);
    }

    @Test
    void sumsKeepTheirRows() {
        assertThat(length(image.mul(image).sum(List.of(0, 2, 3)))).isEqualTo(36);
        Tensor odd = Tensor.batch("odd", Shape.of(5, 8, 6, 6)); // pad lanes are told apart by row
        assertThat(length(odd.mul(odd).sum(List.of(0, 2, 3)))).isEqualTo(1);
    }

    @Test
    void rowsInAnotherOrderAreNot() {
        Tensor column = Tensor.batch("column", Shape.of(32, 1024, 1));
        Tensor line = Tensor.batch("line", Shape.of(32, 1, 8));
        assertThat(length(column.add(line))).isEqualTo(1);
    }

    private static int length(Tensor output) {
        FusionPlan plan = FusionPlan.of(LayoutPlan.of(List.of(output)), FusionPlan.Demands.NONE);
        assertThat(plan.groups()).hasSize(1);
        return RowRuns.length(new FusedShape(new FusedLoops(plan, plan.groups().getFirst()), _ -> false));
    }
}
