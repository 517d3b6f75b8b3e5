package thimble.backend.vector.fused;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import thimble.backend.vector.code.Code;
import thimble.backend.vector.code.Masks;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Species;
import thimble.tensor.Tensor;

/** Writes the class of one fused group: loops over rows and examples round the straight-line code of its nodes. */
public final class FusedEmitter {
    /** Bytes of code beyond which HotSpot does not compile a method. */
    static final int MOST_BYTES = 7900;

    private static final int ARENA = 1;
    private static final int STATE = 2;
    private static final int TABLE = 3;
    private static final int BASES = 4;
    private static final int FROM = 5;
    private static final int TO = 6;
    private static final int REST = 7;
    private static final int ROW_BYTES = 8;
    private static final int PARTIALS = 9;

    private final FusedShape shape;
    private int calls;
    private int bytes;

    /** For the groups of one structure. */
    public FusedEmitter(FusedShape shape) {
        this.shape = shape;
    }

    /** The class file. */
    public byte[] emit() {
        ClassDesc name = ClassDesc.of(FusedEmitter.class.getPackageName(), "Fused");
        MethodTypeDesc run = MethodTypeDesc.of(
                CD_void,
                Code.SEGMENT,
                Code.SEGMENT,
                Code.SEGMENT,
                CD_long.arrayType(),
                CD_int,
                CD_int,
                CD_int,
                CD_int,
                CD_long);
        byte[] file = ClassFile.of()
                .build(
                        name,
                        type -> type.withFlags(ClassFile.ACC_FINAL)
                                .withInterfaceSymbols(ClassDesc.of(FusedKernel.class.getName()))
                                .withMethodBody(
                                        INIT_NAME,
                                        MTD_void,
                                        0,
                                        body -> body.aload(0)
                                                .invokespecial(CD_Object, INIT_NAME, MTD_void)
                                                .return_())
                                .withMethodBody("run", run, ClassFile.ACC_PUBLIC, body -> new Body(body).write()));
        bytes = file.length;
        return file;
    }

    /** True if the last {@link #emit} wrote a method that will run fast. */
    public boolean fits() {
        return calls <= Code.MOST_CALLS && bytes <= MOST_BYTES;
    }

    /** The code of one method. */
    private final class Body {
        private final CodeBuilder b;
        private final Code code;
        private final FusedNodes nodes;
        private final Map<FusedShape.Address, Integer> scalars = new HashMap<>();
        private final List<Integer> sums = new ArrayList<>();
        private final int[] bases;
        private final int[] columns;
        private final int offset;
        private int lanes = -1;

        Body(CodeBuilder b) {
            this.b = b;
            this.code = new Code(b);
            this.nodes = new FusedNodes(b, code, shape.loops(), this::load);
            this.bases = shape.operands().stream()
                    .mapToInt(_ -> b.allocateLocal(TypeKind.LONG))
                    .toArray();
            this.columns = shape.loops().columns().stream()
                    .mapToInt(_ -> b.allocateLocal(TypeKind.LONG))
                    .toArray();
            this.offset = b.allocateLocal(TypeKind.INT);
        }

        void write() {
            Code.exact(b, ARENA, ARENA);
            Code.exact(b, STATE, STATE);
            Code.exact(b, TABLE, TABLE);
            for (int i = 0; i < bases.length; i++) {
                b.aload(BASES).loadConstant(i).laload().lstore(bases[i]);
            }
            if (shape.loops().group().batch()) {
                keptRows();
            } else {
                flat();
            }
            b.return_();
            calls = code.calls();
        }

        private void loop(int counter, Runnable first, Runnable end, int step, Runnable body) {
            Label top = b.newLabel();
            Label done = b.newLabel();
            first.run();
            b.istore(counter).labelBinding(top).iload(counter);
            end.run();
            b.if_icmpge(done);
            body.run();
            b.iinc(counter, step).goto_(top).labelBinding(done);
        }

        private void flat() {
            scalars();
            loop(offset, () -> b.iload(FROM), () -> b.iload(TO), Species.BYTES, () -> {
                List<FusedNodes.Value> results = new ArrayList<>();
                shape.outputs().forEach(output -> results.add(nodes.value(output, 0)));
                for (int i = 0; i < results.size(); i++) {
                    store(shape.outputs().get(i), 0, results.get(i));
                }
            });
        }

        private void keptRows() {
            int kept = b.allocateLocal(TypeKind.INT);
            int parts = b.allocateLocal(TypeKind.INT);
            int inner = b.allocateLocal(TypeKind.INT);
            int row = b.allocateLocal(TypeKind.LONG);
            int step = shape.sums().isEmpty() ? Species.BYTES : Species.GROUP_BYTES;
            shape.sums().forEach(_ -> sums.add(b.allocateLocal(TypeKind.REFERENCE)));
            loop(
                    kept,
                    () -> b.iload(FROM),
                    () -> b.iload(TO),
                    1,
                    () -> loop(parts, b::iconst_0, () -> b.loadConstant(step), Species.BYTES, () -> {
                        for (int sum : sums) {
                            code.zero();
                            b.astore(sum);
                        }
                        b.iload(kept)
                                .iload(REST)
                                .imul()
                                .i2l()
                                .loadConstant(4L * columns.length)
                                .lmul()
                                .aload(BASES)
                                .loadConstant(bases.length)
                                .laload()
                                .ladd()
                                .lstore(row);
                        loop(inner, b::iconst_0, () -> b.iload(REST), 1, () -> {
                            row(row);
                            loop(offset, () -> b.iload(parts), () -> b.iload(ROW_BYTES), step, this::vectors);
                        });
                        for (int i = 0; i < sums.size(); i++) {
                            long place = i * (long) Species.GROUP_BYTES;
                            code.zero();
                            code.exact(sums.get(i));
                            code.binary("add");
                            code.store(
                                    ARENA,
                                    () -> b.lload(PARTIALS)
                                            .iload(kept)
                                            .i2l()
                                            .loadConstant(sums.size() * (long) Species.GROUP_BYTES)
                                            .lmul()
                                            .ladd()
                                            .loadConstant(place)
                                            .ladd()
                                            .iload(parts)
                                            .i2l()
                                            .ladd());
                        }
                    }));
        }

        /** Reads the offsets and scalars of one row and moves on to the next. */
        private void row(int row) {
            for (int i = 0; i < columns.length; i++) {
                b.aload(TABLE).lload(row).loadConstant(4L * i).ladd();
                code.loadInt();
                b.i2l().lstore(columns[i]);
            }
            b.lload(row).loadConstant(4L * columns.length).ladd().lstore(row);
            scalars();
        }

        private void scalars() {
            for (FusedShape.Address address : shape.scalars()) {
                code.loadScalar(segment(address.operand()), () -> place(address));
                scalars.put(address, nodes.floats().slot());
            }
        }

        private void vectors() {
            for (Tensor output : shape.outputs()) {
                if (shape.summed(output)) {
                    for (int instance : shape.loops().instances(output.input())) {
                        add(shape.sum(output, instance), nodes.value(output.input(), instance));
                    }
                } else {
                    for (int instance : shape.loops().instances(output)) {
                        store(output, instance, nodes.value(output, instance));
                    }
                }
            }
        }

        private void add(int sum, FusedNodes.Value value) {
            if (shape.lanes().isPresent()) {
                if (lanes < 0) {
                    code.load(ARENA, () -> place(shape.lanes().get()));
                    code.compare("NE", 0f);
                    lanes = ((FusedNodes.Value.Mask) nodes.mask()).slot();
                }
                code.zero();
                nodes.push(value);
                code.blend(lanes);
            } else {
                nodes.push(value);
            }
            code.exact(sums.get(sum));
            code.binary("add");
            b.astore(sums.get(sum));
        }

        private void store(Tensor output, int instance, FusedNodes.Value value) {
            FusedShape.Address address = shape.target(output, instance);
            int segment = segment(address.operand());
            if (shape.operands().get(address.operand()).kind() == Operand.Kind.BITS) {
                code.storeMask(nodes.maskSlot(value), segment, () -> place(address));
            } else {
                nodes.push(value);
                code.store(segment, () -> place(address));
            }
        }

        private FusedNodes.Value load(Tensor tensor, int instance) {
            FusedShape.Address address = shape.source(tensor, instance);
            int segment = segment(address.operand());
            return switch (shape.operands().get(address.operand()).kind()) {
                case SCALAR -> {
                    code.exact(Objects.requireNonNull(scalars.get(address)));
                    yield nodes.floats();
                }
                case BITS -> {
                    code.loadMask(segment, () -> place(address));
                    yield nodes.mask();
                }
                case FLOATS, LANES -> {
                    code.load(segment, () -> place(address));
                    yield nodes.floats();
                }
            };
        }

        private int segment(int operand) {
            return shape.operands().get(operand).state() ? STATE : ARENA;
        }

        /** Stack: → byte offset of an address in the current row and vector. */
        private void place(FusedShape.Address address) {
            b.lload(bases[address.operand()]);
            if (address.column() >= 0) {
                b.lload(columns[address.column()]).ladd();
            }
            // What is known not to be negative needs no check of its own in every round of the loop. Numbers that are
            // spread over a vector
            // are read once per row; without their checks some JVMs left these vectors as objects for good.
            boolean vector = shape.operands().get(address.operand()).kind() != Operand.Kind.SCALAR;
            boolean behind = address.displacement() >= 0;
            if (vector && behind) {
                b.loadConstant(Memory.PLACES).land();
            }
            if (address.displacement() != 0) {
                b.loadConstant((long) address.displacement()).ladd();
            }
            if (vector && !behind) {
                b.loadConstant(Memory.PLACES).land();
            }
            switch (shape.operands().get(address.operand()).kind()) {
                case FLOATS, LANES -> b.iload(offset).i2l().ladd();
                case BITS ->
                    b.iload(offset).loadConstant(Masks.SHIFT).iushr().i2l().ladd();
                case SCALAR -> {}
            }
        }
    }
}
