package thimble.datasets.format;

import java.nio.file.Path;

/**
 * A file that was left out because it could not be read.
 *
 * @param path the file
 * @param reason what was expected and what came
 */
public record Unreadable(Path path, String reason) {}
