package thimble.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import thimble.data.DataException;

/**
 * A training as it stands between two steps: weights, buffers, moments, methods' variables, step, seed, and what early
 * stopping knows. A file is a safetensors file with these texts as metadata and a checksum.
 *
 * @param setup text of everything that decides the training; another one cannot go on from here
 * @param seed seed of the training
 * @param step steps done
 * @param calibrated run-time numbers of the methods by input name
 * @param variables values of all variables
 * @param best the best weights so far and how many evaluations ago, with early stopping
 */
record Checkpoint(
        String setup, long seed, long step, Map<String, Double> calibrated, Weights variables, Optional<Best> best) {
    private static final String VERSION = "1";
    private static final String BEST = "best/";

    /**
     * The best model so far.
     *
     * @param loss its loss on held-out examples
     * @param worse evaluations since
     * @param weights its evaluated weights
     */
    record Best(double loss, int worse, Weights weights) {}

    void save(Path file) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("thimble.checkpoint", VERSION);
        metadata.put("setup", setup);
        metadata.put("seed", Long.toString(seed));
        metadata.put("step", Long.toString(step));
        calibrated.forEach((name, number) -> metadata.put("value." + name, Double.toHexString(number)));
        List<Weights.Entry> entries = new java.util.ArrayList<>(variables.entries());
        best.ifPresent(known -> {
            metadata.put("best.loss", Double.toHexString(known.loss()));
            metadata.put("best.worse", Integer.toString(known.worse()));
            known.weights()
                    .entries()
                    .forEach(entry ->
                            entries.add(new Weights.Entry(BEST + entry.name(), entry.shape(), entry.values())));
        });
        Weights all = new Weights(entries);
        metadata.put("checksum", checksum(all));
        SafeTensors.write(file, new SafeTensors.Content(metadata, SafeTensors.numbers(all)));
    }

    static Checkpoint load(Path file) {
        SafeTensors.Content content = SafeTensors.read(file);
        Map<String, String> metadata = content.metadata();
        Weights stored = content.weights(file);
        if (!VERSION.equals(metadata.get("thimble.checkpoint"))) {
            throw new DataException("[" + file + "] expected a checkpoint of version " + VERSION + " but received "
                    + metadata.getOrDefault("thimble.checkpoint", "another kind of file"));
        }
        if (!checksum(stored).equals(metadata.get("checksum"))) {
            throw new DataException("[" + file + "] expected checksum " + metadata.get("checksum") + " but received "
                    + checksum(stored) + "; the file is damaged");
        }
        try {
            Map<String, Double> calibrated = new LinkedHashMap<>();
            metadata.forEach((key, text) -> {
                if (key.startsWith("value.")) {
                    calibrated.put(key.substring("value.".length()), Double.parseDouble(text));
                }
            });
            Optional<Best> best = metadata.containsKey("best.loss")
                    ? Optional.of(new Best(
                            Double.parseDouble(metadata.get("best.loss")),
                            Integer.parseInt(metadata.getOrDefault("best.worse", "")),
                            part(stored, true)))
                    : Optional.empty();
            return new Checkpoint(
                    metadata.getOrDefault("setup", ""),
                    Long.parseLong(metadata.getOrDefault("seed", "")),
                    Long.parseLong(metadata.getOrDefault("step", "")),
                    calibrated,
                    part(stored, false),
                    best);
        } catch (NumberFormatException e) {
            throw new DataException("[" + file + "] expected numbers in the header but received " + e.getMessage(), e);
        }
    }

    private static Weights part(Weights all, boolean best) {
        return new Weights(all.entries().stream()
                .filter(entry -> entry.name().startsWith(BEST) == best)
                .map(entry -> best
                        ? new Weights.Entry(entry.name().substring(BEST.length()), entry.shape(), entry.values())
                        : entry)
                .toList());
    }

    private static String checksum(Weights weights) {
        CRC32 sum = new CRC32();
        for (Weights.Entry entry : weights.entries()) {
            java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(4 * entry.values().length);
            bytes.asFloatBuffer().put(entry.values());
            sum.update(bytes);
        }
        return Long.toHexString(sum.getValue());
    }
}
