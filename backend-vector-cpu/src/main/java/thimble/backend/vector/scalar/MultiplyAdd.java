package thimble.backend.vector.scalar;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Multiply-adds in one rounding where the processor has them, else in two: {@link Math#fma} without the instruction computes with big decimals, a
 * thousand times as slow.
 */
public final class MultiplyAdd {
    /** True if the processor has the instruction, or the JVM does not tell. */
    public static final boolean FUSED = fused();

    private MultiplyAdd() {}

    /** a · b + c. */
    static float of(float a, float b, float c) {
        return FUSED ? Math.fma(a, b, c) : a * b + c;
    }

    private static boolean fused() {
        try {
            Object option = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "getVMOption",
                            new Object[] {"UseFMA"},
                            new String[] {String.class.getName()});
            return !(option instanceof CompositeData data) || !"false".equals(data.get("value"));
        } catch (JMException | RuntimeException _) {
            return true;
        }
    }
}
