package thimble.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import thimble.backend.Backends;
import thimble.backend.Conformance;

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
                    case Backends.Found.Usable(var backend) ->
                        all.addObject()
                                .put("name", backend.name())
                                .put("usable", true)
                                .put("description", backend.description());
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
        if (!global.quiet) {
            console.err().println("\n--backend auto takes the first.");
        }
        return ExitCode.OK;
    }

    private int conformance(String name) {
        Backends.Choice choice = Backends.choose(name);
        if (!global.quiet) {
            console.err().println(choice.reason());
        }
        Conformance.Report report = Conformance.run(choice.backend());
        console.out().println(report);
        return report.passed() ? ExitCode.OK : ExitCode.FAILED;
    }
}
