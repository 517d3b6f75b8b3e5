package thimble.method;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds methods by {@link ServiceLoader}, builds them from specs by reflection on their records, and prints them back. */
public final class Methods {
    private static final System.Logger LOG = System.getLogger(Methods.class.getName());

    private Methods() {}

    /**
     * A parameter of a method.
     *
     * @param name name in specs
     * @param type {@code number}, {@code integer}, {@code flag}, {@code text}, or the values of a choice joined by {@code |}
     * @param standard default value as text
     */
    public record Parameter(String name, String type, String standard) {}

    /** A method of each provider that can be loaded, with its defaults, sorted by name; one that cannot be loaded is logged and left out. */
    public static <T extends Method> List<T> discover(Class<T> kind) {
        List<T> found = new ArrayList<>();
        Iterator<ServiceLoader.Provider<T>> providers = loader(kind).stream().iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                found.add(providers.next().get());
            } catch (ServiceConfigurationError | LinkageError e) {
                LOG.log(System.Logger.Level.DEBUG, "a provider of " + kind.getName() + " cannot be loaded", e);
            }
        }
        found.sort(Comparator.comparing(Method::name));
        return found;
    }

    private static <T> ServiceLoader<T> loader(Class<T> kind) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return ServiceLoader.load(kind, context == null ? Methods.class.getClassLoader() : context);
    }

    /**
     * Builds a method of one kind.
     *
     * @throws IllegalArgumentException if name, parameter or value is unknown or out of range; the message says what exists and the nearest
     */
    public static <T extends Method> T parse(Class<T> kind, String spec) {
        return kind.cast(parse(List.of(kind), Spec.parse(spec)));
    }

    /** Builds a method of any of several kinds; names are unique over all kinds. */
    public static Method parse(List<? extends Class<? extends Method>> kinds, Spec spec) {
        Map<String, Method> known = new LinkedHashMap<>();
        for (Class<? extends Method> kind : kinds) {
            discover(kind).forEach(method -> known.put(method.name(), method));
        }
        Method standard = known.get(spec.name());
        if (standard == null) {
            String kind = kinds.size() == 1 ? kinds.getFirst().getSimpleName().toLowerCase(Locale.ROOT) : "method";
            throw new IllegalArgumentException(unknown(kind, spec.name(), known.keySet()));
        }
        return with(standard, spec);
    }

    /**
     * A method with the settings of a spec in place of its own.
     *
     * @throws IllegalArgumentException if a parameter is unknown, a value has the wrong type or is out of range, or a range is still open
     */
    public static <T extends Method> T with(T method, Spec spec) {
        if (spec.settings().isEmpty()) {
            return method;
        }
        RecordComponent[] components = components(method);
        List<String> names = Arrays.stream(components)
                .filter(Methods::adjustable)
                .map(RecordComponent::getName)
                .toList();
        for (String key : spec.settings().keySet()) {
            if (!names.contains(key)) {
                throw new IllegalArgumentException(
                        names.isEmpty()
                                ? "[" + spec.name() + "] has no parameters but received '" + key + "'"
                                : "[" + spec.name() + "] " + unknown("parameter", key, names));
            }
        }
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            Spec.Setting setting = spec.settings().get(components[i].getName());
            values[i] = switch (setting) {
                case null -> value(method, components[i]);
                case Spec.Setting.Value(String text) -> convert(spec.name(), components[i], text);
                case Spec.Setting.Range _, Spec.Setting.Choices _ ->
                    throw new IllegalArgumentException("[" + spec.name() + "] expected one value for "
                            + components[i].getName() + " but received the range " + setting + "; only compare tunes");
            };
        }
        return construct(method, components, values);
    }

    /** {@code name:key=value,…} with every parameter that differs from the default. */
    public static String print(Method method) {
        Method standard = standard(method);
        String values = Arrays.stream(components(method))
                .filter(Methods::adjustable)
                .filter(component -> !value(method, component).equals(value(standard, component)))
                .map(component -> component.getName() + "=" + text(value(method, component)))
                .collect(Collectors.joining(","));
        return values.isEmpty() ? method.name() : method.name() + ":" + values;
    }

    /** The parameters of a method with their defaults. */
    public static List<Parameter> parameters(Method method) {
        Method standard = standard(method);
        return Arrays.stream(components(method))
                .filter(Methods::adjustable)
                .map(component ->
                        new Parameter(component.getName(), type(component.getType()), text(value(standard, component))))
                .toList();
    }

    /** {@code unknown KIND 'NAME'; did you mean 'NEAREST'? There are: …}. */
    public static String unknown(String kind, String name, Collection<String> known) {
        String hint = nearest(name, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(";");
        String existing = known.isEmpty() ? "There are none" : "There are: " + String.join(", ", new TreeSet<>(known));
        return "unknown " + kind + " '" + name + "'" + hint + " " + existing;
    }

    /** The known name with the fewest edits, if that is at most a third of its length (at least two edits are allowed). */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> edits(name, candidate))
                        .thenComparing(candidate -> -commonPrefix(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> edits(name, candidate) <= Math.max(2, candidate.length() / 3));
    }

    /** A value as it stands in a spec: numbers without trailing zeros, choices in lower case. */
    static String text(Object value) {
        return switch (value) {
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e6 -> Long.toString(Math.round(number));
            case Double number -> number.toString().replace(".0E", "e").replace("E", "e");
            case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
            default -> value.toString();
        };
    }

    private static int commonPrefix(String a, String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length;
    }

    /** Levenshtein distance in which swapped neighbours count once. */
    private static int edits(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best =
                        Math.min(Math.min(distance[i - 1][j], distance[i][j - 1]) + 1, distance[i - 1][j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                distance[i][j] = swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
            }
        }
        return distance[a.length()][b.length()];
    }

    private static RecordComponent[] components(Method method) {
        RecordComponent[] components = method.getClass().getRecordComponents();
        if (components == null) {
            throw new IllegalStateException("[" + method.name() + "] expected a record but received "
                    + method.getClass().getName());
        }
        return components;
    }

    /** True if specs may set it; a component of another type, such as a cache, belongs to the record but is no parameter. */
    private static boolean adjustable(RecordComponent component) {
        Class<?> type = component.getType();
        return type.isPrimitive() || type.isEnum() || type == String.class;
    }

    private static Object value(Method method, RecordComponent component) {
        try {
            return component.getAccessor().invoke(method);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("[" + method.name() + "] its package must be exported", e);
        }
    }

    private static Method standard(Method method) {
        try {
            return method.getClass().getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("[" + method.name() + "] needs a public constructor without arguments", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Method> T construct(T method, RecordComponent[] components, Object[] values) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> canonical = method.getClass().getConstructor(types);
            return (T) canonical.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException("[" + method.name() + "] cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("[" + method.name() + "] its canonical constructor must be public", e);
        }
    }

    private static Object convert(String name, RecordComponent component, String text) {
        Class<?> type = component.getType();
        try {
            if (type == double.class) {
                return Double.parseDouble(text);
            }
            if (type == int.class) {
                return Integer.parseInt(text);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected(name, component, text), e);
        }
        if (type == boolean.class && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(choice -> text(choice).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(expected(name, component, text)));
        }
        if (type == String.class) {
            return text;
        }
        throw new IllegalArgumentException(expected(name, component, text));
    }

    private static String expected(String name, RecordComponent component, String text) {
        return "[" + name + "] expected " + component.getName() + " to be " + type(component.getType())
                + " but received '" + text + "'";
    }

    private static String type(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).map(Methods::text).collect(Collectors.joining("|"));
        }
        return type == double.class
                ? "number"
                : type == int.class ? "integer" : type == boolean.class ? "flag" : "text";
    }
}
