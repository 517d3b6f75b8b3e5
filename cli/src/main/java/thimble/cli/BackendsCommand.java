package thimble.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import thimble.backend.Backends;
import thimble.backend.Conformance;
import thimble.backend.ConformanceCase;
import thimble.backend.ConformanceCases;
import thimble.backend.Device;

/** Lists the backends with what works here and why, or checks one against the float64 reference. */
@Command(name = "backends", description = "List the backends, or check one against the float64 reference.")
final class BackendsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    @Option(names = "--check", paramLabel = "NAME", description = "Run the conformance cases on this backend.")
    private @Nullable String check;

    @Inject
    BackendsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return check == null ? list() : conformance(check);
    }

    private int list() {
        List<Backends.Found> found = Backends.found();
        if (global.json) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            for (Backends.Found one : found) {
                switch (one) {
                    case Backends.Found.Usable(var backend) -> {
                        ObjectNode usable = all.addObject()
                                .put("name", backend.name())
                                .put("usable", true)
                                .put("description", backend.description());
                        ArrayNode devices = usable.putArray("devices");
                        for (Device device : backend.devices()) {
                            devices.addObject()
                                    .put("name", device.name())
                                    .put("kind", device.kind())
                                    .put("details", device.details())
                                    .put("chosen", device.chosen())
                                    .put("reason", device.reason());
                        }
                        ArrayNode absent = usable.putArray("absent");
                        backend.absent().forEach(absent::add);
                    }
                    case Backends.Found.Unusable(String name, String reason) ->
                        all.addObject().put("name", name).put("usable", false).put("reason", reason);
                }
            }
            console.out().println(Json.text(all));
            return ExitCode.OK;
        }
        TextTable table = new TextTable();
        for (Backends.Found one : found) {
            switch (one) {
                case Backends.Found.Usable(var backend) -> table.row(backend.name(), backend.description());
                case Backends.Found.Unusable(String name, String reason) ->
                    table.row(name, "does not work here: " + reason);
            }
        }
        console.out().println(table);
        devices(found);
        if (!global.quiet) {
            console.err().println("\n--backend auto takes the first.");
        }
        return ExitCode.OK;
    }

    /** Prints the devices of each backend that has a choice of them. */
    private void devices(List<Backends.Found> found) {
        for (Backends.Found one : found) {
            if (one instanceof Backends.Found.Usable(var backend)
                    && !backend.devices().isEmpty()) {
                console.out().println("\nDevices of " + backend.name() + ":");
                for (Device device : backend.devices()) {
                    console.out().println((device.chosen() ? "* " : "  ") + device.name() + ", " + device.kind());
                    console.out().println("    " + device.details());
                    console.out().println("    " + device.reason());
                }
                backend.absent().forEach(reason -> console.out().println("  not here: " + reason));
            }
        }
    }

    private int conformance(String name) {
        Backends.Choice choice = Backends.choose(name);
        if (!global.quiet) {
            console.err().println(choice.reason());
        }
        Conformance.Report report = Conformance.run(choice.backend());
        if (global.json) {
            ObjectNode result = JsonNodeFactory.instance
                    .objectNode()
                    .put("backend", report.backend())
                    .put("cases", report.cases())
                    .put("agree", report.cases() - report.failures().size());
            ArrayNode failures = result.putArray("failures");
            report.failures()
                    .forEach(failure ->
                            failures.addObject().put("case", failure.name()).put("difference", failure.difference()));
            console.out().println(Json.text(result));
        } else {
            console.out().println(kinds(report) + "\n\n" + report.text().strip());
        }
        return report.passed() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** How many cases of each kind agree; the kind is a case's name up to the first comma. What compares no numbers is misuse. */
    private static TextTable kinds(Conformance.Report report) {
        Map<String, int[]> counts = new LinkedHashMap<>();
        for (ConformanceCase one : ConformanceCases.all()) {
            counts.computeIfAbsent(kind(one.name()), _ -> new int[2])[1]++;
        }
        int[] misuse = {0, report.cases() - ConformanceCases.all().size()};
        report.failures().forEach(failure -> counts.getOrDefault(kind(failure.name()), misuse)[0]++);
        counts.put("misuse", misuse);
        TextTable table = new TextTable().row("case", "agree", "of");
        counts.forEach(
                (kind, count) -> table.row(kind, Integer.toString(count[1] - count[0]), Integer.toString(count[1])));
        return table;
    }

    private static String kind(String name) {
        return name.replaceFirst(",.*", "");
    }
}
