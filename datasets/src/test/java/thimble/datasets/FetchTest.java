package thimble.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.data.DataException;
import thimble.data.DatasetSource;
import thimble.data.DatasetSource.Download;
import thimble.datasets.format.FileBytes;

class FetchTest {
    private static final byte[] CONTENT = content();

    @TempDir
    private Path root;

    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final Fetch fetch = new Fetch();
    private HttpServer server;
    private volatile int breakAfter = Integer.MAX_VALUE;
    private volatile boolean supportsRanges = true;
    private volatile byte[] served = CONTENT;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", this::serve);
        server.createContext("/gone", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        fetch.close();
    }

    @Test
    void downloadsAndReportsProgress() throws IOException {
        List<Long> seen = new ArrayList<>();
        Path file = fetch.download(download("/file"), root, (_, bytes, _) -> seen.add(bytes));
        assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
        assertThat(seen).isSorted().endsWith((long) CONTENT.length);
        assertThat(root.toFile().list()).containsExactly("data.bin");
    }

    @Test
    void interruptedDownloadsGoOnWhereTheyEnded() throws IOException {
        breakAfter = 100_000;
        assertThatThrownBy(() -> fetch.download(download("/file"), root, FetchTest::silent))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the same command goes on where this one ended");
        Path part = root.resolve("data.bin.part");
        long there = Files.size(part);
        assertThat(there).isBetween(1L, 100_000L);
        assertThat(root.resolve("data.bin")).doesNotExist();
        breakAfter = Integer.MAX_VALUE;
        assertThat(Files.readAllBytes(fetch.download(download("/file"), root, FetchTest::silent)))
                .isEqualTo(CONTENT);
        assertThat(ranges).containsExactly("", "bytes=" + there + "-");
        assertThat(part).doesNotExist();
    }

    @Test
    void serversWithoutRangesBeginAnew() throws IOException {
        Files.write(root.resolve("data.bin.part"), new byte[5000]);
        supportsRanges = false;
        assertThat(Files.readAllBytes(fetch.download(download("/file"), root, FetchTest::silent)))
                .isEqualTo(CONTENT);
    }

    @Test
    void mirrorsAreTriedInOrder() throws IOException {
        assertThat(Files.readAllBytes(fetch.download(download("/gone", "/file"), root, FetchTest::silent)))
                .isEqualTo(CONTENT);
        assertThatThrownBy(() -> fetch.download(download("/gone"), root.resolve("other"), FetchTest::silent))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("/gone: expected status 200, or 206 from byte 0, but received 404");
    }

    @Test
    void otherContentIsRefusedAndRemoved() {
        served = CONTENT.clone();
        served[7]++;
        assertThatThrownBy(() -> fetch.download(download("/file"), root, FetchTest::silent))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected SHA-256 " + sha256(CONTENT) + " but received " + sha256(served));
        assertThat(root.toFile().list()).isEmpty();
    }

    @Test
    void damagedBeginningsAreNotKept() throws IOException {
        Files.write(root.resolve("data.bin.part"), new byte[5000]);
        assertThatThrownBy(() -> fetch.download(download("/file"), root, FetchTest::silent))
                .isInstanceOf(DataException.class);
        assertThat(Files.readAllBytes(fetch.download(download("/file"), root, FetchTest::silent)))
                .isEqualTo(CONTENT);
    }

    @Test
    void longerAndShorterAnswersAreErrors() {
        served = Arrays.copyOf(CONTENT, CONTENT.length + 1);
        assertThatThrownBy(() -> fetch.download(download("/file"), root, FetchTest::silent))
                .hasMessageContaining("but received more");
        served = Arrays.copyOf(CONTENT, CONTENT.length - 1);
        assertThatThrownBy(() -> fetch.download(download("/file"), root, FetchTest::silent))
                .hasMessageContaining("expected " + CONTENT.length + " bytes but received " + (CONTENT.length - 1));
    }

    @Test
    void presentFilesAreNotFetchedAgain() throws IOException {
        Files.write(root.resolve("data.bin"), CONTENT);
        fetch.download(download("/file"), root, FetchTest::silent);
        assertThat(ranges).isEmpty();
        Files.write(root.resolve("data.bin"), new byte[3]);
        assertThat(Files.readAllBytes(fetch.download(download("/file"), root, FetchTest::silent)))
                .isEqualTo(CONTENT);
    }

    @Test
    void fullDisksAreSaidBefore() {
        try (Fetch full = new Fetch(_ -> 1000)) {
            assertThatThrownBy(() -> full.download(download("/file"), root, FetchTest::silent))
                    .isInstanceOf(DataException.class)
                    .hasMessage(root + ": expected 0.3 MB of free space for data.bin but received 1.0 kB");
        }
        assertThat(ranges).isEmpty();
    }

    @Test
    void disksThatFillDuringTheDownloadAreSaid() throws IOException {
        Path part = fullDisk(root.resolve("data.bin.part"));
        assertThatThrownBy(() -> fetch.download(download("/file", "/file"), root, FetchTest::silent))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(part + ": expected to write the download but received ")
                .hasMessageEndingWith("; free some space, then the same command goes on");
        assertThat(ranges).as("no mirror has a larger disk").hasSize(1);
        assertThat(root.toFile().list()).containsExactly("data.bin.part");
        Files.delete(part);
        assertThat(Files.readAllBytes(fetch.download(download("/file"), root, FetchTest::silent)))
                .isEqualTo(CONTENT);
    }

    @Test
    void disksThatFillDuringUnpackingAreSaidAndTheArchiveStays() throws IOException {
        served = FileBytes.gzip(tar("batch.bin", new byte[] {1, 2, 3}));
        Download archive = new Download("a.tar.gz", List.of(address("/file")), served.length, sha256(served));
        Path folder = Files.createDirectory(root.resolve("mine"));
        fullDisk(folder.resolve("batch.bin.part"));
        assertThatThrownBy(() -> fetch.fetch(source(archive), root, FetchTest::silent))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        folder.resolve("batch.bin") + ": expected to write the unpacked file but received ")
                .hasMessageEndingWith("; free some space, then the same command goes on");
        assertThat(folder.toFile().list()).containsExactly("a.tar.gz");
        fetch.fetch(source(archive), root, FetchTest::silent);
        assertThat(Files.readAllBytes(folder.resolve("batch.bin"))).containsExactly(1, 2, 3);
        assertThat(ranges).as("the archive was not fetched again").hasSize(1);
    }

    /** Makes a file to which nothing can be written for want of space. */
    private static Path fullDisk(Path file) throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "needs /dev/full of Linux");
        return Files.createSymbolicLink(file, full);
    }

    @Test
    void oneDownloadAtATime() {
        try (PartFile part = PartFile.open(root.resolve("data.bin.part"))) {
            assertThat(part.size()).isZero();
            assertThatThrownBy(() -> fetch.download(download("/file"), root, FetchTest::silent))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("another one is writing here");
        }
    }

    @Test
    void foldersThatCannotBeMadeAreErrors() throws IOException {
        Path file = Files.write(root.resolve("file"), new byte[1]);
        assertThatThrownBy(() -> fetch.download(download("/file"), file.resolve("in"), FetchTest::silent))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected a folder that can be made");
    }

    @Test
    void archivesAreUnpacked() throws IOException {
        served = FileBytes.gzip(tar("pictures/batch.bin", new byte[] {1, 2, 3}));
        Download archive = new Download("a.tar.gz", List.of(address("/file")), served.length, sha256(served));
        fetch.fetch(source(archive), root, FetchTest::silent);
        assertThat(Files.readAllBytes(root.resolve("mine/pictures/batch.bin"))).containsExactly(1, 2, 3);
        assertThat(root.resolve("mine/a.tar.gz")).doesNotExist();
        served = FileBytes.gzip(tar("../../evil", new byte[] {1}));
        Download evil = new Download("b.tar.gz", List.of(address("/file")), served.length, sha256(served));
        assertThatThrownBy(() -> fetch.fetch(source(evil), root, FetchTest::silent))
                .hasMessageContaining("expected a name inside the folder");
        byte[] cut = Arrays.copyOf(tar("x", new byte[600]), 900);
        served = FileBytes.gzip(cut);
        Download shorter = new Download("c.tar.gz", List.of(address("/file")), served.length, sha256(served));
        assertThatThrownBy(() -> fetch.fetch(source(shorter), root, FetchTest::silent))
                .hasMessageContaining("expected a whole archive");
        assertThat(root.resolve("mine/x")).doesNotExist();
    }

    @Test
    void nothingToFetchIsAnError() {
        assertThatThrownBy(() -> fetch.fetch(Catalogue.installed().source("glyphs"), root, FetchTest::silent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[fetch] expected a data set that can be downloaded but received 'glyphs': it is embedded");
    }

    private static void silent(String file, long bytes, long total) {}

    private Download download(String... paths) {
        List<URI> addresses = Arrays.stream(paths).map(this::address).toList();
        return new Download("data.bin", addresses, CONTENT.length, sha256(CONTENT));
    }

    private URI address(String path) {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                .orElse("");
        ranges.add(range);
        int from = range.isEmpty() || !supportsRanges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        byte[] bytes = served;
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            out.write(bytes, from, Math.min(breakAfter, bytes.length - from));
        }
    }

    private static DatasetSource source(Download download) {
        return new DatasetSource() {
            @Override
            public String name() {
                return "mine";
            }

            @Override
            public Info info() {
                return new Info("mine", "none", "nobody", "1", 2, 1, 0, false);
            }

            @Override
            public Parts load(List<Path> folders) {
                throw Missing.of(this, folders);
            }

            @Override
            public boolean present(List<Path> folders) {
                return false;
            }

            @Override
            public List<Download> downloads() {
                return List.of(download);
            }
        };
    }

    private static byte[] tar(String name, byte[] content) {
        byte[] archive = new byte[512 + (content.length + 511) / 512 * 512 + 1024];
        byte[] title = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(title, 0, archive, 0, title.length);
        byte[] size = String.format("%011o", content.length).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(size, 0, archive, 124, size.length);
        archive[156] = '0';
        System.arraycopy(content, 0, archive, 512, content.length);
        return archive;
    }

    private static byte[] content() {
        byte[] bytes = new byte[300_000];
        new SplittableRandom(1).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            Path file = Files.createTempFile("content", ".bin");
            try {
                return Checked.sha256(Files.write(file, bytes));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
