package thimble.benchmarks.reproduction;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import thimble.benchmarks.Cell;
import thimble.benchmarks.statistics.Interval;
import thimble.benchmarks.statistics.Student;

/**
 * What the runs of a measurement gave.
 *
 * @param values values by name, by key of the run
 */
public record Records(SequencedMap<String, Map<String, Double>> values) {
    /** Copies the map. */
    public Records {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /** One value of one run. */
    public OptionalDouble value(String key, String name) {
        Double value = values.getOrDefault(key, Map.of()).get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** One value of several runs, in their order; runs that are not done are left out. */
    public double[] values(List<String> keys, String name) {
        return keys.stream()
                .map(key -> value(key, name))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
    }

    /** Mean and Student interval of numbers as a row without a verdict; an open row if there is no number. */
    public static Finding mean(String label, Unit unit, double[] numbers) {
        return numbers.length == 0
                ? Finding.open(label, unit, OptionalDouble.empty())
                : Finding.reported(label, unit, Student.mean(numbers), interval(numbers));
    }

    /** The Student interval of the mean; none below two numbers. */
    public static Optional<Interval> interval(double[] numbers) {
        return numbers.length < 2 ? Optional.empty() : Optional.of(Student.interval(numbers, Cell.LEVEL, 0));
    }
}
