package thimble.backend.gpu.tornado;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import thimble.backend.gpu.device.CommandQueue;

/** The commands over one working memory. Where they run is made when the first is sent, because all of them have to be known then. */
final class Residence {
    private final TornadoComputeDevice device;
    private final List<TornadoMemory> memories;
    private final List<List<CommandQueue.Launch>> commands = new ArrayList<>();
    private @Nullable Place place;
    private int open;

    /**
     * @param memories working memory, variables, parameters
     */
    Residence(TornadoComputeDevice device, List<TornadoMemory> memories) {
        this.device = device;
        this.memories = memories;
    }

    /**
     * Adds a command; its number.
     *
     * @throws IllegalStateException if one was sent before
     */
    int add(List<CommandQueue.Launch> launches) {
        if (place != null) {
            throw new IllegalStateException(
                    "[tornado] expected all commands over a working memory to be prepared before"
                            + " the first is sent");
        }
        commands.add(List.copyOf(launches));
        open++;
        return commands.size() - 1;
    }

    /** Runs a command. */
    void send(int command) {
        if (commands.get(command).isEmpty()) {
            return;
        }
        Place here = place;
        if (here == null) {
            here = device.place(memories, commands);
            place = here;
        }
        for (TornadoMemory memory : memories) {
            memory.moveTo(here);
        }
        here.send(command);
    }

    /** Waits until all has run. */
    void finish() {
        if (place != null) {
            place.finish();
        }
    }

    /** Closes a command; with the last one the device memory is given back. True if it was the last. */
    boolean closeOne() {
        open--;
        if (open == 0) {
            close();
        }
        return open == 0;
    }

    /** Brings what others may use to the host, and gives the device memory back. */
    void close() {
        Place here = place;
        if (here != null) {
            place = null;
            try {
                memories.forEach(memory -> memory.leave(here));
            } finally {
                here.close();
            }
        }
    }
}
