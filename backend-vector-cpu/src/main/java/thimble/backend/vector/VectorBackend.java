package thimble.backend.vector;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import thimble.backend.Backend;
import thimble.backend.Graph;
import thimble.backend.Program;
import thimble.backend.ProgramCache;
import thimble.backend.State;
import thimble.backend.vector.memory.SegmentKinds;
import thimble.backend.vector.memory.Species;
import thimble.backend.vector.memory.VectorState;
import thimble.backend.vector.scalar.MultiplyAdd;
import thimble.backend.vector.scalar.ScalarProgram;
import thimble.tensor.DType;
import thimble.tensor.Tensor;

/**
 * The CPU. Where the module {@code jdk.incubator.vector} is present, fused SIMD kernels; elsewhere plain loops.
 *
 * @param threads threads of one executable; 0 for as many as there are cores
 * @param programs the programs compiled so far
 * @param kernels the kernels generated so far
 */
public record VectorBackend(int threads, ProgramCache programs, KernelClasses kernels) implements Backend {
    private static final String MODULE = "jdk.incubator.vector";

    /** System property that may force {@code scalar} loops. */
    private static final String PLAN = "thimble.cpu.plan";

    /** All cores. */
    public VectorBackend() {
        this(0);
    }

    /** This number of threads; 0 for all cores. */
    public VectorBackend(int threads) {
        this(threads, new ProgramCache(), new KernelClasses());
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if {@code threads} is negative
     */
    public VectorBackend {
        if (threads < 0) {
            throw new IllegalArgumentException("[cpu] expected threads >= 0 but received " + threads);
        }
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public String summary() {
        return "SIMD kernels on all cores, without native code";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public String description() {
        if (vectors()) {
            return "cpu, " + cores() + " threads";
        }
        return present()
                ? "cpu, plain loops: the processor has no fused multiply-adds"
                : "cpu, plain loops: start Java with --add-modules " + MODULE + " for several times the speed";
    }

    private int cores() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /**
     * True if there are vectors and their multiply-adds. Processors with vectors of 256 bits have those, and looking for them takes long: it is done
     * for the others alone.
     */
    private static boolean vectors() {
        return present() && (Species.BYTES >= 32 || MultiplyAdd.FUSED);
    }

    /** True if the Vector API is there; asks the module layer, touches no vector class. */
    private static boolean present() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    @Override
    public State allocate(Collection<Tensor> variables) {
        return new VectorState(variables);
    }

    @Override
    public Program compile(Graph graph) {
        check(graph);
        boolean vector = vectors() && !System.getProperty(PLAN, "vector").equals("scalar");
        if (vector) {
            SegmentKinds.show();
        }
        return programs.get(graph, vector ? whole -> new VectorProgram(whole, cores(), kernels) : ScalarProgram::new);
    }

    private static void check(Graph graph) {
        Set<String> updated = new HashSet<>();
        for (Graph.Update update : graph.updates()) {
            if (!updated.add(update.variable())) {
                throw new IllegalArgumentException(
                        "[compile] expected one update of '" + update.variable() + "' but received several");
            }
            if (update.value().dtype() != DType.FLOAT32) {
                throw new IllegalArgumentException("[compile] expected a FLOAT32 update of '" + update.variable()
                        + "' but received " + update.value());
            }
        }
    }

    @Override
    public int compiled() {
        return programs.compiled();
    }
}
