package thimble.cli;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import thimble.backend.Backends;
import thimble.benchmarks.speed.KernelCase;
import thimble.benchmarks.speed.KernelCases;
import thimble.benchmarks.speed.Speed;
import thimble.benchmarks.speed.SpeedJson;
import thimble.benchmarks.speed.SpeedRun;
import thimble.benchmarks.speed.StepCase;
import thimble.benchmarks.speed.StepCases;

/** Measures how fast a backend is on this machine. */
@Command(
        name = "bench",
        description =
                "Measure kernels and training steps on this machine, beside the speed of its arithmetic and memory.",
        footer = {
            "",
            "  thimble bench                  all, in about two minutes",
            "  thimble bench --quick          in seconds, with less certain numbers",
            "  thimble bench conv lenet5      what has one of these words in its line of --list",
            "  thimble bench --guard --json   for a machine that watches over speed"
        })
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "WORD",
            description = "Only kernels and steps whose line has one of these words.")
    private List<String> words = List.of();

    @Option(names = "--quick", description = "Less time, less certain numbers.")
    private boolean quick;

    @Option(names = "--list", description = "Measure nothing: list what there is.")
    private boolean list;

    @Option(
            names = "--guard",
            description = "Exit with 3 if a kernel allocates memory, or a product or convolution on one thread stays "
                    + "below 60 %% of the multiply-adds timed beside it.")
    private boolean guard;

    @Inject
    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<KernelCase> kernels = KernelCases.all().stream()
                .filter(kernel -> wanted("kernels " + kernel.title()))
                .toList();
        List<StepCase> steps = StepCases.all().stream()
                .filter(step -> wanted("steps " + step.title()))
                .toList();
        if (kernels.isEmpty() && steps.isEmpty()) {
            throw new IllegalArgumentException("[bench] expected words of lines of 'thimble bench --list' but received "
                    + String.join(" ", words));
        }
        if (list) {
            kernels.forEach(kernel -> console.out().println("kernels " + kernel.title()));
            steps.forEach(step -> console.out().println("steps " + step.title()));
            return ExitCode.OK;
        }
        Backends.Choice choice = global.choose(global.workers());
        if (!global.quiet) {
            console.err().println(choice.reason());
        }
        SpeedRun run = new SpeedRun(count -> global.choose(count).backend(), threads(), kernels, steps, quick);
        Speed speed;
        try (BenchProgress progress = new BenchProgress(console, global.quiet)) {
            speed = run.run(progress);
        }
        if (global.json) {
            console.out().println(Json.text(SpeedJson.of(speed)));
        } else {
            console.out().println(BenchTable.of(speed));
        }
        return guarded(speed);
    }

    private int guarded(Speed speed) {
        if (!guard || speed.misses().isEmpty()) {
            return ExitCode.OK;
        }
        speed.misses().forEach(miss -> console.err().println(console.bad("guard: ") + miss));
        return ExitCode.GATE;
    }

    private boolean wanted(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return words.isEmpty() || words.stream().anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)));
    }

    /** The number that the user asked for; else one and all cores, where the backend lets choose. */
    private List<Integer> threads() {
        int workers = global.workers();
        if (!global.threaded()) {
            return List.of(Math.max(1, global.named().orElse(1)));
        }
        return global.threads > 0 || workers == 1 ? List.of(workers) : List.of(1, workers);
    }
}
