package thimble.benchmarks.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import thimble.benchmarks.Arm;
import thimble.benchmarks.Protocol;

/**
 * A comparison as part of an experiment.
 *
 * @param name name in the folder of results
 * @param title what is asked
 * @param conditions under which the arms are compared
 * @param arms specs of what is compared; the first is the baseline of the figure
 * @param sizes numbers of training examples with their repeats, in the order run
 * @param checks what is read off, in the order shown
 * @param figure true for a figure of the learning curves
 */
public record Study(
        String name,
        String title,
        Conditions conditions,
        List<String> arms,
        List<Size> sizes,
        List<Check> checks,
        boolean figure)
        implements Part {
    /** Copies the lists. */
    public Study {
        arms = List.copyOf(arms);
        sizes = List.copyOf(sizes);
        checks = List.copyOf(checks);
    }

    /** A study without arms, sizes and checks yet. */
    public static Study of(String name, String title, Conditions conditions) {
        return new Study(name, title, conditions, List.of(), List.of(), List.of(), false);
    }

    /** This study with these arms. */
    public Study arms(String... specs) {
        return arms(List.of(specs));
    }

    /** This study with these arms. */
    public Study arms(List<String> specs) {
        return new Study(name, title, conditions, specs, sizes, checks, figure);
    }

    /** This study with further sizes of so many repeats. */
    public Study sizes(int repeats, int... examples) {
        List<Size> all = new ArrayList<>(sizes);
        IntStream.of(examples).mapToObj(count -> new Size(count, repeats)).forEach(all::add);
        return new Study(name, title, conditions, arms, all, checks, figure);
    }

    /** This study with further checks. */
    public Study check(Check... more) {
        List<Check> all = new ArrayList<>(checks);
        all.addAll(List.of(more));
        return new Study(name, title, conditions, arms, sizes, all, figure);
    }

    /** This study with a figure. */
    public Study drawn() {
        return new Study(name, title, conditions, arms, sizes, checks, true);
    }

    /** Trainings in all, without those of the tuning. */
    public int trials() {
        return arms.size() * sizes.stream().mapToInt(this::trials).sum();
    }

    /** Trainings of one arm at one size. */
    int trials(Size size) {
        return conditions.protocol() instanceof Protocol.Folds(int count) ? size.repeats() * count : size.repeats();
    }

    List<Arm> parsed() {
        return arms.stream().map(Arm::parse).toList();
    }
}
