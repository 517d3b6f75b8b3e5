package thimble.tensor;

/** Convolution and its adjoints as the plain sums of their definition, to compare with. */
record Convolution(Window window, Shape x, Shape kernel, Shape y) {
    private interface Term {
        void at(int x, int kernel, int y);
    }

    double[] output(double[] a, double[] k) {
        double[] out = new double[y.elements()];
        terms((i, j, o) -> out[o] += a[i] * k[j]);
        return out;
    }

    double[] input(double[] g, double[] k) {
        double[] out = new double[x.elements()];
        terms((i, j, o) -> out[i] += g[o] * k[j]);
        return out;
    }

    double[] kernel(double[] a, double[] g) {
        double[] out = new double[kernel.elements()];
        terms((i, j, o) -> out[j] += a[i] * g[o]);
        return out;
    }

    private void terms(Term term) {
        for (int o = 0; o < y.elements(); o++) {
            int n = o / (y.size(1) * y.size(2) * y.size(3));
            int filter = o / (y.size(2) * y.size(3)) % y.size(1);
            int group = filter / (kernel.size(0) / window.groups());
            for (int tap = 0; tap < kernel.elements() / kernel.size(0); tap++) {
                int channel = group * kernel.size(1) + tap / (kernel.size(2) * kernel.size(3));
                int row = o / y.size(3) % y.size(2) * window.strideHeight()
                        + tap / kernel.size(3) % kernel.size(2) * window.dilationHeight()
                        - window.padTop();
                int column = o % y.size(3) * window.strideWidth()
                        + tap % kernel.size(3) * window.dilationWidth()
                        - window.padLeft();
                if (row >= 0 && row < x.size(2) && column >= 0 && column < x.size(3)) {
                    term.at(
                            ((n * x.size(1) + channel) * x.size(2) + row) * x.size(3) + column,
                            filter * (kernel.elements() / kernel.size(0)) + tap,
                            o);
                }
            }
        }
    }
}
