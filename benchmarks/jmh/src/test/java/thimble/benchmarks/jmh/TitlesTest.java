package thimble.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Param;
import thimble.benchmarks.speed.KernelCases;
import thimble.benchmarks.speed.StepCases;

class TitlesTest {
    @ParameterizedTest
    @ValueSource(
            classes = {Product.class, Dense.class, Convolution.class, Elementwise.class, Reduction.class, Random.class})
    void everyKernelExists(Class<?> benchmark) throws NoSuchFieldException {
        String[] titles =
                benchmark.getField("kernel").getAnnotation(Param.class).value();
        assertThat(titles)
                .isNotEmpty()
                .allSatisfy(
                        title -> assertThat(KernelCases.titled(title).title()).isEqualTo(title));
    }

    @Test
    void everyStepExists() throws NoSuchFieldException {
        String[] titles = Step.class.getField("step").getAnnotation(Param.class).value();
        assertThat(List.of(titles))
                .allSatisfy(title -> assertThat(StepCases.titled(title).title()).isEqualTo(title));
    }

    @Test
    void aCallRuns() {
        Product product = new Product();
        product.kernel = "product 64x64x64";
        product.backend = "reference";
        product.prepare();
        product.run();
        product.close();
        product.kernel = "product of nothing";
        assertThatIllegalArgumentException().isThrownBy(product::prepare).withMessageContaining("product of nothing");
    }
}
