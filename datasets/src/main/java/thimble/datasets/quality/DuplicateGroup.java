package thimble.datasets.quality;

import java.util.List;

/**
 * Examples that are the same.
 *
 * @param sameness in what sense
 * @param items two or more, in the order of the data
 */
public record DuplicateGroup(Sameness sameness, List<Item> items) {
    /** Copies the items. */
    public DuplicateGroup {
        items = List.copyOf(items);
    }

    /** In what sense examples are the same. */
    public enum Sameness {
        /** Files of the same bytes. */
        BYTES,
        /** Files of other bytes that show the same pixels. */
        PIXELS,
        /** Examples of the same numbers. */
        NUMBERS
    }

    /** True if the examples lie in different parts, so that what is tested was learnt. */
    public boolean leak() {
        return items.stream().map(Item::part).distinct().count() > 1;
    }

    /** True if the examples have different labels; which is right, only a person can say. */
    public boolean conflict() {
        return items.stream().map(Item::label).distinct().count() > 1;
    }
}
