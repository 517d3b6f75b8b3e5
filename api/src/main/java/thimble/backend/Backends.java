package thimble.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import thimble.method.Methods;
import thimble.method.Spec;

/** Finds the backends on the module path and the class path, and chooses one. */
public final class Backends {
    /** The spec that asks for the fastest backend that works here. */
    public static final String AUTO = "auto";

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final int MOST_FAILURES = 100;

    private Backends() {}

    /** A provider of a backend. */
    public sealed interface Found {
        /** The backend's name, or the class name of a provider that cannot be loaded. */
        String name();

        /** A backend that works here. */
        record Usable(Backend backend) implements Found {
            @Override
            public String name() {
                return backend.name();
            }
        }

        /** A backend that does not work here, with the reason and what to do. */
        record Unusable(String name, String reason) implements Found {}
    }

    /**
     * A backend with the reason for it.
     *
     * @param backend what to run on
     * @param reason one line for people: which backend, and why this one
     */
    public record Choice(Backend backend, String reason) {}

    /** Every provider, the usable ones first, by falling priority; a failure of one never hides another. */
    public static List<Found> found() {
        return found(AUTO);
    }

    /** The providers; only those that matter for a choice by this name are asked whether they work, which may load a driver. */
    private static List<Found> found(String wanted) {
        List<Found.Usable> usable = new ArrayList<>();
        List<Found> unusable = new ArrayList<>();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? Backends.class.getClassLoader() : context;
        Iterator<ServiceLoader.Provider<Backend>> providers =
                ServiceLoader.load(Backend.class, loader).stream().iterator();
        while (unusable.size() < MOST_FAILURES) {
            String name = "a provider";
            try {
                if (!providers.hasNext()) {
                    break;
                }
                ServiceLoader.Provider<Backend> provider = providers.next();
                name = provider.type().getName();
                Backend backend = provider.get();
                name = backend.name();
                boolean matters = wanted.equals(AUTO) || wanted.equals(name);
                Optional<String> reason = matters ? backend.unavailable() : Optional.empty();
                if (reason.isPresent()) {
                    unusable.add(new Found.Unusable(name, reason.get()));
                } else {
                    usable.add(new Found.Usable(backend));
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                unusable.add(new Found.Unusable(name, reason(e)));
            }
        }
        if (wanted.equals(AUTO)) {
            usable.sort(Comparator.comparing(
                            (Found.Usable found) -> -found.backend().priority())
                    .thenComparing(Found::name));
        }
        List<Found> all = new ArrayList<>(usable);
        all.addAll(unusable);
        return all;
    }

    /**
     * The backend for a spec such as {@code auto}, {@code cpu} or {@code cpu:threads=2}.
     *
     * @throws IllegalArgumentException if there is no such backend or parameter; the text says what there is and the nearest
     * @throws BackendException if there is one and it does not work here; the text says why and what to do
     */
    public static Choice choose(String spec) {
        return choose(spec, found(spec.equals(AUTO) ? AUTO : Spec.parse(spec).name()));
    }

    static Choice choose(String spec, List<Found> found) {
        if (spec.equals(AUTO)) {
            return automatic(found);
        }
        Spec parsed = Spec.parse(spec);
        for (Found candidate : found) {
            if (candidate.name().equals(parsed.name())) {
                Backend backend = switch (candidate) {
                    case Found.Usable(var usable) -> Methods.with(usable, parsed);
                    case Found.Unusable unusable -> throw unusable(spec, unusable.reason());
                };
                backend.unavailable().ifPresent(reason -> {
                    throw unusable(spec, reason);
                });
                return new Choice(backend, backend.description() + " (asked for)");
            }
        }
        List<String> names = new ArrayList<>(found.stream().map(Found::name).toList());
        names.add(AUTO);
        throw new IllegalArgumentException("[backend] " + Methods.unknown("backend", parsed.name(), names));
    }

    private static Choice automatic(List<Found> found) {
        List<Backend> usable = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        for (Found candidate : found) {
            switch (candidate) {
                case Found.Usable(var backend) -> usable.add(backend);
                case Found.Unusable(var name, var reason) -> unusable.add("; not " + name + ": " + reason);
            }
        }
        if (usable.isEmpty()) {
            throw new BackendException("no backend works here" + String.join("", unusable));
        }
        String slower = usable.stream().skip(1).map(Backend::name).collect(Collectors.joining(", "));
        // what to do about the others is said where backends are listed
        String others = unusable.stream()
                .map(other -> "; " + other.substring(2).replaceFirst("(?s);.*", ""))
                .collect(Collectors.joining());
        String rank = slower.isEmpty() ? " (the only one)" : " (before " + slower + ")";
        return new Choice(usable.getFirst(), usable.getFirst().description() + rank + others);
    }

    private static BackendException unusable(String spec, String reason) {
        return new BackendException("[backend] " + spec + " does not work here: " + reason);
    }

    private static String reason(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : "; ").append(cause.getMessage());
        }
        boolean vector = text.toString().replace('/', '.').contains(VECTOR_MODULE);
        return vector
                ? "the module " + VECTOR_MODULE + " is missing: start Java with --add-modules " + VECTOR_MODULE
                : text.toString();
    }
}
