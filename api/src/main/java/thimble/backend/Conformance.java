package thimble.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares a backend with the float64 reference: every primitive at border sizes with its derivatives, and whole training steps. Checks too that
 * misuse ends in an error.
 */
public final class Conformance {
    private Conformance() {}

    /**
     * A case that did not agree.
     *
     * @param name the case
     * @param difference what differed or was thrown, with the graph
     */
    public record Failure(String name, String difference) {}

    /**
     * What was compared.
     *
     * @param backend description of the backend
     * @param cases number of cases
     * @param failures the cases that did not agree
     */
    public record Report(String backend, int cases, List<Failure> failures) {
        /** True if all cases agreed. */
        public boolean passed() {
            return failures.isEmpty();
        }

        /** One line, then every failure. */
        public String text() {
            return failures.stream()
                    .map(failure -> failure.name() + ": " + failure.difference())
                    .collect(Collectors.joining(
                            "\n\n",
                            backend + ": " + (cases - failures.size()) + " of " + cases
                                    + " cases agree with the reference\n",
                            ""));
        }
    }

    /** All cases, and that closed things and indices outside do no harm. */
    public static Report run(Backend backend) {
        Report numbers = run(backend, ConformanceCases.all());
        List<Failure> failures = new ArrayList<>(numbers.failures());
        failures.addAll(Misuse.failures(backend));
        return new Report(numbers.backend(), numbers.cases() + Misuse.CASES.size(), failures);
    }

    /** Some cases; one that throws is a failure, and the others still run. */
    public static Report run(Backend backend, List<ConformanceCase> cases) {
        List<Failure> failures = new ArrayList<>();
        for (ConformanceCase compared : cases) {
            try {
                Optional<String> difference = compared.differs(backend);
                difference.ifPresent(text -> failures.add(new Failure(compared.name(), text)));
            } catch (RuntimeException | LinkageError e) {
                String graphs = compared.programs().stream().map(Graph::text).collect(Collectors.joining("\n"));
                String at = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
                failures.add(new Failure(compared.name(), e + at + "\n" + graphs));
            }
        }
        return new Report(backend.description(), cases.size(), failures);
    }
}
