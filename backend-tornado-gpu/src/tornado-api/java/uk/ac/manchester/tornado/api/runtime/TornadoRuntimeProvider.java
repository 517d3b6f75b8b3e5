package uk.ac.manchester.tornado.api.runtime;

import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.recording.Recording;

/** Where the runtime is found. */
public class TornadoRuntimeProvider {
    private TornadoRuntimeProvider() {}

    /** The runtime; here the recording that a test has started, else one without devices. */
    public static TornadoRuntime getTornadoRuntime() {
        return Recording.current();
    }
}
