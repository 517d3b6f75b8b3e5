package thimble.backend.gpu;

import java.util.List;
import thimble.backend.FusedGroup;
import thimble.backend.Names;
import thimble.tensor.Op;
import thimble.tensor.Tensor;

/** The launches of every node and group of a plan. A new primitive is one line here and one file with its kernel. */
final class Lowering {
    private final Memory memory;
    private final Names names;
    private final Moves moves;
    private final Maps maps;
    private final Reductions reductions;
    private final Products products;
    private final Convolutions convolutions;
    private final Patches patches;
    private final Indexing indexing;
    private final RandomNumbers randomNumbers;

    /**
     * @param tiles true if products that fill tiles go through local memory
     */
    Lowering(Memory memory, boolean tiles) {
        this.memory = memory;
        names = new Names(memory.plan());
        moves = new Moves(memory);
        maps = new Maps(memory);
        reductions = new Reductions(memory);
        products = new Products(memory, reductions, tiles);
        convolutions = new Convolutions(memory, reductions, tiles);
        patches = new Patches(memory);
        indexing = new Indexing(memory);
        randomNumbers = new RandomNumbers(memory);
    }

    /** Copies, for what is not a node. */
    Moves moves() {
        return moves;
    }

    /** Places where an index may be out of range. */
    List<Indexing.Site> sites() {
        return indexing.sites();
    }

    /** The launches of a fused group. */
    List<Work> of(FusedGroup group) {
        return new FusedWork(memory, group, names.group(group)).launches();
    }

    /** The launches of one node. */
    List<Work> of(Tensor t) {
        return switch (t.op()) {
            case Op.Random random -> List.of(randomNumbers.uniform(line("random", t), t, random));
            case Op.Unary(var kind) -> List.of(maps.unary(line("map", t), t, kind));
            case Op.Binary(var kind) -> List.of(maps.binary(line("map", t), t, kind));
            case Op.Select _ -> List.of(maps.select(line("map", t), t));
            case Op.Cast _ -> List.of(maps.cast(line("cast", t), t));
            case Op.StopGradient _ -> List.of(moves.stretch(line("relayout", t), t));
            case Op.Broadcast _ -> List.of(moves.stretch(line("broadcast", t), t));
            case Op.Reshape _ -> List.of(moves.reshape(line("reshape", t), t));
            case Op.Transpose(var order) -> List.of(moves.transpose(line("transpose", t), t, order));
            case Op.Slice(int axis, int from, int _) -> List.of(moves.slice(line("slice", t), t, axis, from));
            case Op.Pad(int axis, int before, int _, double value) ->
                List.of(moves.pad(line("pad", t), t, axis, before, value));
            case Op.Concat(int axis) -> List.of(moves.concat(line("concat", t), t, axis));
            case Op.Reduce(var kind, var axes) -> reductions.reduce(line("reduce", t), t, kind, axes);
            case Op.ArgMax(int axis) -> List.of(reductions.argMax(line("argmax", t), t, axis));
            case Op.MatMul(boolean transposeA, boolean transposeB) ->
                products.matmul(line("matmul", t), t, transposeA, transposeB);
            case Op.Conv2d(var window) -> convolutions.forward(line("conv2d", t), t, window);
            case Op.Conv2dInputGrad(var window, var _) -> convolutions.input(line("conv2d-input-grad", t), t, window);
            case Op.Conv2dKernelGrad(var window, var _) ->
                convolutions.kernel(line("conv2d-kernel-grad", t), t, window);
            case Op.Gather(int axis) -> List.of(indexing.gather(line("gather", t), t, axis));
            case Op.ScatterAdd(int axis, int size) -> List.of(indexing.scatter(line("scatter", t), t, axis, size));
            case Op.Patches(var window) -> List.of(patches.patches(line("patches", t), t, window));
            case Op.PatchesGrad(var window, var _) -> List.of(patches.adjoint(line("patches-grad", t), t, window));
            case Op.Input _, Op.Variable _, Op.Constant _, Op.Iota _ ->
                throw new IllegalStateException("[lowering] expected a computed node but received " + t);
        };
    }

    private String line(String name, Tensor t) {
        return names.launch(name, t);
    }
}
