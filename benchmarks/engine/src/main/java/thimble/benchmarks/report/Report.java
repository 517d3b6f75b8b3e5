package thimble.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import thimble.benchmarks.Summary;

/** One self-contained page for people: the answer, figures, tables, and how it was found. Complete without script. */
public final class Report {
    private Report() {}

    /** The page, answering for the largest size at which something is distinguishable. */
    public static String html(Summary summary) {
        return html(View.of(Headline.of(summary)));
    }

    /**
     * The page, answering for one size.
     *
     * @throws IllegalArgumentException if the size was not compared
     */
    public static String html(Summary summary, int size) {
        if (!summary.config().sizes().contains(size)) {
            throw new IllegalArgumentException(
                    "[report] expected one of the sizes " + summary.config().sizes() + " but received " + size);
        }
        return html(View.of(Headline.at(summary, size)));
    }

    private static String html(View view) {
        String style = resource("report.css") + new BaselineTables(view).css() + "\n";
        String script = resource("report.js");
        String policy = "default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script)
                + "'; base-uri 'none'; form-action 'none'";
        String title = Sentences.prose(view.headline(), view.names()).answer().text();
        return "<!DOCTYPE html>\n"
                + "<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n"
                + "<head>\n"
                + "<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + Html.text(policy) + "\"/>\n"
                + "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
                + "<title>" + Html.text(title) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<main>\n"
                + new Page(view).body()
                + "</main>\n<script>" + script + "</script>\n</body>\n</html>\n";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("[sha-256] every Java runtime must have it", absent);
        }
    }

    static String resource(String name) {
        try (InputStream in = Report.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("[report] expected the resource " + name + " beside its class");
            }
            return "\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
