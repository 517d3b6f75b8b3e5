package thimble.backend.gpu.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.BackendException;

class FaultsTest {
    @Test
    void theFirstLineIsKeptWithoutColours() {
        assertThat(Faults.text(new RuntimeException("\u001B[31mBailout is disabled.\u001B[0m\n\tat x")))
                .isEqualTo("Bailout is disabled.");
        assertThat(Faults.text(new NullPointerException())).isEqualTo("NullPointerException");
        assertThat(Faults.text(new RuntimeException(" \n"))).isEqualTo("RuntimeException");
    }

    @ParameterizedTest
    @ValueSource(classes = {Exception.class, AssertionError.class, InternalError.class, NoSuchMethodError.class})
    void whateverIsThrownIsABackendException(Class<? extends Throwable> kind) throws Exception {
        Throwable thrown = kind.getDeclaredConstructor().newInstance();
        Executable call = () -> Faults.run("a test", () -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        });
        assertThatThrownBy(call::execute)
                .isInstanceOf(BackendException.class)
                .hasMessage("[tornado] a test failed: " + kind.getSimpleName()
                        + "; use gpu:runtime=opencl, or --backend cpu")
                .hasCause(thrown);
    }

    @Test
    void anEmptyHeapIsNotHidden() {
        assertThatThrownBy(() -> Faults.run("a test", () -> {
                    throw new OutOfMemoryError("heap");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }
}
