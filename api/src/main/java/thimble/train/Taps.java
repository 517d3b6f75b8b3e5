package thimble.train;

import java.util.List;
import thimble.nn.Tap;

/** Looks up taps by name. */
final class Taps {
    private Taps() {}

    static Tap find(String method, List<Tap> taps, String name) {
        return taps.stream()
                .filter(tap -> tap.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("[" + method + "] expected one of the layers "
                        + taps.stream().map(Tap::name).toList() + " but received '" + name + "'"));
    }
}
