package thimble.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself: shows the help. */
@Command(
        name = "thimble",
        description = "Machine learning for people who have little data.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        subcommands = {
            CompareCommand.class,
            TrainCommand.class,
            PredictCommand.class,
            InspectCommand.class,
            EvaluateCommand.class,
            ReproduceCommand.class,
            MethodsCommand.class,
            DatasetsCommand.class,
            BackendsCommand.class,
            BenchCommand.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "Start with:",
            "  thimble compare                  which methods help, on MNIST or embedded glyphs",
            "  thimble compare --data FOLDER    the same on your own pictures or table"
        })
final class ThimbleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
