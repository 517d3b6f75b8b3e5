package thimble.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import thimble.backend.Backends;
import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.datasets.quality.DuplicateGroup;
import thimble.datasets.quality.Inspection;
import thimble.datasets.quality.Item;
import thimble.datasets.quality.LossRanking;
import thimble.datasets.quality.Suspect;

/** Looks at the data themselves: duplicates, leaks between training and test, labels a model doubts. Changes nothing. */
@Command(
        name = "inspect",
        description = "Look for duplicates, leaks between training and test, and doubtful labels. Changes nothing.",
        footer = {"", "Example:", "  thimble inspect --data parts/"})
final class InspectCommand implements Callable<Integer> {
    private static final int FOLDS = 5;

    private final Console console;

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    @Mixin
    private DataChoice data = new DataChoice();

    @Option(names = "--top", paramLabel = "N", description = "How many doubtful labels to show (default: 10).")
    private int top = 10;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Training steps of each model that looks for doubtful labels; 0 for none (default: 600).")
    private int steps = 600;

    @Option(
            names = "--model",
            paramLabel = "SPEC",
            description = "Model that looks for doubtful labels (default: auto).")
    private String model = "auto";

    @Inject
    InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (top < 0 || steps < 0) {
            throw new IllegalArgumentException(
                    "[inspect] expected --top and --steps >= 0 but received " + Math.min(top, steps));
        }
        DataChoice.Chosen chosen = data.read();
        Inspection found = data.inspect(chosen);
        List<Suspect> suspects = suspects(chosen.parts().train());
        if (global.json) {
            console.out().println(Json.text(tree(found, suspects)));
            return ExitCode.OK;
        }
        console.out().println(console.soft(chosen.name() + " · " + chosen.counts() + " · " + chosen.origin()) + "\n");
        console.out().println(console.bold(headline(found)) + "\n");
        console.out().println(checks(found, suspects));
        if (!found.duplicates().isEmpty() && top > 0) {
            console.out().println("\n" + groups(found));
        }
        if (!suspects.isEmpty() && top > 0) {
            console.out().println("\n" + ranking(suspects));
        }
        return ExitCode.OK;
    }

    private List<Suspect> suspects(Dataset train) {
        if (steps == 0 || !(train.targets() instanceof Targets.Classes)) {
            return List.of();
        }
        Backends.Choice backend = global.choose(1);
        OutOfFold models = new OutOfFold(backend.backend(), model, steps, FOLDS, global.seed);
        try (Interruption interruption = new Interruption();
                LiveLines lines = new LiveLines(console, global.quiet)) {
            float[][] rows = models.of(
                    train,
                    global.workers(),
                    done -> lines.update(
                            (double) done / FOLDS,
                            () -> List.of(
                                    "models  " + lines.bar((double) done / FOLDS, 26) + "  " + done + " of " + FOLDS)),
                    interruption);
            return LossRanking.of("train", train, rows);
        }
    }

    private static String headline(Inspection found) {
        int leaks = found.leaks().size();
        int conflicts = found.conflicts().size();
        if (leaks == 0 && conflicts == 0) {
            return "No example is both learnt and tested, and no two equal examples have different labels.";
        }
        String learnt = leaks == 1
                ? "1 group of equal examples is both learnt and tested"
                : String.format(Locale.ROOT, "%,d groups of equal examples are both learnt and tested", leaks);
        String labels = conflicts == 1
                ? "1 group of equal examples has different labels"
                : String.format(Locale.ROOT, "%,d groups of equal examples have different labels", conflicts);
        return (leaks == 0 ? labels : conflicts == 0 ? learnt : learnt + "; " + labels) + ".";
    }

    private String checks(Inspection found, List<Suspect> suspects) {
        String must = console.unicode() ? "✕" : "x";
        String fine = console.unicode() ? "✓" : "v";
        TextTable table = new TextTable().row("", "check", "found", "what to do");
        int inside = found.duplicates().size() - found.leaks().size();
        row(
                table,
                must,
                fine,
                "equal examples in training and test",
                found.leaks().size(),
                "remove them from one part, or the test is too easy");
        row(
                table,
                must,
                fine,
                "equal examples, different labels",
                found.conflicts().size(),
                "decide which label is right");
        row(table, must, fine, "unreadable files", found.unreadable().size(), "replace or delete them");
        row(table, "!", fine, "equal examples inside a part", inside, "keep one of each");
        row(table, "!", fine, "blank pictures", found.blank().size(), "look at them");
        if (!suspects.isEmpty()) {
            int doubted = (int) suspects.stream().filter(Suspect::disagrees).count();
            row(table, "!", fine, "labels the model doubts", doubted, "look at the first below");
        }
        found.balance().forEach((part, balance) -> {
            boolean uneven = balance.largest() > 2 * Math.max(1, balance.smallest());
            table.row(
                    uneven ? "!" : fine,
                    "class sizes of " + part,
                    balance.largest() + " : " + balance.smallest(),
                    uneven ? "mind the rare classes: --metric balanced-accuracy" : "");
        });
        return table.toString();
    }

    private static void row(TextTable table, String mark, String fine, String check, int count, String advice) {
        table.row(count == 0 ? fine : mark, check, String.format(Locale.ROOT, "%,d", count), count == 0 ? "" : advice);
    }

    /** The groups of equal examples, those with different labels first, then those that leak. */
    private String groups(Inspection found) {
        TextTable table = new TextTable().row("equal examples", "", "part", "label", "origin");
        found.duplicates().stream()
                .sorted(Comparator.comparing(DuplicateGroup::conflict)
                        .thenComparing(DuplicateGroup::leak)
                        .reversed())
                .limit(top)
                .forEach(group -> {
                    String what = group.conflict() ? "labels differ" : group.leak() ? "leak" : "";
                    for (Item item : group.items()) {
                        table.row("", what, item.part(), item.label(), item.origin());
                        what = "";
                    }
                });
        return table.toString();
    }

    private String ranking(List<Suspect> suspects) {
        TextTable table = new TextTable().row("highest loss", "given", "model says", "loss", "origin");
        suspects.stream()
                .limit(top)
                .forEach(s -> table.row(
                        "",
                        s.item().label(),
                        s.likely() + String.format(Locale.ROOT, " %.0f %%", 100 * s.preferred()),
                        String.format(Locale.ROOT, "%.1f", s.loss()),
                        s.item().origin()));
        return table.toString();
    }

    private static ObjectNode tree(Inspection found, List<Suspect> suspects) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode examples = node.putObject("examples");
        found.examples().forEach(examples::put);
        ObjectNode balance = node.putObject("balance");
        found.balance().forEach((part, counts) -> {
            ObjectNode classes = balance.putObject(part);
            for (int c = 0; c < counts.classes().size(); c++) {
                classes.put(counts.classes().get(c), counts.counts().get(c));
            }
        });
        ArrayNode groups = node.putArray("duplicates");
        for (DuplicateGroup group : found.duplicates()) {
            ObjectNode one = groups.addObject();
            one.put("sameness", group.sameness().name().toLowerCase(Locale.ROOT))
                    .put("leak", group.leak())
                    .put("conflict", group.conflict());
            items(one.putArray("items"), group.items());
        }
        items(node.putArray("blank"), found.blank());
        ArrayNode unreadable = node.putArray("unreadable");
        found.unreadable().forEach(file -> unreadable.add(file.reason()));
        ArrayNode ranking = node.putArray("ranking");
        for (Suspect suspect : suspects) {
            ObjectNode one = ranking.addObject();
            one.put("origin", suspect.item().origin())
                    .put("given", suspect.item().label())
                    .put("likely", suspect.likely());
            one.put("probabilityGiven", suspect.given())
                    .put("probabilityLikely", suspect.preferred())
                    .put("loss", suspect.loss());
        }
        return node;
    }

    private static void items(ArrayNode array, List<Item> items) {
        items.forEach(item -> array.addObject()
                .put("part", item.part())
                .put("origin", item.origin())
                .put("label", item.label()));
    }
}
