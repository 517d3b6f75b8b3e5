package thimble.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import thimble.method.Methods;
import thimble.tensor.DType;
import thimble.tensor.Op;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

class ReferenceBackendTest {
    private final Backend backend = new ReferenceBackend();
    private final Tensor x = Tensor.batch("x", Shape.of(2));
    private final Tensor v = Tensor.variable("v", Shape.of(2));
    private final Tensor w = Tensor.variable("w", Shape.of(2));

    @Test
    void updatesReadTheOldStateAndOutputsKeepTheirValues() {
        State state = backend.allocate(List.of(v, w));
        state.write("v", new float[] {1, 2});
        state.write("w", new float[] {10, 20});
        Graph swap = new Graph(List.of(v, x.add(w)), List.of(new Graph.Update("v", w), new Graph.Update("w", v)));
        Executable run = backend.compile(swap).bind(state);
        run.feed("x", new float[] {0.5f, 0.25f}).run(1, 0);
        assertThat(read(state, "v")).containsExactly(10, 20);
        assertThat(read(state, "w")).containsExactly(1, 2);
        assertThat(fetch(run, 0, 2)).containsExactly(1, 2);
        assertThat(fetch(run, 1, 2)).containsExactly(10.5f, 20.25f);
    }

    @Test
    void twoProgramsMeetAtOneState() {
        State state = backend.allocate(List.of(v));
        Executable train = backend.compile(new Graph(List.of(), List.of(new Graph.Update("v", v.add(1)))))
                .bind(state);
        Executable evaluate =
                backend.compile(new Graph(List.of(v.mul(2)), List.of())).bind(state);
        train.run(0, 0);
        train.run(0, 1);
        evaluate.run(0, 0);
        assertThat(fetch(evaluate, 0, 2)).containsExactly(4, 4);
    }

    @Test
    void equalGraphsCompileOnce() {
        Program first =
                backend.compile(new Graph(List.of(Tensor.batch("x", Shape.of(2)).exp()), List.of()));
        Program second =
                backend.compile(new Graph(List.of(Tensor.batch("x", Shape.of(2)).exp()), List.of()));
        assertThat(second).isSameAs(first);
        backend.compile(new Graph(List.of(x.exp(), x), List.of()));
        assertThat(backend.compiled()).isEqualTo(2);
        assertThat(first.plan()).contains("exp %0 : [2]");
    }

    @Test
    void isFoundAndPrintedAsAMethodWithoutParameters() {
        assertThat(Methods.discover(Backend.class)).extracting(Backend::name).contains("reference");
        assertThat(Methods.print(Methods.parse(Backend.class, "reference"))).isEqualTo("reference");
        assertThat(Methods.parameters(backend)).isEmpty();
    }

    @Test
    void badUseIsRefused() {
        State state = backend.allocate(List.of(v));
        Executable run =
                backend.compile(new Graph(List.of(x.add(v)), List.of())).bind(state);
        assertThatThrownBy(() -> run.feed("y", new float[2])).hasMessage("[feed] expected one of [x] but received 'y'");
        assertThatThrownBy(() -> run.feed("x", new float[3]))
                .hasMessage("[input 'x'] expected 2 elements of FLOAT32 but received 3 of FLOAT32");
        assertThatThrownBy(() -> run.feed("x", new int[2]))
                .hasMessage("[input 'x'] expected 2 elements of FLOAT32 but received 2 of INT32");
        assertThatThrownBy(() -> fetch(run, 0, 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run.run(0, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run.run(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state.write("v", new float[1]))
                .hasMessage("[variable 'v'] expected 2 elements but received 1");
        assertThatThrownBy(() -> state.read("u", new float[1]))
                .hasMessage("[state] expected one of [v] but received 'u'");
        assertThatThrownBy(
                        () -> backend.compile(new Graph(List.of(w), List.of())).bind(state))
                .hasMessage("[state] expected a variable 'w' but received [v]");
        assertThatThrownBy(() -> backend.allocate(List.of(x)))
                .hasMessage("[state] expected a variable but received input 'x'[batch=0] [2]");
        assertThatThrownBy(() -> backend.allocate(List.of(v, v)))
                .hasMessage("[state] expected each variable once but received 'v' twice");
        assertThatThrownBy(() -> new Graph(List.of(), List.of(new Graph.Update("v", v), new Graph.Update("v", w))))
                .hasMessage("[graph] expected one update of 'v' but received two");
        Tensor whole = Tensor.of(new Op.Input("x", Shape.of(2), DType.INT32, Op.NO_BATCH));
        assertThatThrownBy(() -> backend.compile(new Graph(List.of(x, whole), List.of())))
                .hasMessage(
                        "[graph] expected one input 'x' but received input 'x'[batch=0] [2] and input 'x' [2] INT32");
    }

    private static float[] read(State state, String variable) {
        float[] values = new float[2];
        state.read(variable, values);
        return values;
    }

    private static float[] fetch(Executable run, int output, int elements) {
        float[] values = new float[elements];
        run.fetch(output, values);
        return values;
    }
}
