package thimble.inject;

import com.google.inject.AbstractModule;

/** Guice bindings of an application that embeds the framework. */
@SuppressWarnings("exports") // the module's requirement is static, so that api needs no Guice at run time
public final class ThimbleModule extends AbstractModule {
    /** Makes the module. */
    public ThimbleModule() {}
}
