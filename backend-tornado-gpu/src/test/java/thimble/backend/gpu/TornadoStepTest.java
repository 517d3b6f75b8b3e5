package thimble.backend.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import thimble.backend.ConformanceCase;
import thimble.backend.ConformanceCases;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.gpu.device.ComputeDevice;
import thimble.backend.gpu.device.Kernel;
import thimble.backend.gpu.tornado.Recorded;
import thimble.tensor.DType;
import thimble.tensor.Key;
import thimble.tensor.Op;
import thimble.tensor.Tensor;
import uk.ac.manchester.tornado.api.recording.Event;

/** What TornadoVM is sent for whole training steps: the launches of the plan, and nothing of what stays on the device. */
class TornadoStepTest {
    /** Bytes of the largest array that travels with a graph. */
    private static final int LARGEST = 4 * (16 + (1 << 18));

    @TempDir
    Path cache;

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "lenet", "spectreg", "datagrad", "embedding"})
    void aStepIsItsPlan(String name) {
        ConformanceCase one = batchOfTen(name);
        KernelPlan plan = new KernelPlan(one.programs().getFirst(), true);
        try (Recorded tornado = new Recorded(cache)) {
            tornado.recording.otherwise((_, _) -> {});
            try (ComputeDevice device = tornado.open();
                    GpuState state = new GpuState(device, one.values().variables());
                    Executable executable = new GpuProgram(device, plan).bind(state)) {
                feed(executable, one.programs().getFirst());
                executable.run(1, 0);
                tornado.recording.events().clear();
                executable.run(1, 1);
            }
            List<Event.Ran> ran = tornado.recording.tasks().stream()
                    .filter(task -> !task.entryPoint().equals("thimble_exchange"))
                    .toList();
            assertThat(ran)
                    .extracting(Event.Ran::entryPoint)
                    .containsExactlyElementsOf(plan.launches().stream()
                            .map(work -> work.kernel().name())
                            .toList());
            for (int i = 0; i < ran.size(); i++) {
                Work work = plan.launches().get(i);
                assertThat(ran.get(i).global()).containsExactly((long) work.groups() * Kernel.GROUP, (long)
                        work.blocks().size());
                assertThat(Path.of(ran.get(i).file()))
                        .content()
                        .contains(work.kernel().text());
            }
            assertThat(ran).extracting(task -> task.numbers().getFirst()).doesNotHaveDuplicates();
            assertThat(tornado.recording.events())
                    .allSatisfy(event -> assertThat(carried(event)).isLessThanOrEqualTo(LARGEST));
        }
    }

    @Test
    void keptLossesLeaveTheDeviceWhenTheyAreAskedFor() {
        ConformanceCase one = batchOfTen("mlp");
        KernelPlan plan = new KernelPlan(one.programs().getFirst(), true);
        try (Recorded tornado = new Recorded(cache)) {
            tornado.recording.otherwise((_, _) -> {});
            try (ComputeDevice device = tornado.open();
                    GpuState state = new GpuState(device, one.values().variables());
                    Executable executable = new GpuProgram(device, plan).bind(state)) {
                assertThat(executable.keep(0, 3)).isEqualTo(3);
                feed(executable, one.programs().getFirst());
                executable.run(1, 0);
                tornado.recording.events().clear();
                executable.run(1, 1);
                executable.run(1, 2);
                assertThat(tornado.recording.tasks())
                        .extracting(Event.Ran::entryPoint)
                        .filteredOn("thimble_keep"::equals)
                        .hasSize(2);
                assertThat(tornado.recording.events()).noneMatch(event -> event instanceof Event.CopiedOut);
                executable.fetch(0, new float[3]);
                assertThat(tornado.recording.events()).anyMatch(event -> event instanceof Event.CopiedOut);
            }
        }
    }

    private static ConformanceCase batchOfTen(String model) {
        return ConformanceCases.all().stream()
                .filter(found -> found.name().equals(model + ", batch 10"))
                .findFirst()
                .orElseThrow();
    }

    private static int carried(Event event) {
        return switch (event) {
            case Event.CopiedIn(var graph, int bytes) -> graph.matches("thimble[012]") ? bytes : Integer.MAX_VALUE;
            case Event.CopiedOut(var graph, int bytes) -> graph.matches("thimble[012]") ? bytes : Integer.MAX_VALUE;
            case Event.Planned _, Event.Ran _, Event.Closed _ -> 0;
        };
    }

    private static void feed(Executable executable, Graph graph) {
        for (Tensor t : Tensor.topological(graph.roots())) {
            if (t.op() instanceof Op.Input(var input, var shape, var dtype, int _) && !input.equals(Key.NAME)) {
                if (dtype == DType.INT32) {
                    executable.feed(input, new int[shape.elements()]);
                } else {
                    executable.feed(input, new float[shape.elements()]);
                }
            }
        }
    }
}
