package thimble.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
    @Test
    void blocksThatLiveTogetherDoNotOverlap() {
        Random random = new Random(1);
        List<MemoryPlan.Block> blocks = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int first = random.nextInt(40);
            blocks.add(new MemoryPlan.Block(1 + random.nextInt(500), first, first + random.nextInt(8)));
        }
        MemoryPlan plan = MemoryPlan.of(blocks, 64);
        for (int i = 0; i < blocks.size(); i++) {
            assertThat(plan.offset(i) % 64).isZero();
            assertThat(plan.offset(i) + blocks.get(i).size()).isLessThanOrEqualTo(plan.size());
            for (int j = 0; j < i; j++) {
                MemoryPlan.Block a = blocks.get(i);
                MemoryPlan.Block b = blocks.get(j);
                boolean together = a.first() <= b.last() && b.first() <= a.last();
                boolean overlap =
                        plan.offset(i) < plan.offset(j) + b.size() && plan.offset(j) < plan.offset(i) + a.size();
                assertThat(together && overlap).as("%s and %s", a, b).isFalse();
            }
        }
    }

    @Test
    void placesAreUsedAgain() {
        MemoryPlan plan = MemoryPlan.of(
                List.of(
                        new MemoryPlan.Block(128, 0, 1),
                        new MemoryPlan.Block(128, 2, 3),
                        new MemoryPlan.Block(64, 1, 2)),
                64);
        assertThat(plan.offset(0)).isEqualTo(plan.offset(1));
        assertThat(plan.size()).isEqualTo(192);
    }
}
