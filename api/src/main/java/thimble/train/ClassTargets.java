package thimble.train;

import thimble.data.Targets;

/** What losses that are made for classes ask of targets. */
final class ClassTargets {
    private ClassTargets() {}

    /** Refuses numbers. */
    static void check(Loss loss, Targets targets) {
        if (targets instanceof Targets.Numbers(var names)) {
            throw new IllegalArgumentException("[" + loss.name() + "] expected classes but the targets are the numbers "
                    + names + "; " + new MeanSquaredError().name() + " fits them");
        }
    }
}
