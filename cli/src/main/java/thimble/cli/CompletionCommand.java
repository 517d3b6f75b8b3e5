package thimble.cli;

import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import thimble.method.Methods;

/** Prints a script that lets a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Print a script that completes commands and options in a shell.",
        footer = {
            "",
            "Examples:",
            "  source <(thimble completion bash)     in ~/.bashrc",
            "  source <(thimble completion zsh)      in ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    private final Console console;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Inject
    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw new IllegalArgumentException(Methods.unknown("shell", shell, SHELLS));
        }
        // One script serves both: under zsh it begins by loading the emulation of bash's completion.
        console.out().println(AutoComplete.bash("thimble", command.root().commandLine()));
        return ExitCode.OK;
    }
}
