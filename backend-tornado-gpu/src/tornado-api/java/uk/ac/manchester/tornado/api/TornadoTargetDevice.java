package uk.ac.manchester.tornado.api;

/** The driver's view of a device. */
public interface TornadoTargetDevice {
    /** Its name. */
    String getDeviceName();

    /** Compute units. */
    int getDeviceMaxComputeUnits();
}
