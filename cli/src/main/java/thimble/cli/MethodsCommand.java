package thimble.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import thimble.method.Method;
import thimble.method.Methods;

/** Lists the methods, or shows one or all with parameters, defaults and source. */
@Command(
        name = "methods",
        description = "List the methods, or show one with its parameters, their defaults and its source.",
        footer = {"", "Examples:", "  thimble methods", "  thimble methods spectreg", "  thimble methods --full"})
final class MethodsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    @Option(names = "--full", description = "Show all with parameters, defaults and sources.")
    private boolean full;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A method.")
    private String name = "";

    @Inject
    MethodsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Map<String, List<Method>> kinds = new LinkedHashMap<>();
        MethodKinds.ALL.forEach((title, kind) -> kinds.put(title, List.copyOf(Methods.discover(kind))));
        if (name.isEmpty()) {
            list(kinds);
        } else {
            show(kinds);
        }
        return ExitCode.OK;
    }

    private void list(Map<String, List<Method>> kinds) {
        if (global.json) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            kinds.forEach((title, methods) -> methods.forEach(method -> all.add(json(title, method))));
            console.out().println(Json.text(all));
            return;
        }
        if (full) {
            kinds.forEach((title, methods) -> methods.forEach(method -> {
                print(title, method);
                console.out().println();
            }));
            return;
        }
        TextTable table = new TextTable();
        kinds.forEach((title, methods) -> {
            if (!methods.isEmpty()) {
                table.row(title.toUpperCase(java.util.Locale.ROOT), "");
                methods.forEach(method -> table.row("  " + method.name(), method.summary()));
            }
        });
        console.out().println(table);
        if (!global.quiet) {
            console.err()
                    .println("\n"
                            + "thimble methods NAME shows parameters and source, --full those of all; join methods with"
                            + " +, as in dropout:rate=0.5+spectreg");
        }
    }

    private void show(Map<String, List<Method>> kinds) {
        for (Map.Entry<String, List<Method>> kind : kinds.entrySet()) {
            for (Method method : kind.getValue()) {
                if (method.name().equals(name)) {
                    print(kind.getKey(), method);
                    return;
                }
            }
        }
        List<String> names =
                kinds.values().stream().flatMap(List::stream).map(Method::name).toList();
        throw new IllegalArgumentException(Methods.unknown("method", name, names));
    }

    private void print(String kind, Method method) {
        if (global.json) {
            console.out().println(Json.text(json(kind, method)));
            return;
        }
        console.out().println(console.bold(method.name()) + "  " + method.summary());
        if (!method.source().isEmpty()) {
            console.out().println("source: " + method.source());
        }
        List<Methods.Parameter> parameters = Methods.parameters(method);
        if (parameters.isEmpty()) {
            console.out().println("no parameters");
            return;
        }
        TextTable table = new TextTable().row("parameter", "type", "default");
        parameters.forEach(p -> table.row(p.name(), p.type(), p.standard().isEmpty() ? "\"\"" : p.standard()));
        console.out().println("\n" + table);
        String example = parameters.stream()
                .filter(p -> !p.standard().isEmpty())
                .map(p -> p.name() + "=" + p.standard())
                .collect(Collectors.joining(","));
        console.out().println("\nas a spec: " + method.name() + (example.isEmpty() ? "" : ":" + example));
    }

    private static ObjectNode json(String kind, Method method) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", method.name())
                .put("kind", kind)
                .put("summary", method.summary())
                .put("source", method.source());
        ArrayNode parameters = node.putArray("parameters");
        Methods.parameters(method)
                .forEach(p -> parameters
                        .addObject()
                        .put("name", p.name())
                        .put("type", p.type())
                        .put("default", p.standard()));
        return node;
    }
}
