package thimble.benchmarks;

import java.util.Map;
import thimble.method.Spec;
import thimble.train.Learner;

/** A learner with ranges of its own, so that it gets its share of the tuning budget without brackets in its spec. */
public interface TunedLearner extends Learner {
    /** What to choose from, by parameter, for parameters that the spec leaves open. */
    Map<String, Spec.Setting> ranges();
}
