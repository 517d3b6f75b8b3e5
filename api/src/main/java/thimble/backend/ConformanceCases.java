package thimble.backend;

import java.util.ArrayList;
import java.util.List;

/** The cases that every backend must pass. */
public final class ConformanceCases {
    private ConformanceCases() {}

    /** All cases. */
    public static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>(operations());
        cases.addAll(networks());
        return cases;
    }

    /** Every primitive at border sizes with its first and second derivatives, and where numbers are not finite or too small to be normal. */
    public static List<ConformanceCase> operations() {
        List<ConformanceCase> cases = new ArrayList<>(OperationCases.all());
        cases.addAll(SpecialCases.all());
        return cases;
    }

    /** Whole training steps and what they are made of. */
    public static List<ConformanceCase> networks() {
        return NetworkCases.all();
    }
}
