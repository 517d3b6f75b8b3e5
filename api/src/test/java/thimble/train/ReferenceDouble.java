package thimble.train;

import thimble.backend.Backend;

/** A backend of the tests that is the reference but for what it watches. */
interface ReferenceDouble extends Backend {
    /** The one that computes. */
    Backend reference();

    @Override
    default String name() {
        return reference().name();
    }

    @Override
    default String summary() {
        return reference().summary();
    }

    @Override
    default int priority() {
        return reference().priority();
    }

    @Override
    default String description() {
        return reference().description();
    }
}
