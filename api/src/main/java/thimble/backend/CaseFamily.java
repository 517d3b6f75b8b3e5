package thimble.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import thimble.tensor.DType;
import thimble.tensor.Gradients;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/**
 * Results of one kind that can be built for any size.
 *
 * @param name what they are
 * @param build the results for a size
 */
record CaseFamily(String name, BiFunction<ConformanceCase.Values, Integer, List<Tensor>> build) {
    /** A case for each size, family and order of derivatives from 0 to {@code orders}, without those that have no result. */
    static List<ConformanceCase> cases(List<CaseFamily> families, int[] sizes, int orders) {
        List<ConformanceCase> cases = new ArrayList<>();
        for (int size : sizes) {
            for (CaseFamily family : families) {
                for (int order = 0; order <= orders; order++) {
                    family.add(cases, size, order);
                }
            }
        }
        return cases;
    }

    private void add(List<ConformanceCase> cases, int size, int order) {
        ConformanceCase.Values values = new ConformanceCase.Values();
        List<Tensor> outputs = build.apply(values, size);
        for (int i = 0; i < order; i++) {
            outputs = differentiate(values, outputs, i);
        }
        if (!outputs.isEmpty()) {
            Graph graph = new Graph(outputs, List.of());
            cases.add(new ConformanceCase(
                    name + ", size " + size + ", order " + order, values, List.of(graph), 1, order == 0));
        }
    }

    /** Gradients of Σ r·y³ for each differentiable y with respect to each FLOAT32 input that it needs. */
    private static List<Tensor> differentiate(ConformanceCase.Values values, List<Tensor> outputs, int order) {
        List<Tensor> gradients = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Tensor y = outputs.get(i);
            if (y.dtype() != DType.FLOAT32) {
                continue;
            }
            List<Tensor> inputs = Tensor.topological(List.of(y)).stream()
                    .filter(tensor -> tensor.op() instanceof Op.Input(var name, var _, var dtype, int _)
                            && dtype == DType.FLOAT32
                            && !name.startsWith("weights"))
                    .toList();
            Tensor r = values.input(
                    "weights " + order + "." + i, 0.5, 1.5, y.shape().toArray());
            for (Tensor gradient : Gradients.of(y.square().mul(y).mul(r).sum(), inputs)) {
                if (!(gradient.op() instanceof Op.Constant)) {
                    gradients.add(gradient);
                }
            }
        }
        return gradients;
    }
}
