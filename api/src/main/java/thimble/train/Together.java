package thimble.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which methods cannot act in one step. */
final class Together {
    private Together() {}

    /**
     * Refuses a method that is there twice at one place, and methods that exclude each other.
     *
     * @throws IllegalArgumentException if there are such methods; the text names them
     */
    static void check(List<Regularizer> methods) {
        Map<String, Regularizer> places = new LinkedHashMap<>();
        for (Regularizer method : methods) {
            if (places.putIfAbsent(method.name() + "@" + method.place(), method) != null) {
                throw new IllegalArgumentException("[" + method.name() + "] expected one method of this name"
                        + (method.place().isEmpty() ? "" : " at " + method.place())
                        + " but received two; leave one out");
            }
        }
        for (Regularizer method : methods) {
            for (Regularizer other : methods) {
                if (method.excludes().contains(other.name())) {
                    throw new IllegalArgumentException("[" + method.name() + "] expected a step without " + other.name()
                            + " but received both; leave one of them out");
                }
            }
        }
    }
}
