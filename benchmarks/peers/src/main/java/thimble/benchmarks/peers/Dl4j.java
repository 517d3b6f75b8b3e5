package thimble.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.nativeblas.NativeOpsHolder;
import thimble.benchmarks.speed.StepCase;
import thimble.tensor.Shape;

/** Deeplearning4j in this process: perceptrons and LeNets; no second derivatives. */
final class Dl4j implements StepPeer {
    private static final double RATE = 1e-3;
    private static final double MOMENTUM = 0.9;

    private final String version;
    private final List<String> names = new ArrayList<>();
    private Optional<MultiLayerNetwork> loaded = Optional.empty();
    private INDArray x = Nd4j.empty();
    private INDArray y = Nd4j.empty();

    Dl4j(int threads) {
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        String of = MultiLayerNetwork.class.getPackage().getImplementationVersion();
        version = of == null ? "" : " " + of;
    }

    @Override
    public String name() {
        return "DL4J" + version;
    }

    @Override
    public boolean makes(String model, String kind) {
        return kind.equals("plain") && !model.startsWith("resnet");
    }

    @Override
    public void load(StepCase about, List<Shape> shapes, float[][] values, double... strengths) {
        close();
        MultiLayerNetwork network = network(shapes.subList(0, shapes.size() - 3), about.image());
        network.init();
        loaded = Optional.of(network);
        names.clear();
        Map<String, INDArray> weights = network.paramTable();
        for (int i = 0; i < shapes.size() - 3; i++) {
            String name = layer(i, shapes) + (i % 2 == 0 ? "_W" : "_b");
            names.add(name);
            INDArray ours =
                    Nd4j.createFromArray(values[i]).reshape(shapes.get(i).toArray());
            INDArray theirs = Objects.requireNonNull(weights.get(name));
            theirs.assign(dense(i, shapes) ? ours.transpose() : ours.reshape(theirs.shape()));
        }
        int[] pictures = shapes.get(shapes.size() - 3).toArray();
        boolean flat = shapes.getFirst().rank() == 2;
        x = Nd4j.createFromArray(values[values.length - 3])
                .reshape(flat ? new int[] {about.batch(), about.image().elements()} : pictures);
        y = Nd4j.createFromArray(values[values.length - 2])
                .reshape(shapes.get(shapes.size() - 2).toArray());
    }

    private static boolean dense(int parameter, List<Shape> shapes) {
        return parameter % 2 == 0 && shapes.get(parameter).rank() == 2;
    }

    /** Position of a parameter's layer, poolings counted. */
    private static int layer(int parameter, List<Shape> shapes) {
        int poolings = 0;
        for (int i = 0; i < parameter / 2 * 2; i += 2) {
            poolings += shapes.get(i).rank() == 4 ? 1 : 0;
        }
        return parameter / 2 + poolings;
    }

    private static MultiLayerNetwork network(List<Shape> parameters, Shape image) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i += 2) {
            Shape kernel = parameters.get(i);
            int outputs = kernel.size(0);
            if (kernel.rank() == 4) {
                layers.add(new ConvolutionLayer.Builder(kernel.size(2), kernel.size(3))
                        .nOut(outputs)
                        .activation(Activation.RELU)
                        .build());
                layers.add(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build());
            } else if (i + 2 < parameters.size()) {
                layers.add(new DenseLayer.Builder()
                        .nOut(outputs)
                        .activation(Activation.RELU)
                        .build());
            } else {
                layers.add(new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nOut(outputs)
                        .activation(Activation.SOFTMAX)
                        .build());
            }
        }
        boolean flat = parameters.getFirst().rank() == 2;
        return new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .optimizationAlgo(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT)
                .updater(new Nesterovs(RATE, MOMENTUM))
                .list(layers.toArray(Layer[]::new))
                .setInputType(
                        flat
                                ? InputType.feedForward(image.elements())
                                : InputType.convolutional(image.size(1), image.size(2), image.size(0)))
                .build());
    }

    @Override
    public float[] gradients(String kind, int count) {
        MultiLayerNetwork network = loaded.orElseThrow();
        network.setInput(x);
        network.setLabels(y);
        network.computeGradientAndScore();
        Map<String, INDArray> gradients = network.gradient().gradientForVariable();
        float[] values = new float[count];
        int at = 0;
        for (String name : names) {
            INDArray theirs = Objects.requireNonNull(gradients.get(name));
            boolean turned = name.endsWith("_W") && theirs.rank() == 2;
            // Deeplearning4j sums over the batch here and divides in the updater.
            float[] part = (turned ? theirs.transpose() : theirs)
                    .dup('c')
                    .div(x.size(0))
                    .data()
                    .asFloat();
            System.arraycopy(part, 0, values, at, part.length);
            at += part.length;
        }
        return values;
    }

    @Override
    public double microseconds(String kind, int runs) {
        MultiLayerNetwork network = loaded.orElseThrow();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            network.fit(x, y);
            least = Math.min(least, System.nanoTime() - start);
        }
        return least / 1e3;
    }

    @Override
    public void close() {
        loaded.ifPresent(MultiLayerNetwork::close);
    }
}
