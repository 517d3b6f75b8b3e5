package thimble.backend.vector.memory;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of this JVM: the widest the processor has, at most 512 bits, or the system property {@code
 * thimble.vector.bits} (128, 256, 512). Results never depend on the choice: whatever adds across lanes works on {@link
 * #GROUP} virtual lanes.
 */
public final class Species {
    /** Virtual lanes of every sum across lanes, and the multiple to which batches are padded. */
    public static final int GROUP = BatchLayout.GROUP;

    /** Bytes of one group of virtual lanes. */
    public static final int GROUP_BYTES = 4 * GROUP;

    /** The hardware's vectors of floats. */
    public static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, VectorShape.forBitSize(bits()));

    /** Class of those vectors. */
    public static final Class<?> TYPE = FLOATS.vectorType();

    /** Vectors of as many ints. */
    public static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED.withShape(FLOATS.vectorShape());

    /** Floats in a vector. */
    public static final int LANES = FLOATS.length();

    /** Bytes of a vector. */
    public static final int BYTES = FLOATS.vectorByteSize();

    /** Byte order of all memory. */
    public static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Vector registers of the processor, as far as the width and the architecture tell. */
    public static final int REGISTERS =
            LANES == GROUP || System.getProperty("os.arch", "").equals("aarch64") ? 32 : 16;

    private Species() {}

    private static int bits() {
        String wanted = System.getProperty("thimble.vector.bits", "");
        return switch (wanted) {
            case "" -> Math.clamp(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 128, 512);
            case "128", "256", "512" -> Integer.parseInt(wanted);
            default ->
                throw new IllegalArgumentException(
                        "[thimble.vector.bits] expected 128, 256 or 512 but received " + wanted);
        };
    }
}
