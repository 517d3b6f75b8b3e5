package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopsTest {
    @Test
    void loopsThatContinueOneAnotherAreOne() {
        Loops loops = new Loops(new int[] {2, 1, 3, 4}, new int[] {12, 12, 4, 1}, new int[] {12, 5, 4, 1});
        assertThat(loops.rank()).isEqualTo(1);
        assertThat(loops.numbers()).containsExactly(24, 1, 1);
    }

    @Test
    void loopsThatJumpStayApart() {
        Loops loops = new Loops(new int[] {2, 3}, new int[] {3, 1}, new int[] {1, 2});
        assertThat(loops.numbers()).containsExactly(2, 3, 1, 3, 1, 2);
    }

    @Test
    void repeatedElementsAreOneLoopOfStepNothing() {
        assertThat(new Loops(new int[] {2, 3}, new int[] {0, 0}).numbers()).containsExactly(6, 0);
        assertThat(new Loops(new int[] {1, 1}, new int[] {5, 5}).rank()).isZero();
    }
}
