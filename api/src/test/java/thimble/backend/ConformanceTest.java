package thimble.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class ConformanceTest {
    /** The reference with one mistake in every fetched value. */
    private record Wrong(float factor) implements Backend {
        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public String summary() {
            return "wrong";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public String description() {
            return "wrong";
        }

        @Override
        public State allocate(Collection<Tensor> variables) {
            return new ReferenceBackend().allocate(variables);
        }

        @Override
        public Program compile(Graph graph) {
            if (factor == 0) {
                throw new BackendException("out of memory");
            }
            return new Scaled(new ReferenceBackend().compile(graph), factor);
        }

        @Override
        public int compiled() {
            return 0;
        }
    }

    private record Scaled(Program program, float factor) implements Program {
        @Override
        public Executable bind(State state) {
            return new ScaledExecutable(program.bind(state), factor);
        }

        @Override
        public String plan() {
            return program.plan();
        }
    }

    private record ScaledExecutable(Executable executable, float factor) implements Executable {
        @Override
        public Executable feed(String input, float[] values) {
            return executable.feed(input, values);
        }

        @Override
        public Executable feed(String input, int[] values) {
            return executable.feed(input, values);
        }

        @Override
        public void run(long seed, long step) {
            executable.run(seed, step);
        }

        @Override
        public void fetch(int output, float[] into) {
            executable.fetch(output, into);
            for (int i = 0; i < into.length; i++) {
                into[i] *= factor;
            }
        }

        @Override
        public void close() {
            executable.close();
        }
    }

    @Test
    void theReferenceAgreesWithItself() {
        Conformance.Report report = Conformance.run(new ReferenceBackend());
        assertThat(report.failures()).isEmpty();
        assertThat(report.text())
                .startsWith("reference: float64, 1 thread: " + report.cases() + " of " + report.cases());
        assertThat(report.cases()).isGreaterThan(600);
    }

    @Test
    void aDifferenceIsReportedWithItsGraph() {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor sum = values.batch("x", 1, 2, 5, 3).sum(1);
        ConformanceCase one = new ConformanceCase("sum", values, List.of(new Graph(List.of(sum), List.of())), 1, true);
        assertThat(Conformance.run(new Wrong(1), List.of(one)).passed()).isTrue();
        Conformance.Report report = Conformance.run(new Wrong(1 + 0x1p-20f), List.of(one));
        assertThat(report.passed()).isFalse();
        assertThat(report.text())
                .startsWith("wrong: 0 of 1")
                .contains("sum: output 0 = reduce-sum[1] [5,1], element ", "expected", "%1 = reduce-sum[1] %0 : [5,1]");
    }

    @Test
    void anExceptionIsAFailureOfItsCaseOnly() {
        Conformance.Report report = Conformance.run(new Wrong(0), ConformanceCases.networks());
        assertThat(report.failures()).hasSize(report.cases());
        assertThat(report.failures().getFirst().difference()).contains("out of memory");
    }

    @Test
    void wrongVariablesAreFound() {
        ConformanceCase.Values values = new ConformanceCase.Values();
        Tensor v = values.variable("v", 1, 4);
        Graph graph =
                new Graph(List.of(), List.of(new Graph.Update("v", v.add(Tensor.uniform("u", Shape.of(4), false)))));
        ConformanceCase twice = new ConformanceCase("update", values, List.of(graph), 2, false);
        assertThat(twice.differs(new ReferenceBackend())).isEmpty();
        ConformanceCase once =
                new ConformanceCase("update", values, List.of(graph, new Graph(List.of(v), List.of())), 1, false);
        assertThat(once.differs(new Wrong(2))).isNotEqualTo(Optional.empty());
    }
}
