package thimble.datasets.format;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Picture files for tests. */
public final class Pictures {
    private Pictures() {}

    /** Writes a picture whose pixels depend on place and seed; the ending of the name is the format. */
    public static Path write(Path path, int type, int width, int height, int seed) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int level = (17 * x + 29 * y + 53 * seed) & 0xff;
                if (type == BufferedImage.TYPE_BYTE_GRAY) {
                    image.getRaster().setSample(x, y, 0, level);
                } else {
                    image.setRGB(x, y, 0xff000000 | level << 16 | (255 - level) << 8 | (seed & 0xff));
                }
            }
        }
        Files.createDirectories(path.getParent());
        String name = path.getFileName().toString();
        if (!ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), path.toFile())) {
            throw new IllegalStateException("no writer for " + name);
        }
        return path;
    }
}
