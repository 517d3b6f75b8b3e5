package thimble.benchmarks.experiments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import thimble.benchmarks.reproduction.Check;
import thimble.benchmarks.reproduction.Conditions;
import thimble.benchmarks.reproduction.Experiment;
import thimble.benchmarks.reproduction.Form;
import thimble.benchmarks.reproduction.Part;
import thimble.benchmarks.reproduction.Study;
import thimble.benchmarks.reproduction.check.Level;

/** Kernels and the nearest neighbour on few digits: what a network has to beat. */
final class KernelAnchors implements Experiment {
    private static final int[] SIZES = {100, 500, 2000};
    private static final String TANGENT = "ntk:depth=3";
    private static final String RADIAL = "kernel-ridge:kernel=rbf,gamma=2";
    private static final String LAPLACE = "kernel-ridge:kernel=laplace,gamma=1";
    private static final String NEIGHBOUR = "nearest-neighbours:k=1";

    @Override
    public String name() {
        return "kernel-anchors";
    }

    @Override
    public String letter() {
        return "i";
    }

    @Override
    public String title() {
        return "Kernels on few digits: what a network has to beat";
    }

    @Override
    public String source() {
        return "S. Arora, S. S. Du, Z. Li, R. Salakhutdinov, R. Wang, D. Yu, \"Harnessing the Power of Infinitely Wide"
                + " Deep Nets on Small-data Tasks\", ICLR 2020; the numbers beside ours are an independent prototype's";
    }

    @Override
    public String differences() {
        return "The prototype was tested on the first 4,000 test pictures, which are harder than the other 6,000; here"
                + " all 10,000 are used, so ours should be 1 to 3 points higher.";
    }

    @Override
    public Duration expected(Form form) {
        return Duration.ofMinutes(form.choose(4, 1));
    }

    @Override
    public List<Part> parts(Form form) {
        List<Check> checks = new ArrayList<>();
        checks.addAll(cells("tangent kernel of depth 3", TANGENT, 71.7, 87.1, 93.2));
        checks.addAll(cells("radial kernel", RADIAL, 73.7, 88.2, 93.9));
        checks.addAll(cells("Laplace kernel", LAPLACE, 71.0, 86.5, 92.5));
        checks.addAll(cells("nearest neighbour", NEIGHBOUR, 71.3, 82.9, 89.8));
        Study study = Study.of("kernels", "Accuracy of kernels, nothing tuned", Conditions.of("mnist", "linear"))
                .arms(TANGENT, RADIAL, LAPLACE, NEIGHBOUR)
                .check(checks.toArray(Check[]::new))
                .drawn();
        return List.of(study.sizes(form.choose(10, 3), SIZES));
    }

    private static List<Check> cells(String label, String arm, double... published) {
        double[] tolerance = {2.5, 0.8, 0.4};
        List<Check> cells = new ArrayList<>();
        for (int i = 0; i < SIZES.length; i++) {
            cells.add(Level.of(label + ", n = " + SIZES[i], arm, SIZES[i], published[i], tolerance[i]));
        }
        return cells;
    }
}
