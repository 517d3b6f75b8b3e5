package thimble.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.data.DataException;

class PictureTest {
    @TempDir
    private Path folder;

    @Test
    void greyLevelsAreThoseOfTheFile() throws IOException {
        Picture picture = Picture.read(Pictures.write(folder.resolve("g.png"), BufferedImage.TYPE_BYTE_GRAY, 5, 3, 2));
        assertThat(picture.channels()).isEqualTo(1);
        assertThat(picture.width()).isEqualTo(5);
        assertThat(picture.height()).isEqualTo(3);
        for (int i = 0; i < 15; i++) {
            assertThat(picture.channel(0)[i]).isEqualTo((byte) (17 * (i % 5) + 29 * (i / 5) + 106));
        }
    }

    @Test
    void coloursOfEachFormat() throws IOException {
        for (String ending : new String[] {"png", "bmp"}) {
            Picture picture =
                    Picture.read(Pictures.write(folder.resolve("c." + ending), BufferedImage.TYPE_INT_RGB, 4, 4, 7));
            assertThat(picture.channels()).isEqualTo(3);
            assertThat(picture.channel(0)[1]).isEqualTo((byte) (17 + 371));
            assertThat(picture.channel(2)[1]).isEqualTo((byte) 7);
        }
        for (String ending : new String[] {"jpg", "gif"}) {
            Picture picture =
                    Picture.read(Pictures.write(folder.resolve("c." + ending), BufferedImage.TYPE_INT_RGB, 4, 4, 7));
            assertThat(picture.width()).isEqualTo(4);
        }
    }

    @Test
    void transparencyIsWhitePaper() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00000000);
        image.setRGB(1, 0, 0x80000000);
        ImageIO.write(image, "png", folder.resolve("t.png").toFile());
        Picture picture = Picture.read(folder.resolve("t.png"));
        assertThat(picture.channels()).isEqualTo(1);
        assertThat(picture.channel(0)).containsExactly(255, 127);
    }

    @Test
    void sixteenBitsBecomeEight() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 65535);
        image.getRaster().setSample(1, 0, 0, 257 * 100);
        ImageIO.write(image, "png", folder.resolve("deep.png").toFile());
        assertThat(Picture.read(folder.resolve("deep.png")).channel(0)).containsExactly(255, 100);
    }

    @Test
    void cutAndForeignFilesAreErrors() throws IOException {
        for (String ending : new String[] {"png", "bmp", "gif"}) {
            Path whole = Pictures.write(folder.resolve("w." + ending), BufferedImage.TYPE_INT_RGB, 40, 40, 7);
            byte[] bytes = Files.readAllBytes(whole);
            for (int length : new int[] {0, 1, 10, 30, bytes.length / 2}) {
                Path cut = FileBytes.write(folder, "cut." + ending, Arrays.copyOf(bytes, length));
                assertThatThrownBy(() -> Picture.read(cut))
                        .as("%s of %d bytes", ending, length)
                        .isInstanceOf(DataException.class)
                        .hasMessageStartingWith(cut + ": offset ");
            }
        }
        Path text = FileBytes.write(folder, "text.png", "no picture at all");
        assertThatThrownBy(() -> Picture.read(text)).hasMessageContaining("expected a PNG, JPEG, GIF or BMP picture");
        assertThatThrownBy(() -> Picture.read(folder.resolve("absent.png"))).isInstanceOf(DataException.class);
    }

    @Test
    void damagedContentIsAnError() throws IOException {
        byte[] bytes =
                Files.readAllBytes(Pictures.write(folder.resolve("w.png"), BufferedImage.TYPE_INT_RGB, 40, 40, 7));
        Arrays.fill(bytes, 60, 160, (byte) 0x33);
        Path damaged = FileBytes.write(folder, "damaged.png", bytes);
        assertThatThrownBy(() -> Picture.read(damaged))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(damaged + ": offset ");
    }

    @Test
    void sizesOfTheHeaderAreNotBelieved() throws IOException {
        byte[] bytes =
                Files.readAllBytes(Pictures.write(folder.resolve("w.png"), BufferedImage.TYPE_BYTE_GRAY, 4, 4, 7));
        ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 60_000);
        CRC32 crc = new CRC32();
        crc.update(bytes, 12, 17);
        ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
        Path huge = FileBytes.write(folder, "huge.png", bytes);
        assertThatThrownBy(() -> Picture.read(huge))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("offset 0: expected at most ")
                .hasMessageContaining("but received a header of 60000 x 60000");
    }
}
