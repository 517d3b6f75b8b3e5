package thimble.benchmarks;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import thimble.backend.Backend;
import thimble.data.Dataset;
import thimble.method.Method;
import thimble.method.Methods;
import thimble.method.Spec;
import thimble.nn.Architecture;
import thimble.nn.Layer;
import thimble.nn.Models;
import thimble.tensor.Shape;
import thimble.train.LearnContext;
import thimble.train.Learner;
import thimble.train.Loss;
import thimble.train.Model;
import thimble.train.Optimizer;
import thimble.train.Pretrainer;
import thimble.train.Saving;
import thimble.train.Stopping;
import thimble.train.Trainer;

/**
 * The network of an arm: its layers are made for the examples it is given, so that it may be a member of an ensemble or learn from extracted
 * features.
 *
 * @param comparison names the model and how it trains
 * @param methods methods of the arm
 * @param rate learning rate
 * @param stopping early stopping, if any
 * @param saving checkpoints, if any
 */
record NetworkLearner(
        Comparison comparison, ArmMethods methods, String rate, Optional<Stopping> stopping, Optional<Saving> saving)
        implements Learner {
    NetworkLearner(Comparison comparison, ArmMethods methods, String rate) {
        this(comparison, methods, rate, Optional.empty(), Optional.empty());
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public String summary() {
        return "the network of a comparison with the methods of an arm";
    }

    @Override
    public Model fit(Dataset train, LearnContext context) {
        return prepared(train, context).fit(train, context);
    }

    /** The trainer for these examples, with first weights where a method gives them. */
    Trainer prepared(Dataset train, LearnContext context) {
        Layer model = Models.parse(comparison.model(), train);
        Trainer trainer = trainer(model, context.backend(), context.seed());
        trainer = stopping.isPresent() ? trainer.stopping(stopping.get()) : trainer;
        trainer = saving.isPresent() ? trainer.saving(saving.get()) : trainer;
        for (Pretrainer pretrainer : methods.pretrainers()) {
            trainer = trainer.initial(pretrainer.pretrain(
                    model,
                    train,
                    new Pretrainer.PretrainContext(context.backend(), context.seed(), context.cancelled())));
        }
        return trainer;
    }

    /** Refuses what training would refuse, on the smallest of the comparison's sizes. */
    void check(Backend backend) {
        Dataset data = comparison.data().train();
        trainer(layers(comparison, methods), backend, comparison.seed())
                .check(
                        methods.features(data.example()),
                        data.targets(),
                        comparison.sizes().getFirst(),
                        !methods.pretrainers().isEmpty());
    }

    private Trainer trainer(Layer model, Backend backend, long seed) {
        Training training = comparison.training();
        int epochs = training.budget() instanceof Budget.Epochs(int count) ? count : 1;
        Trainer trainer = new Trainer(
                backend,
                model,
                loss(comparison, methods),
                methods.regularizers(),
                optimizer(training, rate),
                training.batch(),
                epochs,
                seed);
        return training.budget() instanceof Budget.Steps(int count) ? trainer.steps(count) : trainer;
    }

    /** The layers for the examples of a comparison, or for the features that the methods make of them. */
    static Layer layers(Comparison comparison, ArmMethods methods) {
        Dataset data = comparison.data().train();
        if (methods.extractors().isEmpty()) {
            return Models.parse(comparison.model(), data);
        }
        if (!comparison.model().equals(Models.AUTO)) {
            Methods.parse(Architecture.class, comparison.model());
        }
        Shape features = methods.features(data.example());
        try {
            return Models.parse(comparison.model(), features, data.targets().width());
        } catch (IllegalArgumentException unfit) {
            String names = methods.extractors().stream().map(Method::name).collect(Collectors.joining(" and "));
            throw new IllegalArgumentException(
                    unfit.getMessage() + "; " + features + " is what " + names + " makes of " + data.example()
                            + ": leave " + names + " out, or take a model such as mlp",
                    unfit);
        }
    }

    private static Loss loss(Comparison comparison, ArmMethods methods) {
        return methods.loss()
                .orElseGet(() -> Methods.parse(Loss.class, comparison.training().loss()));
    }

    static Optimizer optimizer(Training training, String rate) {
        return Methods.parse(
                Optimizer.class,
                Spec.parse(training.optimizer()).with(Map.of("rate", rate)).toString());
    }
}
