package thimble.data;

import java.util.List;

/** What a data set asks a model to predict. */
public sealed interface Targets {
    /** Numbers per example in the target row. */
    int width();

    /**
     * One of several classes; a target row is a distribution over them (one-hot, or soft labels).
     *
     * @param names class names, in the order of class numbers
     */
    record Classes(List<String> names) implements Targets {
        /** Copies the names. */
        public Classes {
            names = List.copyOf(names);
        }

        @Override
        public int width() {
            return names.size();
        }
    }

    /**
     * Numbers to be predicted.
     *
     * @param names one name per number
     */
    record Numbers(List<String> names) implements Targets {
        /** Copies the names. */
        public Numbers {
            names = List.copyOf(names);
        }

        @Override
        public int width() {
            return names.size();
        }
    }
}
