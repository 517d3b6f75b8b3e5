package thimble.cli;

import thimble.benchmarks.Summary;
import thimble.benchmarks.TrialStore;
import thimble.benchmarks.report.Report;
import thimble.benchmarks.report.TerminalReport;
import thimble.benchmarks.report.VegaLite;

/**
 * What a comparison leaves: the files beside its trials, and the answer on the terminal.
 *
 * @param console where the answer goes
 * @param store the folder of the comparison
 * @param summary what was found
 */
record CompareResult(Console console, TrialStore store, Summary summary) {
    /** Writes {@code summary.json}, {@code report.html} and its figures for drawing anew, each at once. */
    void write() {
        store.write("summary.json", summary.json());
        if (!summary.cells().isEmpty()) {
            store.write("report.html", Report.html(summary));
            VegaLite.figures(summary).forEach((name, text) -> store.write("figures/" + name + ".vl.json", text));
        }
    }

    /** Prints the answer, or the summary as JSON. */
    void print(boolean json) {
        if (json) {
            console.out().println(summary.json());
            return;
        }
        if (summary.cells().isEmpty()) {
            console.err().println("every trial failed");
            TerminalReport.failures(summary).forEach(console.err()::println);
            return;
        }
        console.out().println(TerminalReport.text(summary, console.width(), console.colour(), console.unicode()));
    }
}
