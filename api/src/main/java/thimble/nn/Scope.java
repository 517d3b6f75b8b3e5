package thimble.nn;

import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/** Where a layer stands while a model is traced: names and collects its parameters, taps and state updates. */
public interface Scope {
    /** The scope of a named part; the path joins names by dots, as in {@code block1.conv2}. */
    Scope child(String name);

    /** The same scope for the inside of one stage: hidden outputs in there are tapped as {@link Tap.Kind#INNER}. */
    Scope inner();

    /** Path of this scope, empty at the root. */
    String path();

    /**
     * A trained variable named {@code path.role}, as in {@code conv1.kernel}; the hooked weight if a method rewrites
     * weights.
     */
    Tensor parameter(String name, Shape shape, Initializer initializer, Parameter.Role role);

    /** A variable that is not trained, such as running statistics, with its first value. */
    Tensor buffer(String name, Shape shape, Initializer initializer);

    /**
     * New value of a buffer after each training step; ignored in evaluation. A root of the hook rewrite, so it sees the
     * hooked forward pass.
     */
    void update(Tensor buffer, Tensor value);

    /**
     * Moves a buffer towards a statistic of the batch after each training step: (1 − momentum) · buffer + momentum ·
     * statistic. When statistics are estimated anew, the buffer becomes their mean over batches instead.
     */
    void average(Tensor buffer, Tensor statistic, double momentum);

    /** Offers a value to methods under the path of this scope; returns what the model must go on with. */
    Tensor tap(Tensor value, Tap.Kind kind);

    /** True while tracing a training step, false in evaluation. */
    boolean training();

    /** Weight of each example [n, 1]: 1, or 0 for padding. */
    Tensor weight();
}
