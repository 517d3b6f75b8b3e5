import org.jspecify.annotations.NullMarked;

/** Fair comparisons of methods: trials, tuning, statistics and the report. */
@NullMarked
module thimble.benchmarks {
    requires static jdk.incubator.vector;
    requires static org.jspecify;
    requires transitive com.fasterxml.jackson.databind;
    requires transitive thimble.api;
    requires java.logging;
    requires java.management;
    requires jdk.management;
    requires org.apache.commons.statistics.distribution;
    requires org.tribuo.classification.core;
    requires org.tribuo.classification.sgd;
    requires org.tribuo.core;
    requires org.tribuo.math;

    exports thimble.benchmarks;
    exports thimble.benchmarks.anchors;
    exports thimble.benchmarks.experiments;
    exports thimble.benchmarks.report;
    exports thimble.benchmarks.reproduction;
    exports thimble.benchmarks.reproduction.check;
    exports thimble.benchmarks.reproduction.document;
    exports thimble.benchmarks.speed;
    exports thimble.benchmarks.statistics;

    provides thimble.data.FeatureExtractor with
            thimble.benchmarks.anchors.Pca;
    provides thimble.train.Learner with
            thimble.benchmarks.anchors.BoostedTrees,
            thimble.benchmarks.anchors.Forest,
            thimble.benchmarks.anchors.KernelRidge,
            thimble.benchmarks.anchors.LogisticRegression,
            thimble.benchmarks.anchors.Memoriser,
            thimble.benchmarks.anchors.NearestNeighbours,
            thimble.benchmarks.anchors.TangentKernel;
}
