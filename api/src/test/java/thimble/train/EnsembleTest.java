package thimble.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import thimble.backend.ReferenceBackend;
import thimble.data.ArrayDataset;
import thimble.data.Dataset;
import thimble.data.Targets;
import thimble.method.Methods;
import thimble.tensor.Shape;

class EnsembleTest {
    private final LearnContext context = new LearnContext(new ReferenceBackend(), 3);

    @Test
    void theLogLossOfAnEnsembleIsNotAboveTheMeanOfItsMembers() {
        Dataset train = Blobs.points(30, 1);
        Dataset test = Blobs.points(60, 2);
        Trainer member = Blobs.trainer(context.backend());
        try (EnsembleModel model = new DeepEnsemble(3).fit(member, train, context)) {
            assertThat(model.members()).hasSize(3);
            double[] members = model.members().stream()
                    .mapToDouble(one -> logLoss(one, test))
                    .toArray();
            assertThat(Arrays.stream(members).distinct().count()).isEqualTo(3);
            double mean = DoubleStream.of(members).average().orElseThrow();
            assertThat(logLoss(model, test)).isLessThan(mean);
            assertThat(model.outOfBag()).isEmpty();
        }
    }

    @Test
    void averagesAndVotesByHand() {
        List<Model> members = List.of(says(0.6f, 0.4f), says(0.9f, 0.1f), says(0.2f, 0.8f));
        EnsembleModel average = new EnsembleModel(members, false, OptionalDouble.empty());
        assertThat(average.predict(new float[1])).containsExactly(new float[] {1.7f / 3, 1.3f / 3}, within(1e-6f));
        EnsembleModel vote = new EnsembleModel(members, true, OptionalDouble.empty());
        assertThat(vote.predict(new float[1])).containsExactly(new float[] {2.5f / 4, 1.5f / 4}, within(1e-6f));
        float[][] all = vote.predict(Blobs.points(4, 1));
        assertThat(all).hasDimensions(4, 2);
        assertThat(all[3]).containsExactly(vote.predict(new float[1]));
    }

    @Test
    void aBootstrapSampleHoldsAbout632PerMille() {
        SplittableRandom random = new SplittableRandom(1);
        int size = 2000;
        double distinct = 0;
        for (int draw = 0; draw < 20; draw++) {
            distinct +=
                    Arrays.stream(Bagging.bootstrap(size, random)).distinct().count() / (20.0 * size);
        }
        assertThat(distinct).isCloseTo(1 - StrictMath.exp(-1), within(0.005));
    }

    @Test
    void theOutOfBagErrorAsksOnlyMembersThatDidNotSeeTheExample() {
        // A member that knows what it has seen by heart and errs on all else: out of bag everything is wrong.
        Dataset train = distinct(40);
        EnsembleModel model = new Bagging(12, Bagging.Combine.AVERAGE).fit(new ByHeart(), train, context);
        assertThat(model.outOfBag()).hasValue(1);
        assertThat(Evaluation.of(model, train).accuracy()).isGreaterThan(0.8);
        assertThat(new Bagging(1, Bagging.Combine.VOTE)
                        .fit(new ByHeart(), train, context)
                        .outOfBag())
                .hasValue(1);
    }

    @Test
    void theSameSeedGivesTheSameScoresAndStepsCountOverAllMembers() {
        Dataset train = Blobs.points(30, 1);
        List<Long> steps = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public int every() {
                return 12;
            }

            @Override
            public void step(long step, long of, double loss) {
                assertThat(of).isEqualTo(48);
                steps.add(step);
            }
        };
        LearnContext heard = new LearnContext(context.backend(), 3, listener, () -> false);
        Learner bagging = new Bagging(2, Bagging.Combine.AVERAGE).of(Blobs.trainer(context.backend()));
        float[][] first = bagging.fit(train, heard).predict(train);
        assertThat(steps).contains(12L, 24L, 36L, 48L).isSorted();
        assertThat(bagging.fit(train, context).predict(train)).isDeepEqualTo(first);
        assertThat(bagging.name()).isEqualTo("bagging");
        assertThat(bagging.summary()).isNotBlank();
    }

    @Test
    void badUseIsSaid() {
        assertThatThrownBy(() -> new Bagging(0, Bagging.Combine.VOTE))
                .hasMessage("[bagging] members expected >= 1 but received 0");
        assertThatThrownBy(() -> new DeepEnsemble(-1)).hasMessage("[ensemble] members expected >= 1 but received -1");
        assertThatThrownBy(() -> Methods.parse(Ensemble.class, "bagging:combine=median"))
                .hasMessageContaining("average|vote");
        Dataset numbers = ArrayDataset.of(
                "n",
                Shape.of(1),
                new float[][] {{1}, {2}},
                new float[][] {{1}, {2}},
                new Targets.Numbers(List.of("y")));
        Bagging vote = new Bagging(2, Bagging.Combine.VOTE);
        String message =
                "[bagging] expected combine=average for the numbers [y] but received vote, which needs classes";
        assertThatThrownBy(() -> vote.fit(new ByHeart(), numbers, context)).hasMessage(message);
        assertThatThrownBy(() -> vote.of(new ByHeart()).check(Shape.of(1), numbers.targets()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatCode(() -> new Bagging().of(new ByHeart()).check(Shape.of(1), numbers.targets()))
                .doesNotThrowAnyException();
    }

    private static double logLoss(Model model, Dataset data) {
        return Evaluation.of(model.predict(data), data).metric("log-loss");
    }

    private static Model says(float... scores) {
        return new Model() {
            @Override
            public float[] predict(float[] example) {
                return scores.clone();
            }

            @Override
            public float[][] predict(Dataset data) {
                float[][] all = new float[data.size()][];
                Arrays.setAll(all, _ -> scores.clone());
                return all;
            }
        };
    }

    private static Dataset distinct(int size) {
        float[][] examples = new float[size][1];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            examples[i][0] = i;
            labels[i] = i % 2;
        }
        return ArrayDataset.of("distinct", Shape.of(1), examples, labels, List.of("a", "b"));
    }

    /** Right on what it has seen, sure of the wrong class on all else. */
    private record ByHeart() implements Learner {
        @Override
        public String name() {
            return "by-heart";
        }

        @Override
        public String summary() {
            return "for tests";
        }

        @Override
        public Model fit(Dataset train, LearnContext context) {
            List<Float> seen = new ArrayList<>();
            for (int i = 0; i < train.size(); i++) {
                float[] example = new float[1];
                train.read(i, 0, example, 0);
                seen.add(example[0]);
            }
            return new Model() {
                @Override
                public float[] predict(float[] example) {
                    int right = Math.round(example[0]) % 2;
                    int said = seen.contains(example[0]) ? right : 1 - right;
                    return said == 0 ? new float[] {1, 0} : new float[] {0, 1};
                }

                @Override
                public float[][] predict(Dataset data) {
                    float[][] all = new float[data.size()][];
                    for (int i = 0; i < all.length; i++) {
                        float[] example = new float[1];
                        data.read(i, 0, example, 0);
                        all[i] = predict(example);
                    }
                    return all;
                }
            };
        }
    }
}
