package thimble.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands in the program's help: those of every day first, the others under <em>More</em>. */
final class CommandGroups {
    private static final List<String> EVERYDAY = List.of("compare", "train", "predict", "inspect");

    private CommandGroups() {}

    /** The section of a command's help; empty for a command without others below it. */
    static String text(Help help) {
        Map<String, Help> all = help.subcommands();
        if (all.isEmpty()) {
            return "";
        }
        List<String> more = new ArrayList<>(all.keySet());
        more.removeAll(EVERYDAY);
        return "Commands:\n" + table(all, EVERYDAY) + "\nMore:\n" + table(all, more);
    }

    private static String table(Map<String, Help> all, List<String> names) {
        int width = all.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            Help help = Objects.requireNonNull(all.get(name), name);
            UsageMessageSpec usage = help.commandSpec().usageMessage();
            text.append("  ")
                    .append(help.colorScheme().commandText(name))
                    .append(" ".repeat(width - name.length() + 2))
                    .append(String.join(" ", usage.description()))
                    .append('\n');
        }
        return text.toString();
    }
}
