package thimble.cli;

import io.micronaut.configuration.picocli.MicronautFactory;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;
import thimble.backend.BackendException;
import thimble.benchmarks.StoreException;
import thimble.data.DataException;

/** Where the program starts. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Logger.getLogger("io.micronaut").setLevel(Level.WARNING);
        System.exit(run(new Console(), args));
    }

    /** Runs a command; the exit code of {@link ExitCode}. */
    static int run(Console console, String... args) {
        try (ApplicationContext context = ApplicationContext.builder()
                        .banner(false)
                        .deduceEnvironment(false)
                        .singletons(console)
                        .start();
                MicronautFactory factory = new MicronautFactory(context)) {
            return commandLine(console, factory).execute(args);
        }
    }

    private static CommandLine commandLine(Console console, MicronautFactory factory) {
        CommandLine line = new CommandLine(ThimbleCommand.class, factory);
        line.setOut(new PrintWriter(console.out(), true, console.out().charset()));
        line.setErr(new PrintWriter(console.err(), true, console.err().charset()));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, _ -> "");
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::text);
        line.setUsageHelpWidth(Math.clamp(console.width(), 60, 114));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, _) -> explain(console, failure, command));
        line.setParameterExceptionHandler(new UsageErrors(console));
        return line;
    }

    private static int explain(Console console, Exception failure, CommandLine command) {
        boolean usage = failure instanceof IllegalArgumentException;
        boolean expected = usage
                || failure instanceof DataException
                || failure instanceof BackendException
                || failure instanceof StoreException
                || failure instanceof java.io.UncheckedIOException;
        if (failure instanceof CancellationException) {
            return ExitCode.INTERRUPTED;
        }
        console.err().println(console.bad("thimble " + command.getCommandName() + ": ") + message(failure));
        if (!expected) {
            if ("1".equals(System.getenv("THIMBLE_DEBUG"))) {
                failure.printStackTrace(console.err());
            } else {
                console.err().println("This is a fault of the program. THIMBLE_DEBUG=1 shows where it happened.");
            }
        }
        return usage ? ExitCode.USAGE : ExitCode.FAILED;
    }

    private static String message(Exception failure) {
        String text = failure.getMessage();
        return text == null ? failure.getClass().getSimpleName() : text;
    }
}
