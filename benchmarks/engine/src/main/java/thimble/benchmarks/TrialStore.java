package thimble.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The folder of one comparison: {@code config.json}, {@code trials.jsonl}, {@code tuning.jsonl}, and what is written at the end. One process
 * at a time; what was appended survives a kill of the process. Safe for many threads.
 */
public final class TrialStore implements AutoCloseable {
    /** Names of the files a comparison writes. */
    public static final List<String> FILES = List.of(
            "config.json",
            "trials.jsonl",
            "tuning.jsonl",
            "summary.json",
            "report.html",
            "figures/curves.vl.json",
            "figures/differences.vl.json",
            "figures/gaps.vl.json",
            "figures/costs.vl.json");

    private final Path folder;
    private final Config config;
    private final FolderLock lock;
    private final Journal trials;
    private final Journal tuning;

    private TrialStore(Path folder, Config config, FolderLock lock) throws IOException {
        this.folder = folder;
        this.config = config;
        this.lock = lock;
        this.trials = Journal.open(folder.resolve("trials.jsonl"));
        this.tuning = Journal.open(folder.resolve("tuning.jsonl"));
    }

    /**
     * Starts a folder of results.
     *
     * @param force true to delete the results of an earlier comparison in it
     * @throws StoreException if it holds results already, is in use, or cannot be written
     */
    public static TrialStore create(Path folder, Config config, boolean force) {
        return opened(folder, lock -> {
            List<String> there = FILES.stream()
                    .filter(name -> Files.exists(folder.resolve(name)))
                    .toList();
            if (!there.isEmpty() && !force) {
                throw new StoreException("[results] " + folder + " already holds " + String.join(", ", there)
                        + "; go on with --resume, replace them with --force, or choose another --out");
            }
            for (String name : there) {
                Files.delete(folder.resolve(name));
            }
            TrialStore store = new TrialStore(folder, config, lock);
            store.write("config.json", config.text());
            return store;
        });
    }

    /**
     * Goes on with a folder of results.
     *
     * @throws StoreException if it was made by another comparison (the first difference is named), is in use, or cannot be written
     */
    public static TrialStore resume(Path folder, Config config) {
        if (!Files.exists(folder.resolve("config.json"))) {
            throw new StoreException(
                    "[results] nothing to resume in " + folder + ": config.json is not there; start without --resume");
        }
        return opened(folder, lock -> {
            Config.read(folder).difference(config).ifPresent(difference -> {
                throw new StoreException("[results] " + folder + " was made by another comparison: " + difference
                        + "; repeat that command to resume, or choose another --out");
            });
            return new TrialStore(folder, config, lock);
        });
    }

    /**
     * Starts a folder of results or joins it: other arms, sizes and repeats under the same conditions add their trials.
     *
     * @throws StoreException if it holds trials under other conditions (the first difference is named), is in use, or cannot be written
     */
    public static TrialStore join(Path folder, Config config) {
        if (!Files.exists(folder.resolve("config.json"))) {
            return create(folder, config, false);
        }
        return opened(folder, lock -> {
            Config.read(folder).conditions().difference(config.conditions()).ifPresent(difference -> {
                throw new StoreException("[results] " + folder + " holds trials under other conditions: " + difference);
            });
            return new TrialStore(folder, config, lock);
        });
    }

    /** All finished trials of a folder, in the order finished; needs no lock. */
    public static List<Trial> trials(Path folder) {
        return read(folder.resolve("trials.jsonl"), Trial::of);
    }

    /** All tuning trials of a folder, in the order finished, of each candidate the last; needs no lock. */
    public static List<TuningTrial> tuning(Path folder) {
        Map<Candidate, TuningTrial> latest = new LinkedHashMap<>();
        for (TuningTrial trial : read(folder.resolve("tuning.jsonl"), TuningTrial::of)) {
            latest.put(trial.of(), trial);
        }
        return List.copyOf(latest.values());
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    /** The configuration of the comparison. */
    public Config config() {
        return config;
    }

    /** Finished trials by key, failed ones included; the last line of a key counts. */
    public Map<TrialKey, Trial> finished() {
        return trials(folder).stream()
                .collect(Collectors.toMap(Trial::key, Function.identity(), (first, last) -> last));
    }

    /** Appends a trial; on the disk when this returns. */
    public void append(Trial trial) {
        trials.append(trial.line());
    }

    /** Appends a tuning trial; on the disk when this returns. */
    public void append(TuningTrial trial) {
        tuning.append(trial.line());
    }

    /** Writes a whole file at once: readers see the old one or the new one, never half of it. */
    public void write(String name, String content) {
        Path target = folder.resolve(name);
        Path draft = folder.resolve(name + ".part");
        try {
            Files.createDirectories(target.toAbsolutePath().resolveSibling(""));
            try (FileChannel channel = FileChannel.open(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            draft.toFile().delete();
            throw unwritable(target, failure);
        }
    }

    @Override
    public void close() {
        try (lock;
                trials) {
            tuning.close();
        } catch (IOException failure) {
            throw unwritable(folder, failure);
        }
    }

    private static <T> List<T> read(Path file, Function<JsonNode, T> form) {
        try {
            return Journal.read(file, form);
        } catch (IOException failure) {
            throw new StoreException("[results] cannot read " + file + ": " + failure, failure);
        }
    }

    private static TrialStore opened(Path folder, Opening opening) {
        try {
            Files.createDirectories(folder);
            FolderLock lock = FolderLock.of(folder);
            try {
                return opening.with(lock);
            } catch (IOException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw unwritable(folder, failure);
        }
    }

    private static StoreException unwritable(Path path, IOException failure) {
        return new StoreException(
                "[results] cannot write " + path + ": " + failure.getClass().getSimpleName() + " "
                        + failure.getMessage(),
                failure);
    }

    @FunctionalInterface
    private interface Opening {
        TrialStore with(FolderLock lock) throws IOException;
    }
}
