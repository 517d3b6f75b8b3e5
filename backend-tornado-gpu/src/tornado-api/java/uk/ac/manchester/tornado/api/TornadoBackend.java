package uk.ac.manchester.tornado.api;

import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** Devices behind one interface. */
public interface TornadoBackend {
    /** The devices. */
    List<TornadoDevice> getAllDevices();

    /** The interface. */
    TornadoVMBackendType getBackendType();
}
