package thimble.inject;

import com.google.inject.AbstractModule;

/** Guice bindings of an application that embeds the framework. */
public final class ThimbleModule extends AbstractModule {}
