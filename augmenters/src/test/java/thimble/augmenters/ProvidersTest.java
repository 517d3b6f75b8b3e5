package thimble.augmenters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.data.Augmenter;
import thimble.method.Method;
import thimble.method.Methods;

class ProvidersTest {
    @Test
    void everyAugmenterIsFoundByNameAndReadBackFromItsSpec() {
        List<Augmenter> found = Methods.discover(Augmenter.class);
        assertThat(found)
                .extracting(Method::name)
                .containsExactly("affine", "categorical-noise", "crop-flip", "erasing", "feature-noise");
        assertThat(found).allSatisfy(method -> {
            assertThat(Methods.parse(Augmenter.class, Methods.print(method))).isEqualTo(method);
            assertThat(method.summary()).isNotBlank().doesNotEndWith(".");
        });
        assertThat(Methods.parse(Augmenter.class, "feature-noise:sigma=0.2,multiplicative=true"))
                .isEqualTo(new FeatureNoise(0.2, true));
    }
}
