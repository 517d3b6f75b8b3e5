package thimble.data;

import java.util.List;
import thimble.tensor.Shape;

/** A data set that shows the examples of another one; what it does not say itself is as in its base. */
sealed interface View extends Dataset permits SelectView, MapView, PreprocessedView {
    /** The data set that is shown. */
    Dataset base();

    /** Position in the base of example {@code index}. */
    default int position(int index) {
        return index;
    }

    @Override
    default String name() {
        return base().name();
    }

    @Override
    default int size() {
        return base().size();
    }

    @Override
    default Shape example() {
        return base().example();
    }

    @Override
    default Targets targets() {
        return base().targets();
    }

    @Override
    default List<Part> parts() {
        return base().parts();
    }

    @Override
    default List<Feature> features() {
        return base().features();
    }

    @Override
    default String origin(int index) {
        return base().origin(position(index));
    }

    @Override
    default String group(int index) {
        return base().group(position(index));
    }

    /** How many maps lie on top of each other in a data set. */
    static int maps(Dataset data) {
        return switch (data) {
            case MapView map -> maps(map.base()) + 1;
            case View view -> maps(view.base());
            case ConcatView both -> Math.max(maps(both.first()), maps(both.second()));
            default -> 0;
        };
    }
}
