package thimble.train;

import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import thimble.backend.Backend;
import thimble.data.Dataset;
import thimble.method.Methods;
import thimble.nn.Parameter;

/** How a trained model came about, as texts by key. */
public final class Provenance {
    /** Key of the methods that measured something before the first step, as specs with what they found, joined by +. */
    public static final String CALIBRATED = "calibrated";

    /** Key of the first values of kernels, as {@code HeNormal: fc1 fc2; GlorotUniform: out}. */
    public static final String INITIALIZERS = "initializers";

    /** Key of the run-time numbers of those methods, as {@code layerwise-decay.lambda.fc1.kernel=5.1E-4}, joined by spaces. */
    public static final String NUMBERS = "numbers";

    private Provenance() {}

    static SequencedMap<String, String> of(
            Trainer trainer, StepSetup setup, Dataset data, long seed, Backend backend, Map<String, Double> numbers) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        texts.put("methods", trainer.methods().toString());
        String calibrated = calibrated(trainer.methods(), setup.methods());
        if (!calibrated.isEmpty()) {
            texts.put(CALIBRATED, calibrated);
            texts.put(NUMBERS, numbers(trainer.methods(), setup.methods(), numbers));
        }
        texts.put(INITIALIZERS, initializers(trainer, setup));
        texts.put("optimizer", setup.optimizer().toString());
        texts.put("batch", Integer.toString(setup.batch()));
        texts.put("steps", Long.toString(setup.steps()));
        texts.put("seed", Long.toString(seed));
        texts.put("data", data.name());
        texts.put("examples", Integer.toString(data.size()));
        texts.put("backend", backend.description());
        return texts;
    }

    private static String calibrated(List<Regularizer> declared, List<Regularizer> found) {
        return found.stream()
                .filter(method -> !declared.contains(method))
                .map(Provenance::text)
                .collect(Collectors.joining("+"));
    }

    private static String numbers(List<Regularizer> declared, List<Regularizer> found, Map<String, Double> numbers) {
        List<String> owners = found.stream()
                .filter(method -> !declared.contains(method))
                .map(method -> method.name() + ".")
                .toList();
        return numbers.entrySet().stream()
                .filter(number -> owners.stream().anyMatch(number.getKey()::startsWith))
                .map(number -> number.getKey() + "=" + number.getValue())
                .collect(Collectors.joining(" "));
    }

    /** A method that is no public record has no spec. */
    private static String text(Regularizer method) {
        boolean named = method.getClass().isRecord()
                && Modifier.isPublic(method.getClass().getModifiers());
        return named ? Methods.print(method) : method.toString();
    }

    private static String initializers(Trainer trainer, StepSetup setup) {
        Map<String, List<String>> layers = ForwardPass.trace(setup).parameters().stream()
                .filter(parameter -> parameter.role() == Parameter.Role.KERNEL)
                .collect(Collectors.groupingBy(
                        parameter -> first(trainer, parameter),
                        LinkedHashMap::new,
                        Collectors.mapping(Provenance::layer, Collectors.toList())));
        return layers.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(" ", entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String first(Trainer trainer, Parameter parameter) {
        boolean given = trainer.options()
                .initial()
                .flatMap(weights -> weights.find(parameter.name()))
                .isPresent();
        return given ? "given" : parameter.initializer().toString().replace("[]", "");
    }

    private static String layer(Parameter parameter) {
        int dot = parameter.name().lastIndexOf('.');
        return dot < 0 ? parameter.name() : parameter.name().substring(0, dot);
    }
}
