package thimble.benchmarks.speed;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Multiply-adds in the registers of the widest vectors. Loaded only where the module {@code jdk.incubator.vector} is present. */
final class VectorLoop implements Peak.Loop {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int SUMS = 12;

    @Override
    public double operations(int turns) {
        return 2.0 * SUMS * FLOATS.length() * turns;
    }

    @Override
    public float run(int turns) {
        FloatVector x = FloatVector.broadcast(FLOATS, 0.999f);
        FloatVector y = FloatVector.broadcast(FLOATS, 1e-3f);
        FloatVector a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int turn = 0; turn < turns; turn++) {
            a = x.fma(a, y);
            b = x.fma(b, y);
            c = x.fma(c, y);
            d = x.fma(d, y);
            e = x.fma(e, y);
            f = x.fma(f, y);
            g = x.fma(g, y);
            h = x.fma(h, y);
            i = x.fma(i, y);
            j = x.fma(j, y);
            k = x.fma(k, y);
            l = x.fma(l, y);
        }
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector first = zero.add(a).add(b).add(c).add(d).add(e).add(f);
        return zero.add(first).add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
    }
}
