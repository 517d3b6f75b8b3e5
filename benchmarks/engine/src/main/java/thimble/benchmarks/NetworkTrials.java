package thimble.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import thimble.backend.Backend;
import thimble.data.Dataset;
import thimble.data.Fold;
import thimble.method.Method;
import thimble.method.Methods;
import thimble.method.Spec;
import thimble.train.Ensemble;
import thimble.train.LearnContext;
import thimble.train.Learner;
import thimble.train.Model;
import thimble.train.Optimizer;
import thimble.train.Provenance;
import thimble.train.ReplicatedTraining;
import thimble.train.Saving;
import thimble.train.Stopping;
import thimble.train.TrainedModel;
import thimble.train.Trainer;
import thimble.train.ValidationStopping;

/**
 * Trains the networks of a comparison, and its learners that are none.
 *
 * @param backend where networks train; with several trials at once it should use one thread
 * @param replicas networks of one arm that train as one program, at least 1
 */
public record NetworkTrials(Backend backend, int replicas) implements TrialRunner {
    private static final double NANOS = 1e9;

    /** As many replicas as the backend likes. */
    public NetworkTrials(Backend backend) {
        this(backend, backend.replicas());
    }

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public NetworkTrials {
        if (replicas < 1) {
            throw new IllegalArgumentException("[replicas] expected >= 1 but received " + replicas);
        }
    }

    /** The learning rate of an optimizer's spec: fixed, or where tuning chooses, a factor of 10 to both sides. */
    public static Spec.Setting rate(String optimizer, int tune) {
        Optimizer chosen = Methods.parse(Optimizer.class, optimizer);
        Spec.Setting written = Spec.parse(optimizer).settings().get("rate");
        if (written != null) {
            return written;
        }
        double usual = chosen.rate(0, 1);
        return tune > 0 ? Tunable.around(usual) : new Spec.Setting.Value(Double.toString(usual));
    }

    @Override
    public List<Tunable> tunables(Comparison comparison, Arm arm) {
        List<Tunable> tunables = new ArrayList<>(arm.tunables());
        ArmMethods methods = ArmMethods.of(arm.with(Map.of()));
        checkEnds(arm, tunables);
        methods.features(comparison.data().train().example());
        if (methods.learner().isPresent()) {
            if (methods.learner().get() instanceof TunedLearner tuned && comparison.tune() > 0) {
                tuned.ranges().forEach((name, setting) -> {
                    if (!learnerSpec(arm, tuned).settings().containsKey(name)) {
                        tunables.add(new Tunable(tuned.name() + "." + name, setting));
                    }
                });
            }
            return tunables;
        }
        NetworkLearner.layers(comparison, methods);
        NetworkLearner.optimizer(
                comparison.training(),
                new Tunable(Training.RATE, comparison.training().rate()).middle());
        if (!(comparison.training().rate() instanceof Spec.Setting.Value)) {
            tunables.add(new Tunable(Training.RATE, comparison.training().rate()));
        }
        return tunables;
    }

    @Override
    public void check(Comparison comparison, Arm arm) {
        ArmMethods methods = ArmMethods.of(arm.with(Map.of()));
        if (methods.stopping().isPresent()) {
            checkHeldOut(comparison);
        }
        TrainingExamples.of(comparison.training(), methods).check(comparison);
        Dataset data = comparison.data().train();
        methods.ensemble().ifPresent(ensemble -> ensemble.check(data.targets()));
        if (methods.learner().isPresent()) {
            methods.learner().get().check(methods.features(data.example()), data.targets());
        } else {
            Spec.Setting rate = comparison.training().rate();
            new NetworkLearner(comparison, methods, new Tunable(Training.RATE, rate).middle()).check(backend);
        }
    }

    @Override
    public boolean classical(Arm arm) {
        return ArmMethods.of(arm.with(Map.of())).learner().isPresent();
    }

    @Override
    public TrialResult run(TrialTask task) {
        ArmMethods methods = ArmMethods.of(task.arm());
        long start = System.nanoTime();
        Trained trained = trained(task, methods, Optional.empty());
        try (Model model = trained.model()) {
            return measured(task, methods, model, trained.examples(), (System.nanoTime() - start) / NANOS);
        }
    }

    @Override
    public int replicas(Comparison comparison, Arm arm) {
        return ReplicatedTrials.possible(ArmMethods.of(arm.with(Map.of()))) ? replicas : 1;
    }

    @Override
    public List<Supplier<TrialResult>> together(List<TrialTask> tasks) {
        return new ReplicatedTrials(this, replicas).results(tasks);
    }

    /** The training of a task, for one program of several. */
    ReplicatedTraining.Replica replica(TrialTask task) {
        ArmMethods methods = ArmMethods.of(task.arm());
        Dataset train = examples(task, methods);
        LearnContext context = context(task);
        Trainer trainer = new NetworkLearner(task.comparison(), methods, rate(task)).prepared(train, context);
        return new ReplicatedTraining.Replica(trainer, train, context);
    }

    /** The result of a task by its trained replica. */
    TrialResult measured(TrialTask task, ReplicatedTraining.Replica replica, TrainedModel model, double seconds) {
        return measured(task, ArmMethods.of(task.arm()), model, replica.train().size(), seconds);
    }

    private static TrialResult measured(TrialTask task, ArmMethods methods, Model model, int examples, double seconds) {
        Training training = task.comparison().training();
        boolean classical = methods.learner().isPresent();
        long steps = classical ? 0 : training.budget().steps(examples, training.batch());
        long members = methods.ensemble().map(Ensemble::members).orElse(1);
        return new TrialResult(
                hyperparameters(task, methods, model),
                members * steps,
                TrialMetrics.held(model, task.train(), task.held()),
                TrialMetrics.train(model, task.train()),
                seconds);
    }

    private LearnContext context(TrialTask task) {
        return new LearnContext(backend, task.seed(), task.listener(), task.cancelled());
    }

    /** The trained model of a task, for whoever wants to look into it; the caller closes it. */
    public Model fit(TrialTask task) {
        return trained(task, ArmMethods.of(task.arm()), Optional.empty()).model();
    }

    /**
     * The same with checkpoints, from which an interrupted training goes on.
     *
     * @throws IllegalArgumentException if the arm is not one network
     */
    public Model fit(TrialTask task, Saving saving) {
        ArmMethods methods = ArmMethods.of(task.arm());
        if (!methods.oneNetwork()) {
            throw new IllegalArgumentException("[saving] expected methods for one network but received "
                    + task.arm().text());
        }
        return trained(task, methods, Optional.of(saving)).model();
    }

    /** A model and the number of examples, synthetic ones too, that it learnt from. */
    private record Trained(Model model, int examples) {}

    private Trained trained(TrialTask task, ArmMethods methods, Optional<Saving> saving) {
        if (methods.stopping().isEmpty()) {
            return trained(task, methods, Optional.empty(), saving);
        }
        ValidationStopping rule = methods.stopping().get();
        Fold fold = rule.split(task.train(), task.seed());
        Optional<Stopping> stopping = Optional.of(rule.on(fold.test(task.train())));
        return trained(task.learning(fold.train()), methods, stopping, saving);
    }

    private Trained trained(TrialTask task, ArmMethods methods, Optional<Stopping> stopping, Optional<Saving> saving) {
        Learner inner = methods.learner()
                .map(found -> settled(task, found))
                .orElseGet(() -> new NetworkLearner(task.comparison(), methods, rate(task), stopping, saving));
        Dataset train = examples(task, methods);
        return new Trained(methods.around(inner).fit(train, context(task)), train.size());
    }

    private Dataset examples(TrialTask task, ArmMethods methods) {
        return TrainingExamples.of(task.comparison().training(), methods).make(task, backend);
    }

    private static String rate(TrialTask task) {
        Spec.Setting rate = task.comparison().training().rate();
        return task.chosen().getOrDefault(Training.RATE, new Tunable(Training.RATE, rate).middle());
    }

    /** Stopping early takes an example of each class away, and another must be left. */
    private static void checkHeldOut(Comparison comparison) {
        int least = 2 * Math.max(1, comparison.data().train().classes());
        int smallest = comparison.sizes().getFirst();
        if (smallest < least) {
            throw new IllegalArgumentException("[early-stopping] expected at least two samples of each class, " + least
                    + " in all, but received the size " + smallest);
        }
    }

    private static Spec learnerSpec(Arm arm, Learner learner) {
        return arm.parts().stream()
                .filter(part -> part.name().equals(learner.name()))
                .findFirst()
                .orElseThrow();
    }

    /** The learner with the values chosen for the ranges of its own. */
    private static Learner settled(TrialTask task, Learner learner) {
        Map<String, String> values = new LinkedHashMap<>();
        if (learner instanceof TunedLearner tuned) {
            tuned.ranges().keySet().forEach(name -> {
                String value = task.chosen().get(learner.name() + "." + name);
                if (value != null) {
                    values.put(name, value);
                }
            });
        }
        return Methods.parse(
                Learner.class, learnerSpec(task.arm(), learner).with(values).toString());
    }

    /** Both ends of every range must be allowed, or tuning would fail on the way. */
    private static void checkEnds(Arm arm, List<Tunable> tunables) {
        for (Tunable tunable : tunables) {
            List<String> values = switch (tunable.setting()) {
                case Spec.Setting.Value(String text) -> List.of(text);
                case Spec.Setting.Range(double low, double high) ->
                    List.of(Double.toString(low), Double.toString(high));
                case Spec.Setting.Choices choices -> choices.values();
            };
            values.forEach(value -> ArmMethods.of(arm.with(Map.of(tunable.name(), value))));
        }
    }

    /** What stands in the spec, what tuning chose, the first parameter of every method, and first values that methods measured on. */
    private static Map<String, String> hyperparameters(TrialTask task, ArmMethods methods, Model model) {
        Map<String, String> values = new LinkedHashMap<>();
        List<Method> all = new ArrayList<>(methods.regularizers());
        all.addAll(methods.augmenters());
        all.addAll(methods.extractors());
        methods.ensemble().ifPresent(all::add);
        methods.stopping().ifPresent(all::add);
        methods.learner().ifPresent(all::add);
        for (Spec part : task.arm().parts()) {
            all.stream()
                    .filter(method -> method.name().equals(part.name()))
                    .flatMap(method -> Methods.parameters(method).stream())
                    .findFirst()
                    .ifPresent(first -> values.put(part.name() + "." + first.name(), first.standard()));
            part.settings().forEach((name, setting) -> values.put(part.name() + "." + name, setting.toString()));
        }
        values.putAll(task.chosen());
        if (methods.learner().isEmpty()) {
            values.putIfAbsent(Training.RATE, rate(task));
        }
        if (model instanceof TrainedModel network && network.provenance().containsKey(Provenance.CALIBRATED)) {
            values.put(Provenance.INITIALIZERS, network.provenance().getOrDefault(Provenance.INITIALIZERS, ""));
        }
        return values;
    }
}
