package thimble.benchmarks;

import java.util.Optional;
import thimble.backend.BackendException;

/** Failures of a device, not of a training: another attempt may succeed. In records their reasons begin with a mark. */
final class DeviceFailures {
    private static final String MARK = "[device] ";

    private DeviceFailures() {}

    /** The failure of a device behind another one, if there is one. */
    static Optional<BackendException> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BackendException device) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    /** The reason as it is recorded. */
    static String reason(Throwable failure) {
        return of(failure).map(DeviceFailures::marked).orElseGet(() -> text(failure));
    }

    /** True if a recorded reason is one of a device. */
    static boolean recorded(Optional<String> reason) {
        return reason.filter(text -> text.startsWith(MARK)).isPresent();
    }

    private static String marked(BackendException failure) {
        String text = text(failure);
        return text.startsWith(MARK) ? text : MARK + text;
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
