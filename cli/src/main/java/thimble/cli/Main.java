package thimble.cli;

import io.micronaut.configuration.picocli.MicronautFactory;
import io.micronaut.context.ApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the command line. */
@Command(
        name = "thimble",
        mixinStandardHelpOptions = true,
        version = "thimble 0.1.0",
        description = "Machine learning for people who have little data.")
public final class Main implements Runnable {
    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        int code;
        try (ApplicationContext context = ApplicationContext.builder().start()) {
            code = new CommandLine(new Main(), new MicronautFactory(context)).execute(arguments);
        }
        System.exit(code);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
