package thimble.backend.gpu.tornado;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import thimble.backend.gpu.device.DeviceMemory;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * An array of TornadoVM. Device memory belongs to a plan, and a plan to one program; so what is shared, the variables, is where the program
 * runs that used it last, or on the host, and moves when another program begins.
 */
final class TornadoMemory implements DeviceMemory {
    private final IntArray array;
    private final long bytes;
    private final AtomicLong total;
    private @Nullable Place holder;
    private boolean closed;

    /**
     * Zeros on the host.
     *
     * @param total bytes of all open memory of the device
     */
    TornadoMemory(long bytes, AtomicLong total) {
        this.array = new IntArray(Math.toIntExact(Math.ceilDiv(bytes, 4)));
        this.bytes = bytes;
        this.total = total;
        total.addAndGet(bytes);
    }

    /** The array, as graphs know it. */
    IntArray array() {
        return array;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    void write(long offset, MemorySegment from) {
        check(offset, from.byteSize());
        Place place = holder;
        if (place == null) {
            host(offset, from.byteSize()).copyFrom(from);
        } else {
            place.write(this, offset, from);
        }
    }

    void read(long offset, MemorySegment into) {
        check(offset, into.byteSize());
        Place place = holder;
        if (place == null) {
            into.copyFrom(host(offset, into.byteSize()));
        } else {
            place.read(this, offset, into);
        }
    }

    /** Moves the content to where a program runs. */
    void moveTo(Place place) {
        open();
        if (holder != place) {
            toHost();
            place.write(this, 0, host(0, bytes));
            holder = place;
        }
    }

    /** Takes a place that has just copied the host's content. */
    void isAt(Place place) {
        holder = place;
    }

    /** Moves the content to the host if it is there; a memory that is closed has none. */
    void leave(Place place) {
        if (holder == place) {
            if (closed) {
                holder = null;
            } else {
                toHost();
            }
        }
    }

    /** Moves the content to the host. */
    void toHost() {
        Place place = holder;
        if (place != null) {
            place.read(this, 0, host(0, bytes));
            holder = null;
        }
    }

    private MemorySegment host(long offset, long size) {
        return array.getSegment().asSlice(offset, size);
    }

    private void check(long offset, long size) {
        open();
        if (offset < 0 || size < 0 || offset + size > bytes || size % 4 != 0 || offset % 4 != 0) {
            throw new IllegalArgumentException("[tornado] expected multiples of four bytes in 0.." + bytes
                    + " but received " + offset + ".." + (offset + size));
        }
    }

    private void open() {
        if (closed) {
            throw new IllegalStateException("[tornado] expected open memory but it is closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            total.addAndGet(-bytes);
        }
    }
}
