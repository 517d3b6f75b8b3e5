package thimble.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.backend.Backend;
import thimble.backend.State;
import thimble.data.Dataset;
import thimble.data.Preprocessing;
import thimble.nn.Initializers;

/**
 * A training before its first step.
 *
 * @param trainer what trains
 * @param raw the examples as given
 * @param context where and with which seed
 * @param preprocessing fitted to the examples
 * @param data the examples as the network reads them
 * @param setup the step with calibrated methods
 * @param step the step's graphs
 */
record Preparation(
        Trainer trainer,
        Dataset raw,
        LearnContext context,
        Preprocessing preprocessing,
        Dataset data,
        StepSetup setup,
        TrainingStep step) {
    static Preparation of(Trainer trainer, Dataset raw, LearnContext context) {
        Preprocessing preprocessing = trainer.options().preprocess() ? Preprocessing.fit(raw) : Preprocessing.NONE;
        Dataset data = preprocessing.apply(raw);
        StepSetup declared = new StepSetup(
                trainer.model(),
                trainer.loss(),
                trainer.methods(),
                trainer.optimizer(),
                Math.min(trainer.batch(), raw.size()),
                raw.example(),
                raw.targets().width(),
                trainer.stepsFor(raw.size()));
        StepSetup setup = calibrated(declared, trainer, data, context);
        return new Preparation(trainer, raw, context, preprocessing, data, setup, TrainingStep.of(setup));
    }

    private static StepSetup calibrated(StepSetup declared, Trainer trainer, Dataset data, LearnContext context) {
        if (declared.methods().isEmpty()) {
            return declared;
        }
        List<StateVariable> variables = TrainingStep.variables(ForwardPass.trace(declared));
        try (State first = initial(variables, trainer, context)) {
            InitialCalibration before = new InitialCalibration(
                    declared,
                    context.backend(),
                    first,
                    data,
                    context.seed(),
                    trainer.options().initial());
            List<Regularizer> methods = new ArrayList<>();
            declared.methods().forEach(method -> methods.add(method.calibrate(before)));
            return declared.with(methods);
        }
    }

    Backend backend() {
        return context.backend();
    }

    /** Measures the model of a state. */
    InitialCalibration measured(State at) {
        return new InitialCalibration(
                setup, backend(), at, data, context.seed(), trainer.options().initial());
    }

    /** A state of all variables of the step with their first values. */
    State initial() {
        return initial(step.variables(), trainer, context);
    }

    private static State initial(List<StateVariable> variables, Trainer trainer, LearnContext context) {
        State allocated = context.backend()
                .allocate(variables.stream().map(StateVariable::tensor).toList());
        try {
            fill(allocated, variables, trainer, context.seed());
            return allocated;
        } catch (RuntimeException | Error failure) {
            allocated.close();
            throw failure;
        }
    }

    private static void fill(State allocated, List<StateVariable> variables, Trainer trainer, long seed) {
        for (StateVariable variable : variables) {
            allocated.write(
                    variable.name(),
                    Initializers.values(
                            variable.initializer(),
                            variable.name(),
                            variable.tensor().shape(),
                            seed));
        }
        trainer.options().initial().ifPresent(weights -> weights.writeKnown(allocated));
        for (StateVariable variable : variables) {
            float[] values = new float[variable.tensor().shape().elements()];
            variable.like().ifPresent(weight -> {
                allocated.read(weight, values);
                allocated.write(variable.name(), values);
            });
        }
    }

    /** Run-time numbers that do not change, calibrated ones among them. */
    Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (StepScalar scalar : step.scalars()) {
            if (scalar.constant()) {
                numbers.put(scalar.input(), scalar.value().at(0, 0));
            }
        }
        return numbers;
    }

    /** The trained model with these weights. */
    TrainedModel model(Weights weights) {
        return new TrainedModel(
                backend(),
                trainer.model(),
                trainer.loss(),
                raw.example(),
                raw.targets(),
                raw.features(),
                preprocessing,
                weights,
                Provenance.of(trainer, setup, raw, context.seed(), backend(), numbers()));
    }
}
