package uk.ac.manchester.tornado.api.recording;

import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Something that was asked of the double. */
public sealed interface Event {
    /** A plan was made for a device. */
    record Planned(TornadoDevice device, int graphs) implements Event {}

    /** Bytes were copied to the device. */
    record CopiedIn(String graph, int bytes) implements Event {}

    /** Bytes were copied to the host. */
    record CopiedOut(String graph, int bytes) implements Event {}

    /** A task ran: its scalars, its grid along two axes, the options of the driver's compiler. */
    record Ran(
            String graph,
            String entryPoint,
            String file,
            List<Integer> numbers,
            List<Long> global,
            List<Long> local,
            String flags)
            implements Event {}

    /** A plan was closed with this many graphs selected. */
    record Closed(int graphs) implements Event {}
}
