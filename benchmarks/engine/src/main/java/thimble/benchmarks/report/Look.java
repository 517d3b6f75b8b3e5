package thimble.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import thimble.benchmarks.ArmKind;
import thimble.benchmarks.Summary;

/**
 * How an arm is drawn everywhere.
 *
 * @param style class that gives colour and dash: {@code c1} … {@code c4}, {@code base}, {@code plain}, {@code classical}
 * @param mark its shape
 */
record Look(String style, Mark mark) {
    private static final List<Mark> CANDIDATES = List.of(Mark.CIRCLE, Mark.SQUARE, Mark.TRIANGLE, Mark.TRIANGLE_DOWN);

    /** Looks of all arms: hues for the four best candidates at the headline's size, ink for the baseline, grey for the others. */
    static Map<String, Look> of(Headline headline) {
        Summary summary = headline.summary();
        Map<String, Look> looks = new LinkedHashMap<>();
        List<String> candidates = new ArrayList<>();
        for (String arm : headline.order()) {
            ArmKind kind = summary.kind(arm);
            if (kind == ArmKind.CANDIDATE && candidates.size() < CANDIDATES.size()) {
                candidates.add(arm);
                looks.put(arm, new Look("c" + candidates.size(), CANDIDATES.get(candidates.size() - 1)));
            } else {
                looks.put(
                        arm,
                        switch (kind) {
                            case BASELINE -> new Look("base", Mark.DIAMOND);
                            case CLASSICAL -> new Look("classical", Mark.PLUS);
                            case PLAIN, CANDIDATE -> new Look("plain", Mark.CROSS);
                        });
            }
        }
        return looks;
    }

    /** True for an arm without a hue. */
    boolean reference() {
        return style.equals("plain") || style.equals("classical");
    }
}
