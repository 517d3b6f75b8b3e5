package thimble.backend;

import java.util.Map;

/** Looks up what an earlier pass must have found. */
final class Known {
    private Known() {}

    /** The value of a key; its absence is a fault of the pass before. */
    static <K, V> V of(Map<K, V> found, K key) {
        V value = found.get(key);
        if (value == null) {
            throw new IllegalStateException("[plan] nothing is known of " + key);
        }
        return value;
    }
}
