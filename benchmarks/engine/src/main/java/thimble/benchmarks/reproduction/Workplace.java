package thimble.benchmarks.reproduction;

import java.nio.file.Path;
import java.util.function.Function;
import thimble.backend.Backend;
import thimble.benchmarks.Environment;
import thimble.benchmarks.TrialRunner;
import thimble.data.DatasetSource;

/**
 * Where and with what an experiment is run.
 *
 * @param folder where its results are kept
 * @param data named data sets; may be asked for one more than once
 * @param runner trains the arms of comparisons
 * @param backend where measurements train, with one thread per program
 * @param environment for the record
 * @param workers trainings at once, at least 1
 * @param seed seed of the first repeat
 * @param form how much is run
 */
public record Workplace(
        Path folder,
        Function<String, DatasetSource.Parts> data,
        TrialRunner runner,
        Backend backend,
        Environment environment,
        int workers,
        long seed,
        Form form) {}
