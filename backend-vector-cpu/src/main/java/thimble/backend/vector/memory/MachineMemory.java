package thimble.backend.vector.memory;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** How much memory the machine, or the container round this JVM, has. */
final class MachineMemory {
    private MachineMemory() {}

    /** Bytes; the largest number if the JVM does not tell. */
    static long total() {
        try {
            Object bytes = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "TotalMemorySize");
            return bytes instanceof Long total && total > 0 ? total : Long.MAX_VALUE;
        } catch (JMException _) {
            return Long.MAX_VALUE;
        }
    }
}
