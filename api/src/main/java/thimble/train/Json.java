package thimble.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import thimble.data.DataException;

/**
 * As much JSON as the header of a safetensors file needs: objects, lists, texts and whole numbers, at most four deep.
 */
final class Json {
    private static final int DEEPEST = 4;

    private final Path file;
    private final String text;
    private int at;

    private Json(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /** A text in quotes. */
    static String quote(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> quoted.append(c < ' ' ? "\\u%04x".formatted((int) c) : Character.toString(c));
            }
        }
        return quoted.append('"').toString();
    }

    /** An object with all that stands in it. */
    static Map<String, Object> parse(Path file, String text) {
        Json parser = new Json(file, text);
        Object value = parser.value(0);
        parser.skip();
        if (parser.at < text.length()) {
            throw parser.error("the end");
        }
        return object(file, "header", value);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Path file, String where, Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new DataException("[" + file + ", " + where + "] expected an object but received " + value);
    }

    static long[] numbers(Path file, String where, @Nullable Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(Long.class::isInstance)) {
            return list.stream().mapToLong(number -> (Long) number).toArray();
        }
        throw new DataException("[" + file + ", " + where + "] expected a list of whole numbers but received " + value);
    }

    private Object value(int depth) {
        skip();
        if (depth > DEEPEST) {
            throw error("at most " + DEEPEST + " levels");
        }
        if (at >= text.length()) {
            throw error("a value");
        }
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            case '"' -> string();
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        skip();
        while (!peek('}')) {
            if (!map.isEmpty()) {
                expect(',');
                skip();
            }
            String key = string();
            skip();
            expect(':');
            if (map.put(key, value(depth + 1)) != null) {
                throw error("each key once, not '" + key + "' twice,");
            }
            skip();
        }
        at++;
        return map;
    }

    private List<Object> list(int depth) {
        List<Object> values = new ArrayList<>();
        at++;
        skip();
        while (!peek(']')) {
            if (!values.isEmpty()) {
                expect(',');
            }
            values.add(value(depth + 1));
            skip();
        }
        at++;
        return values;
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (!peek('"')) {
            char c = next();
            value.append(c == '\\' ? escaped() : c);
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(next(), 16);
                    if (digit < 0) {
                        throw error("four hexadecimal digits");
                    }
                    code = code * 16 + digit;
                }
                yield (char) code;
            }
            default -> throw error("an escape");
        };
    }

    private Long number() {
        int from = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        try {
            return Long.valueOf(text.substring(from, at));
        } catch (NumberFormatException e) {
            throw error("a whole number");
        }
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean peek(char c) {
        if (at >= text.length()) {
            throw error("'" + c + "'");
        }
        return text.charAt(at) == c;
    }

    private void expect(char c) {
        if (!peek(c)) {
            throw error("'" + c + "'");
        }
        at++;
    }

    private char next() {
        if (at >= text.length()) {
            throw error("more text");
        }
        return text.charAt(at++);
    }

    private DataException error(String expected) {
        String received = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new DataException(
                "[" + file + ", offset " + (8 + at) + "] expected " + expected + " but received " + received);
    }
}
