package uk.ac.manchester.tornado.api.common;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/** A device. */
public interface TornadoDevice {
    /** Name of the driver's platform. */
    String getPlatformName();

    /** What it is. */
    TornadoDeviceType getDeviceType();

    /** Bytes of its memory. */
    long getMaxGlobalMemory();

    /** Bytes of the largest allocation. */
    long getMaxAllocMemory();

    /** The driver's view of it. */
    TornadoTargetDevice getPhysicalDevice();
}
