package thimble.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import thimble.tensor.Tensor;

/**
 * Named layers, one after another. The output of each part is tapped under its name: as a hidden stage ({@link
 * Tap.Kind#MAP} or {@link Tap.Kind#HIDDEN}) where a stage ends, that is after an activation or pooling which no further
 * pooling, normalisation or activation follows; else as {@link Tap.Kind#INNER}.
 *
 * @param parts the layers in order
 */
public record Sequential(List<Part> parts) implements Layer {
    /**
     * One layer and its name.
     *
     * @param name name in paths, without dots
     * @param layer the layer
     */
    public record Part(String name, Layer layer) {
        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if the name is empty or has a dot
         */
        public Part {
            if (name.isBlank() || name.contains(".")) {
                throw new IllegalArgumentException(
                        "[sequential] expected a name without dots but received '" + name + "'");
            }
        }

        /** Name and layer. */
        @Override
        public String toString() {
            return name + "=" + layer;
        }
    }

    /**
     * Copies the parts.
     *
     * @throws IllegalArgumentException if two parts have one name
     */
    public Sequential {
        parts = List.copyOf(parts);
        List<String> names = parts.stream().map(Part::name).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("[sequential] expected distinct names but received " + names);
        }
    }

    /** No layers yet. */
    public static Sequential of() {
        return new Sequential(List.of());
    }

    /** These layers and one more at the end. */
    public Sequential then(String name, Layer layer) {
        List<Part> more = new ArrayList<>(parts);
        more.add(new Part(name, layer));
        return new Sequential(more);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Tensor value = x;
        for (int i = 0; i < parts.size(); i++) {
            Scope child = scope.child(parts.get(i).name());
            value = parts.get(i).layer().apply(value, child);
            value = child.tap(value, kind(i, value));
        }
        return value;
    }

    private Tap.Kind kind(int at, Tensor value) {
        boolean last = at == parts.size() - 1;
        boolean goesOn = !last
                && switch (parts.get(at + 1).layer()) {
                    case Pool2d _, BatchNorm _, Activation _ -> true;
                    default -> false;
                };
        boolean nonlinear = switch (parts.get(at).layer()) {
            case Linear linear -> linear.activation() != Activation.IDENTITY;
            case Conv2d conv -> conv.activation() != Activation.IDENTITY;
            case ConvTranspose2d conv -> conv.activation() != Activation.IDENTITY;
            case Activation activation -> activation != Activation.IDENTITY;
            case Pool2d _, Residual _, PreActivation _, Gru _ -> true;
            default -> false;
        };
        if (goesOn || !nonlinear) {
            return Tap.Kind.INNER;
        }
        return value.shape().rank() == 2 ? Tap.Kind.HIDDEN : Tap.Kind.MAP;
    }

    /** The parts, one per line. */
    @Override
    public String toString() {
        return parts.stream().map(Part::toString).collect(Collectors.joining("\n  ", "Sequential[\n  ", "]"));
    }
}
