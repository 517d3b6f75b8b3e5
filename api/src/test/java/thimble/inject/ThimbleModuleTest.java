package thimble.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.backend.Backend;
import thimble.backend.ReferenceBackend;
import thimble.data.Augmenter;
import thimble.train.Regularizer;

class ThimbleModuleTest {
    private static final Key<List<Regularizer>> REGULARIZERS = Key.get(new TypeLiteral<>() {});
    private static final Key<List<Augmenter>> AUGMENTERS = Key.get(new TypeLiteral<>() {});

    @Test
    void bindsTheOnlyBackendAndNoMethodsByDefault() {
        Injector injector = Guice.createInjector(new ThimbleModule());
        assertThat(injector.getInstance(Backend.class)).isInstanceOf(ReferenceBackend.class);
        assertThat(injector.getInstance(REGULARIZERS)).isEmpty();
        assertThat(injector.getInstance(AUGMENTERS)).isEmpty();
    }

    @Test
    void bindsABackendByName() {
        Injector injector = Guice.createInjector(new ThimbleModule("reference", "none"));
        assertThat(injector.getInstance(Backend.class)).isSameAs(injector.getInstance(Backend.class));
        assertThat(injector.getInstance(Backend.class).name()).isEqualTo("reference");
    }

    @Test
    void unknownNamesAreErrorsAtOnce() {
        assertThatThrownBy(() -> new ThimbleModule("refrence", "none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown backend 'refrence'; did you mean 'reference'?");
        assertThatThrownBy(() -> new ThimbleModule("auto", "dropotu:rate=0.5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown method 'dropotu'");
    }
}
