package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import thimble.data.Dataset;

class BatchFeedTest {
    @Test
    void whatRanAheadIsWhatTheStepAsksFor() {
        Dataset data = Blobs.points(13, 1)
                .map(9, (example, offset, _, _, random) -> example[offset] += (float) random.nextDouble());
        BatchOrder order = new BatchOrder(13, 4, 5);
        BatchFeed.Batch expected = new BatchFeed.Batch(new float[8], new float[12]);
        try (BatchFeed feed = new BatchFeed(data, 4, 5, 3, 60)) {
            for (long step = 3; step < 60; step++) {
                BatchFeed.fill(data, order, step, 4, expected);
                BatchFeed.Batch batch = feed.take(step);
                assertThat(batch.input()).containsExactly(expected.input());
                assertThat(batch.target()).containsExactly(expected.target());
                feed.release(step);
            }
        }
    }
}
