package thimble.augmenters;

import java.util.Arrays;
import thimble.tensor.Shape;

/** A copy of one picture's pixels, to read from while the picture is written anew. */
final class Picture {
    private final float[] pixels;
    private final int height;
    private final int width;

    Picture(float[] example, int offset, Shape shape) {
        this.pixels = Arrays.copyOfRange(example, offset, offset + shape.elements());
        this.height = shape.size(1);
        this.width = shape.size(2);
    }

    /** One pixel. */
    float at(int channel, int y, int x) {
        return pixels[(channel * height + y) * width + x];
    }

    /** Bilinear value between pixels; outside, the nearest pixel of the edge. */
    float between(int channel, double y, double x) {
        double top = Math.floor(y);
        double left = Math.floor(x);
        float down = (float) (y - top);
        float right = (float) (x - left);
        float above = mixed(edge(channel, top, left), edge(channel, top, left + 1), right);
        float below = mixed(edge(channel, top + 1, left), edge(channel, top + 1, left + 1), right);
        return mixed(above, below, down);
    }

    private float edge(int channel, double y, double x) {
        return at(channel, (int) Math.clamp(y, 0, height - 1), (int) Math.clamp(x, 0, width - 1));
    }

    private static float mixed(float a, float b, float share) {
        return share == 0 ? a : a + (b - a) * share;
    }
}
