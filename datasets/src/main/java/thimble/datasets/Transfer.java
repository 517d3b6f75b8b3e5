package thimble.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import thimble.data.DatasetSource.Download;

/** One attempt to get the missing end of a file from one address. */
final class Transfer {
    private static final int OK = 200;
    private static final int PARTIAL = 206;

    private final HttpClient client;
    private final URI address;
    private final Download download;
    private final Fetch.Progress progress;

    Transfer(HttpClient client, URI address, Download download, Fetch.Progress progress) {
        this.client = client;
        this.address = address;
        this.download = download;
        this.progress = progress;
    }

    /** The address did not give the file; what was got is kept. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    /** Fills the part up to the known length. */
    void into(PartFile part) throws Failed {
        if (part.size() > download.bytes()) {
            part.clear();
        }
        if (part.size() == download.bytes()) {
            return;
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(2)).GET();
        if (part.size() > 0) {
            request.header("Range", "bytes=" + part.size() + "-");
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                begin(part, response);
                copy(body, part);
            }
        } catch (IOException e) {
            throw new Failed(address + ": expected " + download.bytes() + " bytes but received " + part.size()
                    + " and then " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Failed(address + ": interrupted after " + part.size() + " of " + download.bytes() + " bytes");
        }
        if (part.size() < download.bytes()) {
            throw new Failed(address + ": expected " + download.bytes() + " bytes but received " + part.size());
        }
    }

    private void begin(PartFile part, HttpResponse<InputStream> response) throws Failed {
        String range = response.headers().firstValue("Content-Range").orElse("");
        if (response.statusCode() == OK) {
            part.clear();
        } else if (response.statusCode() != PARTIAL || !range.startsWith("bytes " + part.size() + "-")) {
            throw new Failed(address + ": expected status 200, or 206 from byte " + part.size() + ", but received "
                    + response.statusCode() + (range.isEmpty() ? "" : " with " + range));
        }
    }

    private void copy(InputStream body, PartFile part) throws IOException, Failed {
        byte[] buffer = new byte[1 << 16];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            if (part.size() + count > download.bytes()) {
                part.clear();
                throw new Failed(address + ": expected " + download.bytes() + " bytes but received more");
            }
            part.append(buffer, count);
            progress.at(download.file(), part.size(), download.bytes());
        }
    }
}
