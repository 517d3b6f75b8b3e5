package thimble.backend.vector.contraction;

import java.util.ArrayList;
import java.util.List;
import thimble.backend.vector.memory.BatchLayout;
import thimble.backend.vector.memory.Matrix;
import thimble.tensor.Window;

/** Sizes of a convolution under test. */
public record Case(int batch, int inputs, int outputs, int height, int width, int halo, Window window) {
    public BatchLayout x() {
        return new BatchLayout(inputs, height, width, halo, batch);
    }

    public BatchLayout y() {
        return BatchLayout.images(outputs, window.outputHeight(height), window.outputWidth(width), batch);
    }

    public Matrix kernel() {
        return Matrix.of(outputs, inputs / window.groups() * window.kernelHeight() * window.kernelWidth());
    }

    /**
     * Border cases: batches, channels, strides, paddings with and without halo, dilations, groups, kernels larger than
     * a tile, images of several bands, channels for several sections, rows whose ends meet fewer elements of the kernel.
     */
    public static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (int batch : new int[] {1, 3, 8, 10, 16, 17, 50, 64, 65, 100}) {
            cases.add(new Case(batch, 3, 5, 6, 7, 0, Window.of(3, 3)));
        }
        for (int channels : new int[] {1, 3, 6, 16, 20, 50}) {
            cases.add(new Case(17, channels, 4, 6, 6, 0, Window.of(5, 5)));
            cases.add(new Case(10, 2, channels, 5, 6, 1, Window.of(3, 3).padding(1)));
        }
        for (int stride = 1; stride <= 3; stride++) {
            for (int halo = 0; halo <= 2; halo++) {
                cases.add(new Case(
                        3,
                        3,
                        7,
                        8,
                        9,
                        halo,
                        Window.of(3, 2).stride(stride, 4 - stride).padding(2, 0, 1, 2)));
                cases.add(new Case(
                        20,
                        4,
                        4,
                        9,
                        8,
                        halo,
                        Window.of(3, 3).stride(stride).padding(1).dilation(2)));
            }
        }
        cases.add(new Case(10, 6, 4, 7, 7, 0, Window.of(3, 3).groups(2)));
        cases.add(new Case(33, 6, 6, 7, 9, 0, Window.of(3, 3).padding(1).groups(6)));
        cases.add(
                new Case(33, 6, 6, 9, 7, 1, Window.of(3, 3).stride(2).padding(1).groups(6)));
        cases.add(new Case(5, 4, 8, 6, 6, 0, Window.of(2, 2).stride(2).groups(4)));
        cases.add(new Case(12, 17, 9, 5, 4, 0, Window.of(1, 1)));
        cases.add(new Case(12, 7, 9, 5, 4, 0, Window.of(1, 1).stride(3)));
        cases.add(new Case(4, 2, 3, 11, 12, 0, Window.of(7, 8).padding(3)));
        cases.add(new Case(4, 1, 1, 1, 30, 0, Window.of(1, 9).padding(0, 0, 4, 4)));
        cases.add(new Case(16, 2, 1, 3, 3, 0, Window.of(3, 3).padding(2).stride(3)));
        cases.add(new Case(2, 1, 2, 2, 2, 0, Window.of(1, 1).padding(2, 1, 0, 2)));
        cases.add(new Case(18, 2, 5, 30, 40, 0, Window.of(3, 3).padding(1)));
        cases.add(new Case(5, 24, 20, 5, 4, 0, Window.of(3, 3).padding(1)));
        cases.add(new Case(17, 5, 6, 4, 23, 0, Window.of(3, 3).padding(1)));
        cases.add(new Case(3, 3, 2, 5, 40, 0, Window.of(2, 7).padding(1, 1, 3, 3)));
        cases.add(new Case(20, 3, 4, 6, 31, 0, Window.of(3, 3).padding(2).dilation(2)));
        cases.add(new Case(16, 4, 5, 7, 29, 0, Window.of(3, 3).padding(1).stride(2)));
        cases.add(
                new Case(33, 6, 9, 3, 24, 0, Window.of(3, 2).padding(1, 1, 0, 1).groups(3)));
        cases.add(new Case(1, 12, 9, 3, 18, 0, Window.of(3, 3).padding(1)));
        return cases;
    }
}
