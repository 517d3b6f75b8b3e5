package thimble.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import thimble.data.Dataset;
import thimble.data.Targets;

/**
 * Members that learn from bootstrap samples: as many examples as there are, drawn with replacement, so that one sample holds 1 − (1 − 1/n)ⁿ
 * → 63.2 % of them. Each example is predicted by the members that did not draw it, which gives an error without a test set.
 *
 * <p>Leo Breiman, "Bagging Predictors", Machine Learning 24, 1996, sections 1 and 6; the out-of-bag error: "Out-of-bag estimation", 1996.
 * Deviation: none.
 *
 * @param members number of members, at least 1
 * @param combine how the members are combined
 */
public record Bagging(int members, Combine combine) implements Ensemble {
    /** How members are combined. */
    public enum Combine {
        /** The mean of probabilities or numbers. */
        AVERAGE,
        /** The share of members that are for a class. */
        VOTE
    }

    /** 10 members, averaged. */
    public Bagging() {
        this(10, Combine.AVERAGE);
    }

    /** Checks the range. */
    public Bagging {
        Ranges.atLeast("[bagging] members", members, 1);
    }

    @Override
    public String name() {
        return "bagging";
    }

    @Override
    public String summary() {
        return "several networks on bootstrap samples, averaged or by vote; tells the out-of-bag error";
    }

    @Override
    public String source() {
        return "Breiman: Machine Learning 24, 1996";
    }

    @Override
    public void check(Targets targets) {
        if (combine == Combine.VOTE && targets instanceof Targets.Numbers(var names)) {
            throw new IllegalArgumentException("[bagging] expected combine=average for the numbers " + names
                    + " but received vote, which needs classes");
        }
    }

    @Override
    public EnsembleModel fit(Learner member, Dataset train, LearnContext context) {
        check(train.targets());
        boolean vote = combine == Combine.VOTE;
        List<int[]> samples = new ArrayList<>();
        List<Model> trained = new Members(member, members, context).train(random -> {
            samples.add(bootstrap(train.size(), random));
            return train.select(samples.getLast());
        });
        return new EnsembleModel(trained, vote, outOfBag(trained, samples, train, vote));
    }

    /** Positions drawn with replacement, as many as there are examples. */
    static int[] bootstrap(int examples, SplittableRandom random) {
        return IntStream.generate(() -> random.nextInt(examples))
                .limit(examples)
                .toArray();
    }

    private static OptionalDouble outOfBag(List<Model> members, List<int[]> samples, Dataset train, boolean vote) {
        Votes[] votes = new Votes[train.size()];
        Arrays.setAll(votes, _ -> new Votes(vote));
        for (int m = 0; m < members.size(); m++) {
            int[] drawn = samples.get(m).clone();
            Arrays.sort(drawn);
            int[] left = IntStream.range(0, train.size())
                    .filter(i -> Arrays.binarySearch(drawn, i) < 0)
                    .toArray();
            if (left.length > 0) {
                float[][] scores = members.get(m).predict(train.select(left));
                for (int i = 0; i < left.length; i++) {
                    votes[left[i]].add(scores[i]);
                }
            }
        }
        int[] seen =
                IntStream.range(0, votes.length).filter(i -> !votes[i].none()).toArray();
        if (seen.length == 0) {
            return OptionalDouble.empty();
        }
        float[][] scores = Arrays.stream(seen).mapToObj(i -> votes[i].scores()).toArray(float[][]::new);
        Evaluation evaluation = Evaluation.of(scores, train.select(seen));
        return OptionalDouble.of(
                train.targets() instanceof Targets.Classes ? 1 - evaluation.accuracy() : evaluation.metric("rmse"));
    }
}
