package thimble.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import thimble.data.DatasetSource;
import thimble.datasets.Catalogue;
import thimble.datasets.Checked;
import thimble.datasets.DataFolders;
import thimble.datasets.Fetch;
import thimble.datasets.Missing;

/** Data sets by name: what there is, what is known of one, downloads and checks. */
@Command(
        name = "datasets",
        description = "List data sets, show one, fetch its files, or check them.",
        footer = {"", "Examples:", "  thimble datasets list", "  thimble datasets fetch mnist"})
final class DatasetsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            description = "list, info, fetch or verify (default: list).")
    private String action = "list";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "A data set.")
    private @Nullable String name;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where data sets are and go (default: THIMBLE_DATA, then the user's cache).")
    private @Nullable Path folder;

    @Inject
    DatasetsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Catalogue catalogue = Catalogue.installed();
        List<Path> folders = DataFolders.search(java.util.Optional.ofNullable(folder));
        return switch (action) {
            case "list" -> list(catalogue, folders);
            case "info" -> info(source(catalogue), folders);
            case "fetch" -> fetch(source(catalogue), folders);
            case "verify" -> verify(catalogue, folders);
            default ->
                throw new IllegalArgumentException(
                        thimble.method.Methods.unknown("action", action, List.of("list", "info", "fetch", "verify")));
        };
    }

    private DatasetSource source(Catalogue catalogue) {
        if (name == null) {
            throw new IllegalArgumentException(
                    "[datasets " + action + "] expected the name of a data set; 'thimble datasets list' shows them");
        }
        return catalogue.source(name);
    }

    private int list(Catalogue catalogue, List<Path> folders) {
        if (global.json) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            catalogue.sources().forEach(source -> all.add(json(source, folders)));
            console.out().println(Json.text(all));
            return ExitCode.OK;
        }
        TextTable table = new TextTable().row("name", "here", "train", "test", "classes", "example", "what");
        for (DatasetSource source : catalogue.sources()) {
            DatasetSource.Info info = source.info();
            table.row(
                    source.name(),
                    info.embedded() ? "embedded" : source.present(folders) ? "yes" : "no",
                    count(info.train()),
                    info.test() == 0 ? "-" : count(info.test()),
                    info.classes() == 0 ? "numbers" : Integer.toString(info.classes()),
                    info.shape(),
                    info.title());
        }
        console.out().println(table);
        if (!global.quiet) {
            console.err()
                    .println("\nlooked for in "
                            + folders.stream().map(Path::toString).collect(java.util.stream.Collectors.joining(", ")));
        }
        return ExitCode.OK;
    }

    private int info(DatasetSource source, List<Path> folders) {
        if (global.json) {
            console.out().println(Json.text(json(source, folders)));
            return ExitCode.OK;
        }
        DatasetSource.Info info = source.info();
        TextTable table = new TextTable()
                .row("name", source.name())
                .row("what", info.title())
                .row("example", info.shape())
                .row("examples", count(info.train()) + " train, " + count(info.test()) + " test")
                .row("classes", info.classes() == 0 ? "numbers" : Integer.toString(info.classes()))
                .row("licence", info.licence())
                .row("source", info.citation())
                .row("here", info.embedded() ? "embedded" : source.present(folders) ? "yes" : "no");
        for (DatasetSource.Download download : source.downloads()) {
            table.row(
                    "file",
                    download.file() + "  " + Missing.size(download.bytes()) + "  "
                            + download.addresses().getFirst());
            table.row("", "sha256 " + download.sha256());
        }
        console.out().println(table);
        return ExitCode.OK;
    }

    private int fetch(DatasetSource source, List<Path> folders) {
        if (!global.quiet) {
            console.err().println("licence: " + source.info().licence());
        }
        try (LiveLines lines = new LiveLines(console, global.quiet);
                Fetch fetch = new Fetch()) {
            List<Path> files = fetch.fetch(source, folders.getFirst(), (file, bytes, total) -> {
                double share = total == 0 ? 1 : (double) bytes / total;
                lines.update(
                        share,
                        () -> List.of("%s  %s of %s  %s"
                                .formatted(lines.bar(share, 26), Missing.size(bytes), Missing.size(total), file)));
            });
            lines.clear();
            files.forEach(file -> console.out().println(file));
        }
        return ExitCode.OK;
    }

    private int verify(Catalogue catalogue, List<Path> folders) {
        List<DatasetSource> chosen = name == null ? catalogue.sources() : List.of(source(catalogue));
        TextTable table = new TextTable();
        boolean good = true;
        int files = 0;
        for (DatasetSource source : chosen) {
            if (source instanceof Checked.Source checkable) {
                for (Checked file : Checked.all(checkable, folders)) {
                    files++;
                    good &= file.good();
                    table.row(
                            file.good() ? "good" : "WRONG",
                            file.path().toString(),
                            file.good() ? "" : "expected " + file.expected() + " but received " + file.received());
                }
            }
        }
        console.out().println(table);
        console.out().println(String.format(Locale.ROOT, "%,d files checked", files));
        return good ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static ObjectNode json(DatasetSource source, List<Path> folders) {
        DatasetSource.Info info = source.info();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", source.name())
                .put("title", info.title())
                .put("shape", info.shape())
                .put("classes", info.classes());
        node.put("train", info.train()).put("test", info.test()).put("embedded", info.embedded());
        node.put("present", info.embedded() || source.present(folders))
                .put("licence", info.licence())
                .put("citation", info.citation());
        ArrayNode files = node.putArray("files");
        for (DatasetSource.Download download : source.downloads()) {
            ObjectNode file = files.addObject()
                    .put("file", download.file())
                    .put("bytes", download.bytes())
                    .put("sha256", download.sha256());
            ArrayNode addresses = file.putArray("addresses");
            download.addresses().forEach(address -> addresses.add(address.toString()));
        }
        return node;
    }
}
