package thimble.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import thimble.method.Methods;

/** Says what is wrong with a command line in one line, with the nearest option or command that exists. */
final class UsageErrors implements IParameterExceptionHandler {
    private final Console console;

    UsageErrors(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        String where = command.getCommandSpec().qualifiedName(" ");
        console.err().println(console.bad(where + ": ") + text(error, command));
        console.err().println("'" + where + " --help' lists what there is.");
        return ExitCode.USAGE;
    }

    private static String text(ParameterException error, CommandLine command) {
        if (error instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String given = unmatched.getUnmatched().getFirst();
            boolean option = given.startsWith("-");
            List<String> known = option
                    ? options(command)
                    : List.copyOf(command.getSubcommands().keySet());
            String name = option ? given.replaceFirst("=.*", "") : given;
            String hint = Methods.nearest(name, known)
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("");
            return "unknown " + (option ? "option" : command.getSubcommands().isEmpty() ? "argument" : "command") + " '"
                    + name + "'" + hint;
        }
        return String.valueOf(error.getMessage());
    }

    private static List<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .collect(Collectors.toList());
    }
}
