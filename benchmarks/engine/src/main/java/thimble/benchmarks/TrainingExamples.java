package thimble.benchmarks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import thimble.backend.Backend;
import thimble.data.Augmenter;
import thimble.data.Dataset;
import thimble.data.Decoder;
import thimble.data.Synthesizer;
import thimble.method.Methods;

/**
 * What makes the examples that an arm learns from: synthesizers add some, then augmenters change all.
 *
 * @param synthesizers in order; each learns from the examples as given
 * @param augmenters in order, those of all arms first
 */
record TrainingExamples(List<Synthesizer> synthesizers, List<Augmenter> augmenters) {
    static TrainingExamples of(Training training, ArmMethods methods) {
        List<Augmenter> augmenters = new ArrayList<>();
        training.augment().forEach(spec -> augmenters.add(Methods.parse(Augmenter.class, spec)));
        augmenters.addAll(methods.augmenters());
        return new TrainingExamples(methods.synthesizers(), augmenters);
    }

    /**
     * Refuses what does not fit the data of a comparison, or each other, on the first examples of its smallest size.
     *
     * @throws IllegalArgumentException with the reason and what to do
     */
    void check(Comparison comparison) {
        checkOrder();
        Dataset all = comparison.data().train();
        synthesizers.forEach(synthesizer -> synthesizer.check(all.example(), all.targets()));
        int[] few = IntStream.range(0, Math.min(comparison.sizes().getFirst(), all.size()))
                .toArray();
        Optional<Decoder> decoder = comparison.data().decoder().map(known -> known.select(few));
        augmented(all.select(few), decoder, comparison.seed());
    }

    private void checkOrder() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < augmenters.size(); i++) {
            Augmenter augmenter = augmenters.get(i);
            String name = augmenter.name();
            if (!names.add(name)) {
                throw new IllegalArgumentException(
                        "[" + name + "] expected one augmenter of this name but received two; leave one out");
            }
            if (augmenter.anew() && !synthesizers.isEmpty()) {
                throw new IllegalArgumentException("[" + name + "] expected examples whose factors are known but "
                        + synthesizers.getFirst().name() + " adds others; leave one of them out");
            }
            if (augmenter.anew() && i > 0) {
                throw new IllegalArgumentException("[" + name + "] expected to be the first augmenter, as it makes"
                        + " examples anew without reading them, but received it after "
                        + augmenters.get(i - 1).name() + ", whose changes would be lost; put " + name + " first");
            }
        }
    }

    /** The examples of a task. */
    Dataset make(TrialTask task, Backend backend) {
        Dataset data = task.train();
        for (Synthesizer synthesizer : synthesizers) {
            Dataset made = synthesizer.synthesize(
                    task.train(),
                    new Synthesizer.SynthesisContext(
                            backend, task.seed(), task.train().size()));
            data = data.concat(made);
        }
        // A decoder knows the examples by position: synthetic ones behind them have no factors.
        return augmented(data, synthesizers.isEmpty() ? task.decoder() : Optional.empty(), task.seed());
    }

    private Dataset augmented(Dataset given, Optional<Decoder> decoder, long seed) {
        Dataset data = given;
        for (Augmenter augmenter : augmenters) {
            data = augmenter.augment(data, new Augmenter.AugmentContext(seed, decoder));
        }
        return data;
    }
}
