package thimble.train;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import thimble.backend.Backend;
import thimble.data.Dataset;
import thimble.data.Stored;

/**
 * The members of an ensemble and how they are combined: the mean of their scores, or for classes the share of members whose largest score
 * stands at a class, with one uniform vote added so that none has probability 0.
 *
 * @param members the trained members, at least one
 * @param vote true for shares of votes
 * @param outOfBag error on the training examples by the members that did not see them: a share for classes, the root mean square for
 *     numbers; empty if every member saw every example
 */
public record EnsembleModel(List<Model> members, boolean vote, OptionalDouble outOfBag) implements Model {
    /** Copies the members. */
    public EnsembleModel {
        members = List.copyOf(members);
        Ranges.atLeast("members", members.size(), 1);
    }

    @Override
    public float[] predict(float[] example) {
        Votes votes = new Votes(vote);
        members.forEach(member -> votes.add(member.predict(example)));
        return votes.scores();
    }

    @Override
    public float[][] predict(Dataset data) {
        Votes[] votes = new Votes[data.size()];
        for (int i = 0; i < votes.length; i++) {
            votes[i] = new Votes(vote);
        }
        for (Model member : members) {
            float[][] scores = member.predict(data);
            for (int i = 0; i < votes.length; i++) {
                votes[i].add(scores[i]);
            }
        }
        float[][] combined = new float[votes.length][];
        for (int i = 0; i < votes.length; i++) {
            combined[i] = votes[i].scores();
        }
        return combined;
    }

    @Override
    public Stored stored() {
        Stored stored =
                Stored.of(SavedModel.ENSEMBLE).with("members", members.size()).with("vote", vote);
        if (outOfBag.isPresent()) {
            stored = stored.with("out-of-bag", outOfBag.getAsDouble());
        }
        for (int i = 0; i < members.size(); i++) {
            stored = stored.with("member-" + i, members.get(i).stored());
        }
        return stored;
    }

    static EnsembleModel read(Stored stored, Backend backend) {
        int count = stored.whole("members", 1, Math.max(1, stored.parts().size()));
        boolean judged = stored.texts().containsKey("out-of-bag");
        boolean vote = stored.flag("vote");
        List<Model> members = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                members.add(SavedModel.read(stored.part("member-" + i), backend));
            }
            return new EnsembleModel(
                    members, vote, judged ? OptionalDouble.of(stored.number("out-of-bag")) : OptionalDouble.empty());
        } catch (RuntimeException damaged) {
            members.forEach(Model::close);
            throw damaged;
        }
    }

    @Override
    public void close() {
        members.forEach(Model::close);
    }
}
