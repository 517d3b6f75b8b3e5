package thimble.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import thimble.data.Dataset;

/** Trains the members of an ensemble one after another, each with a seed of its own. */
final class Members {
    private final Learner member;
    private final int count;
    private final LearnContext context;
    private final SplittableRandom seeds;

    Members(Learner member, int count, LearnContext context) {
        this.member = member;
        this.count = count;
        this.context = context;
        this.seeds = new SplittableRandom(context.seed());
    }

    /** All members; what one learns from may depend on a generator of its own. If one fails, those before it are closed. */
    List<Model> train(Function<SplittableRandom, Dataset> data) {
        List<Model> trained = new ArrayList<>();
        try {
            for (int number = 0; number < count; number++) {
                SplittableRandom own = seeds.split();
                long seed = own.nextLong();
                LearnContext part = new LearnContext(context.backend(), seed, listener(number), context.cancelled());
                trained.add(member.fit(data.apply(own), part));
            }
            return trained;
        } catch (RuntimeException | Error failure) {
            trained.forEach(Model::close);
            throw failure;
        }
    }

    /** Steps of a member as steps of the whole. */
    private TrainingListener listener(int number) {
        return new TrainingListener() {
            @Override
            public int every() {
                return context.listener().every();
            }

            @Override
            public void step(long step, long steps, double loss) {
                context.listener().step(number * steps + step, count * steps, loss);
            }
        };
    }
}
