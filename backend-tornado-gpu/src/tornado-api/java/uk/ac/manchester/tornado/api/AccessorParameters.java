package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.common.Access;

/** The arguments of a task. */
public class AccessorParameters {
    private final PairAccessor[] accessors;

    /** An argument and what the task does with it. */
    public record PairAccessor(Object object, Access access) {}

    /** For this many arguments. */
    public AccessorParameters(int numParameters) {
        accessors = new PairAccessor[numParameters];
    }

    /** Sets an argument. */
    public void set(int index, Object object, Access access) {
        accessors[index] = new PairAccessor(object, access);
    }

    /** How many there are. */
    public int numAccessors() {
        return accessors.length;
    }

    /** An argument. */
    public PairAccessor getAccessor(int index) {
        return accessors[index];
    }
}
