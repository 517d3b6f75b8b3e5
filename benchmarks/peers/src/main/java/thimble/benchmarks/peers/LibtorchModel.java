package thimble.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.Iterator;
import java.util.List;

/** The networks of the benchmarks, written with the operations of the Deep Java Library. */
enum LibtorchModel {
    /** Fully connected layers with relu between them. */
    PERCEPTRON {
        @Override
        NDArray logits(NDArray x, List<NDArray> p) {
            NDArray h = x.reshape(x.getShape().get(0), -1);
            for (int i = 0; i < p.size() - 2; i += 2) {
                h = linear(h, p, i).getNDArrayInternal().relu();
            }
            return linear(h, p, p.size() - 2);
        }
    },

    /** Two convolutions, each with relu and pooling, then a perceptron. */
    LENET {
        @Override
        NDArray logits(NDArray x, List<NDArray> p) {
            NDArray h = pooled(pooled(x, p, 0), p, 2);
            return PERCEPTRON.logits(h, p.subList(4, p.size()));
        }

        private NDArray pooled(NDArray x, List<NDArray> p, int at) {
            NDArray h = Conv2d.conv2d(x, p.get(at), p.get(at + 1)).singletonOrThrow();
            Shape two = new Shape(2, 2);
            return Pool.maxPool2d(h.getNDArrayInternal().relu(), two, two, new Shape(0, 0), false);
        }
    },

    /** Residual blocks with batch norm by the statistics of the batch. */
    RESNET20 {
        private static final int BLOCKS = 9;

        @Override
        NDArray logits(NDArray x, List<NDArray> p) {
            Iterator<NDArray> weights = p.iterator();
            NDArray h = relu(normed(x, weights, 1));
            for (int block = 0; block < BLOCKS; block++) {
                boolean halves = block == 3 || block == 6;
                int stride = halves ? 2 : 1;
                NDArray body = normed(relu(normed(h, weights, stride)), weights, 1);
                h = relu(body.add(halves ? normed(h, weights, stride) : h));
            }
            return Linear.linear(h.mean(new int[] {3}).mean(new int[] {2}), weights.next(), weights.next())
                    .singletonOrThrow();
        }

        private static NDArray relu(NDArray x) {
            return x.getNDArrayInternal().relu();
        }

        private static NDArray normed(NDArray x, Iterator<NDArray> weights, int stride) {
            NDArray kernel = weights.next();
            NDArray scale = weights.next();
            NDArray shift = weights.next();
            long padding = kernel.getShape().get(2) / 2;
            NDArray h = Conv2d.conv2d(x, kernel, null, new Shape(stride, stride), new Shape(padding, padding))
                    .singletonOrThrow();
            NDArray mean = h.getManager().zeros(scale.getShape());
            NDArray variance = h.getManager().ones(scale.getShape());
            return BatchNorm.batchNorm(h, mean, variance, scale, shift, 1, 0.9f, 1e-5f, true)
                    .singletonOrThrow();
        }
    };

    /** What a batch of pictures gives before the softmax, [n, classes]. */
    abstract NDArray logits(NDArray x, List<NDArray> p);

    private static NDArray linear(NDArray x, List<NDArray> p, int at) {
        return Linear.linear(x, p.get(at), p.get(at + 1)).singletonOrThrow();
    }

    static LibtorchModel of(String model) {
        return model.startsWith("lenet") ? LENET : model.startsWith("resnet20") ? RESNET20 : PERCEPTRON;
    }
}
