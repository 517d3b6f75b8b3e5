package thimble.train;

import java.nio.file.Path;
import thimble.nn.Initializer;
import thimble.nn.Layer;
import thimble.nn.Scope;
import thimble.tensor.Shape;
import thimble.tensor.Tensor;

/**
 * A model whose output f [n, k] is compared with an embedding of each class: the cosines ⟨φ, f⟩ / ‖f‖ [n, k]. The embeddings are the buffer
 * {@code classes.embeddings} [k, k], row by row.
 *
 * @param model what gives f
 * @param file where the embeddings are read from when training begins
 */
record ClassEmbeddings(Layer model, Path file) implements Layer {
    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Tensor f = model.apply(x, scope); // [n, k]
        int classes = f.shape().size(1);
        Initializer read = (_, _, into) -> EmbeddingFile.read(file, classes, into);
        Tensor phi = scope.child("classes").buffer("embeddings", Shape.of(classes, classes), read); // [k, k]
        return CosineLoss.unit(f).matmulTransposed(phi);
    }
}
