package thimble.inject;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import java.util.ArrayList;
import java.util.List;
import thimble.backend.Backend;
import thimble.backend.Backends;
import thimble.data.Augmenter;
import thimble.method.Method;
import thimble.method.Methods;
import thimble.method.Spec;
import thimble.train.Regularizer;

/**
 * Guice bindings of an application that embeds the framework: {@link Backend}, {@code List<Regularizer>} and
 * {@code List<Augmenter>}. What stands in the specs is found as on the command line, so a backend or a method is exchanged by
 * a word in the application's configuration. The data are the application's own binding.
 */
@SuppressWarnings("exports") // the module's requirement is static, so that api needs no Guice at run time
public final class ThimbleModule extends AbstractModule {
    private static final String NONE = "none";
    private static final List<Class<? extends Method>> KINDS = List.of(Regularizer.class, Augmenter.class);

    private final Backend backend;
    private final List<Regularizer> regularizers = new ArrayList<>();
    private final List<Augmenter> augmenters = new ArrayList<>();

    /** Binds the fastest backend that works here and no methods. */
    public ThimbleModule() {
        this(Backends.AUTO, NONE);
    }

    /**
     * Binds a backend and methods.
     *
     * @param backend a spec such as {@code auto}, {@code cpu} or {@code cpu:threads=2}
     * @param methods specs joined by {@code +}, or {@code none}; their order is kept
     * @throws IllegalArgumentException if a name, parameter or value is unknown or out of range
     * @throws thimble.backend.BackendException if the backend does not work here
     */
    public ThimbleModule(String backend, String methods) {
        this.backend = Backends.choose(backend).backend();
        if (methods.equals(NONE)) {
            return;
        }
        for (Spec spec : Spec.parseJoined(methods)) {
            switch (Methods.parse(KINDS, spec)) {
                case Regularizer regularizer -> regularizers.add(regularizer);
                case Augmenter augmenter -> augmenters.add(augmenter);
                case Method other -> throw new IllegalStateException("[" + other.name() + "] is of neither kind");
            }
        }
    }

    @Override
    protected void configure() {
        bind(Backend.class).toInstance(backend);
        bind(new TypeLiteral<List<Regularizer>>() {}).toInstance(List.copyOf(regularizers));
        bind(new TypeLiteral<List<Augmenter>>() {}).toInstance(List.copyOf(augmenters));
    }
}
