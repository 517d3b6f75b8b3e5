package thimble.backend.vector.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.vector.contraction.Dense;

class MemoryTest {
    @Test
    void theTestsUseAddressesAsTheLauncherDoes() {
        assertThat(Memory.OPEN).isTrue();
    }

    @Test
    void isNotFreedUnderARun() {
        Memory memory = new Memory();
        assertThat(memory.acquire()).isTrue();
        assertThatThrownBy(memory::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run or feed in progress");
        assertThat(memory.open()).isTrue();
        memory.release();
        memory.close();
        memory.close();
        assertThat(memory.acquire()).isFalse();
        assertThat(memory.open()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void operandsThatAreTooSmallAreRefused(int small) {
        BatchLayout x = BatchLayout.features(5, 32);
        BatchLayout y = BatchLayout.features(7, 32);
        Dense dense = new Dense(5, 1, x, y);
        try (Memory memory = new Memory()) {
            MemorySegment[] operands = {
                memory.allocate(4 * 7 * 5), memory.allocate(x.bytes()), memory.allocate(y.bytes())
            };
            dense.bind(operands[0], operands[1], operands[2], operands[2]);
            operands[small] = operands[small].asSlice(0, operands[small].byteSize() - 4);
            assertThatThrownBy(() -> dense.bind(operands[0], operands[1], operands[2], operands[2]))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining(new String[] {"first factor", "second factor", "result"}[small]);
        }
    }

    @Test
    void rowsBeforeTheBeginningAreRefused() {
        Reach reach = new Reach();
        reach.add(-4, 8);
        try (Memory memory = new Memory()) {
            MemorySegment segment = memory.allocate(64);
            reach.check("an operand", 4, segment);
            assertThatThrownBy(() -> reach.check("an operand", 0, segment))
                    .hasMessageContaining("bytes -4 to 8 of an operand");
            assertThatThrownBy(() -> reach.check("an operand", 57, segment)).hasMessageContaining("received 64 bytes");
            new Reach().check("nothing", 0, segment);
        }
    }
}
