package thimble.train;

import java.util.List;
import thimble.backend.Backend;
import thimble.backend.Executable;
import thimble.backend.Graph;
import thimble.backend.State;
import thimble.data.Dataset;
import thimble.nn.Trace;

/**
 * Estimates the running statistics of normalisations anew, for weights that were not trained step by step, such as
 * averages.
 */
final class Statistics {
    private static final int MOST_BATCHES = 100;

    private Statistics() {}

    /**
     * Sets every averaged buffer to the mean of its statistic over one epoch of the training data, at most 100 batches,
     * without hooks.
     */
    static void estimate(StepSetup setup, Backend backend, State state, Dataset train, long seed) {
        Trace trace = ForwardPass.trace(setup);
        List<Trace.BufferUpdate> updates = trace.updates();
        if (updates.isEmpty()) {
            return;
        }
        Graph graph = StepGraph.simplified(
                new Graph(updates.stream().map(Trace.BufferUpdate::statistic).toList(), List.of()));
        int batch = setup.batch();
        BatchFeed.Batch examples = BatchFeed.Batch.of(setup);
        double[][] sums = new double[updates.size()][];
        int batches = Math.min(MOST_BATCHES, Math.ceilDiv(train.size(), batch));
        BatchOrder order = new BatchOrder(train.size(), batch, seed);
        try (Executable executable = backend.compile(graph).bind(state)) {
            for (int step = 0; step < batches; step++) {
                BatchFeed.fill(train, order, step, batch, examples);
                executable.feed(ForwardPass.INPUT, examples.input()).run(seed, step);
                for (int i = 0; i < sums.length; i++) {
                    float[] value = new float[updates.get(i).statistic().shape().elements()];
                    executable.fetch(i, value);
                    sums[i] = add(sums[i] == null ? new double[value.length] : sums[i], value);
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            float[] mean = new float[sums[i].length];
            for (int e = 0; e < mean.length; e++) {
                mean[e] = (float) (sums[i][e] / batches);
            }
            state.write(updates.get(i).buffer(), mean);
        }
    }

    private static double[] add(double[] sum, float[] value) {
        for (int e = 0; e < sum.length; e++) {
            sum[e] += value[e];
        }
        return sum;
    }
}
