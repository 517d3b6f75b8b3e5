package thimble.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.tensor.Key;
import thimble.tensor.Replicas;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Trainings of one structure, step by step in one program; a step allocates nothing here. */
final class ReplicatedRun implements AutoCloseable {
    /** The variable that is 0 for a replica from its first loss on that is not finite. */
    private static final String ACTIVE = "replica-active";
    /** Most steps whose losses are read at once. */
    private static final int MOST = 16;

    private final List<Preparation> plans;
    private final Backend backend;
    private final StepSetup setup;
    private final State state;
    private final Executable executable;
    private final Numbers[] numbers;
    private final BatchFeed[] feeds;
    private final boolean fed;
    private final boolean targeted;
    private final boolean keyed;
    private final float[] input;
    private final float[] target;
    private final int[] keys;
    private final boolean[] active;
    private final float[] kept;
    private final float[] losses;
    private int pending;
    private final Deque<Runnable> open = new ArrayDeque<>();

    /** A run-time number of every replica. */
    private record Numbers(StepScalar[] scalars, float[] values) {}

    ReplicatedRun(List<Preparation> plans) {
        Preparation first = plans.getFirst();
        int count = plans.size();
        this.plans = plans;
        this.backend = first.backend();
        this.setup = first.setup();
        Graph one = first.step().variants().getFirst().graph();
        this.fed = StepRunner.reads(one, ForwardPass.INPUT);
        this.targeted = StepRunner.reads(one, ForwardPass.TARGET);
        this.keyed = StepRunner.reads(one, Key.NAME);
        this.numbers = first.step().variants().getFirst().scalars().stream()
                .map(scalar -> new Numbers(scalars(scalar.input()), new float[count]))
                .toArray(Numbers[]::new);
        this.feeds = new BatchFeed[count];
        this.input = new float[count * setup.batch() * setup.example().elements()];
        this.target = new float[count * setup.batch() * setup.targets()];
        this.keys = new int[3 * count];
        this.active = new boolean[count];
        this.losses = new float[count];
        Arrays.fill(active, true);
        List<Tensor> variables = new ArrayList<>(first.step().variables().stream()
                .map(variable -> Tensor.variable(
                        variable.name(), variable.tensor().shape().withFirst(count)))
                .toList());
        variables.add(Tensor.variable(ACTIVE, Shape.of(count)));
        this.state = backend.allocate(variables);
        open.push(state::close);
        try {
            begin();
            this.executable = backend.compile(together(one, count)).bind(state);
            open.push(executable::close);
            this.kept = new float[executable.keep(0, MOST) * count];
            if (StepRunner.reads(one, StepContext.WEIGHT)) {
                float[] ones = new float[count * setup.batch()];
                Arrays.fill(ones, 1);
                executable.feed(StepContext.WEIGHT, ones);
            }
            for (int k = 0; k < count; k++) {
                Preparation plan = plans.get(k);
                BatchFeed feed =
                        new BatchFeed(plan.data(), setup.batch(), plan.context().seed(), 0, setup.steps());
                feeds[k] = feed;
                open.push(feed::close);
            }
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private StepScalar[] scalars(String name) {
        return plans.stream()
                .map(plan -> plan.step().scalars().stream()
                        .filter(scalar -> scalar.input().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toArray(StepScalar[]::new);
    }

    /** The step of all replicas; those keep their values whose loss is not finite, or once was not. */
    private static Graph together(Graph one, int count) {
        List<Tensor> roots = Replicas.of(one.roots(), count, _ -> true);
        int outputs = one.outputs().size();
        Tensor infinity = Tensor.constant(Double.POSITIVE_INFINITY, Shape.of(count));
        Tensor finite = roots.getFirst().reshape(count).abs().less(infinity);
        Tensor active = Tensor.variable(ACTIVE, Shape.of(count)).mul(finite);
        List<Graph.Update> updates = new ArrayList<>();
        updates.add(new Graph.Update(ACTIVE, active));
        for (int i = 0; i < one.updates().size(); i++) {
            String name = one.updates().get(i).variable();
            Tensor value = roots.get(outputs + i);
            Tensor old = Tensor.variable(name, value.shape());
            updates.add(new Graph.Update(name, Replicas.masked(old, value, active)));
        }
        return StepGraph.simplified(new Graph(roots.subList(0, outputs), updates));
    }

    /** First values, replica after replica. */
    private void begin() {
        List<Weights> firsts = new ArrayList<>();
        for (Preparation plan : plans) {
            try (State own = plan.initial()) {
                firsts.add(Weights.of(own));
            }
        }
        for (Tensor variable : state.variables()) {
            String name = Weights.name(variable);
            int length = variable.shape().elements() / plans.size();
            float[] all = new float[variable.shape().elements()];
            if (name.equals(ACTIVE)) {
                Arrays.fill(all, 1);
                state.write(name, all);
                continue;
            }
            for (int k = 0; k < plans.size(); k++) {
                System.arraycopy(firsts.get(k).find(name).orElseThrow().values(), 0, all, k * length, length);
            }
            state.write(name, all);
        }
    }

    /** The model of each replica; none of one that diverged. */
    List<Optional<TrainedModel>> fit() {
        feed(0);
        for (long at = 0; at < setup.steps() && anyActive(); at++) {
            for (Preparation plan : plans) {
                if (plan.context().cancelled().getAsBoolean()) {
                    throw new CancellationException(
                            "training was cancelled after " + at + " of " + setup.steps() + " steps");
                }
            }
            executable.run(0, at);
            pending++;
            feed(at + 1); // while a device is at work
            if (pending * plans.size() == kept.length || isAwaited(at + 1)) {
                read(at + 1);
            }
            tell(at + 1);
        }
        Weights all = Weights.of(state);
        List<Optional<TrainedModel>> models = new ArrayList<>();
        try {
            for (int k = 0; k < plans.size(); k++) {
                models.add(active[k] ? Optional.of(model(k, all)) : Optional.empty());
            }
            return models;
        } catch (RuntimeException | Error failure) {
            models.forEach(model -> model.ifPresent(TrainedModel::close));
            throw failure;
        }
    }

    private boolean anyActive() {
        for (boolean one : active) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    /** Hands the batches and numbers of a step over, if there is such a step. */
    private void feed(long at) {
        if (at >= setup.steps()) {
            return;
        }
        int examples = input.length / plans.size();
        int rows = target.length / plans.size();
        for (int k = 0; k < feeds.length; k++) {
            BatchFeed.Batch batch = feeds[k].take(at);
            System.arraycopy(batch.input(), 0, input, k * examples, examples);
            System.arraycopy(batch.target(), 0, target, k * rows, rows);
            feeds[k].release(at);
        }
        if (fed) {
            executable.feed(ForwardPass.INPUT, input);
        }
        if (targeted) {
            executable.feed(ForwardPass.TARGET, target);
        }
        for (Numbers number : numbers) {
            for (int k = 0; k < feeds.length; k++) {
                number.values[k] = (float)
                        number.scalars[k].value().at(plans.get(k).context().seed(), at);
            }
            executable.feed(number.scalars[0].input(), number.values);
        }
        if (keyed) {
            for (int k = 0; k < feeds.length; k++) {
                long seed = plans.get(k).context().seed();
                keys[3 * k] = (int) seed;
                keys[3 * k + 1] = (int) (seed >>> 32);
                keys[3 * k + 2] = (int) at;
            }
            executable.feed(Replicas.KEYS, keys);
        }
    }

    /** Waits for the steps begun so far; replicas whose loss is not finite are not active any more. */
    private void read(long done) {
        executable.fetch(0, kept);
        int count = plans.size();
        int most = kept.length / count;
        for (long at = done - pending; at < done; at++) {
            int row = (int) (at % most) * count;
            for (int k = 0; k < count; k++) {
                losses[k] = kept[row + k];
                active[k] &= Float.isFinite(losses[k]);
            }
        }
        pending = 0;
    }

    private boolean isAwaited(long done) {
        for (int k = 0; k < plans.size(); k++) {
            if (hears(k, done)) {
                return true;
            }
        }
        return false;
    }

    /** True if the listener of an active replica wants the loss of this step. */
    private boolean hears(int k, long done) {
        int every = Math.max(1, plans.get(k).context().listener().every());
        return active[k] && (done % every == 0 || done == setup.steps());
    }

    private void tell(long done) {
        for (int k = 0; k < plans.size(); k++) {
            if (hears(k, done)) {
                plans.get(k).context().listener().step(done, setup.steps(), losses[k]);
            }
        }
    }

    /** A state of the replica's own, as if it had been trained alone, tells what evaluation reads. */
    private TrainedModel model(int k, Weights all) {
        Preparation plan = plans.get(k);
        try (State own = backend.allocate(
                plan.step().variables().stream().map(StateVariable::tensor).toList())) {
            for (Tensor variable : own.variables()) {
                int length = variable.shape().elements();
                String name = Weights.name(variable);
                float[] values = all.find(name).orElseThrow().values();
                own.write(name, Arrays.copyOfRange(values, k * length, (k + 1) * length));
            }
            try (EvaluatedWeights evaluated = new EvaluatedWeights(
                    plan.setup(),
                    plan.step(),
                    backend,
                    own,
                    plan.data(),
                    plan.context().seed())) {
                return plan.model(evaluated.read(setup.steps()));
            }
        }
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().run();
        }
    }
}
