package thimble.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import thimble.data.Augmenter;
import thimble.data.FeatureExtractor;
import thimble.data.Synthesizer;
import thimble.method.Method;
import thimble.nn.Architecture;
import thimble.train.Ensemble;
import thimble.train.Learner;
import thimble.train.Loss;
import thimble.train.Optimizer;
import thimble.train.Regularizer;
import thimble.train.ValidationStopping;

/** The kinds of methods that a user can name, with the title of each in lists. */
final class MethodKinds {
    /** Kind by title, in the order of lists. */
    static final SequencedMap<String, Class<? extends Method>> ALL = all();

    private MethodKinds() {}

    private static SequencedMap<String, Class<? extends Method>> all() {
        SequencedMap<String, Class<? extends Method>> kinds = new LinkedHashMap<>();
        kinds.put("regularizers", Regularizer.class);
        kinds.put("augmenters", Augmenter.class);
        kinds.put("synthesizers", Synthesizer.class);
        kinds.put("losses", Loss.class);
        kinds.put("learners", Learner.class);
        kinds.put("ensembles", Ensemble.class);
        kinds.put("features", FeatureExtractor.class);
        kinds.put("stopping", ValidationStopping.class);
        kinds.put("optimizers", Optimizer.class);
        kinds.put("models", Architecture.class);
        return Collections.unmodifiableSequencedMap(kinds);
    }
}
