package thimble.benchmarks.report;

/** Text in pages that are well-formed XML too. */
final class Html {
    private Html() {}

    /** Text or attribute value. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
