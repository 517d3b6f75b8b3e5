package thimble.backend.vector.contraction;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorSpecies;
import thimble.backend.vector.code.Code;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Species;

/**
 * Writes one hidden class per form and size.
 *
 * <p>What C2 asks for: all vector calls written out in the method (a wrapper boxes), one flat loop over k, the
 * receiver of every call fresh from a load, a broadcast or a zero (after a loop the class of an accumulator is
 * unknown, and the call would be virtual), few accesses to segments in a method (C1 runs out of virtual registers, and
 * the method is never compiled well; {@link Tiles#maxRows} has the numbers).
 */
final class TileEmitter {
    private static final ClassDesc TILE = desc(Tile.class);
    private static final ClassDesc MEMORY = desc(Memory.class);
    private static final ClassDesc SPECIES = desc(Species.class);
    private static final ClassDesc SEGMENT = desc(MemorySegment.class);
    private static final ClassDesc ORDER = desc(ByteOrder.class);
    private static final ClassDesc FLOATS = desc(FloatVector.class);
    private static final ClassDesc VECTOR = desc(Vector.class);
    private static final ClassDesc VECTOR_SPECIES = desc(VectorSpecies.class);
    private static final ClassDesc INT_LAYOUT = desc(ValueLayout.OfInt.class);
    private static final ClassDesc FLOAT_LAYOUT = desc(ValueLayout.OfFloat.class);
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            CD_void, SEGMENT, CD_long, CD_int, SEGMENT, CD_long, CD_long, SEGMENT, CD_long, CD_long, CD_long, SEGMENT,
            CD_long, CD_long);

    // Locals of the method: its parameters, then its own.
    private static final int TABLE = 1;
    private static final int TABLE_OFFSET = 2;
    private static final int COUNT = 4;
    private static final int A = 5;
    private static final int A_OFFSET = 6;
    private static final int A_STEP = 8;
    private static final int B = 10;
    private static final int B_OFFSET = 11;
    private static final int B_STEP = 13;
    private static final int B_GROUP_STEP = 15;
    private static final int C = 17;
    private static final int C_OFFSET = 18;
    private static final int C_STEP = 20;
    private static final int FREE = 22;

    private final Tile.Form form;
    private final int rows;
    private final int columns;
    private final int neighbours;
    private final CodeBuilder code;

    private TileEmitter(Tile.Form form, int rows, int columns, int neighbours, CodeBuilder code) {
        this.form = form;
        this.rows = rows;
        this.columns = columns;
        this.neighbours = neighbours;
        this.code = code;
    }

    /** Generates and loads a tile, whose columns are groups of neighbours. */
    static Tile define(Tile.Form form, int rows, int columns, int neighbours) {
        ClassDesc self = ClassDesc.of(TileEmitter.class.getPackageName(), "Tile" + form.name() + rows + "x" + columns);
        byte[] bytes = ClassFile.of().build(self, type -> {
            type.withFlags(ClassFile.ACC_FINAL).withInterfaceSymbols(TILE);
            type.withMethodBody(
                    INIT_NAME,
                    MTD_void,
                    0,
                    c -> c.aload(0)
                            .invokespecial(CD_Object, INIT_NAME, MTD_void)
                            .return_());
            type.withMethodBody(
                    "run", RUN, ClassFile.ACC_PUBLIC, c -> new TileEmitter(form, rows, columns, neighbours, c).block());
        });
        try {
            var lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (Tile) lookup.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated tile", e);
        }
    }

    private void block() {
        for (int operand : new int[] {TABLE, A, B, C}) {
            Code.exact(code, operand, operand);
        }
        code.lload(A_STEP).loadConstant((long) Integer.MAX_VALUE).land().lstore(step());
        Code.bound(code, B_STEP, Integer.MAX_VALUE);
        if (form == Tile.Form.DOT) {
            code.lload(B_GROUP_STEP)
                    .lload(B_STEP)
                    .loadConstant(neighbours - 1L)
                    .lmul()
                    .lsub();
            code.loadConstant((long) Integer.MAX_VALUE).land().lstore(jump());
        }
        begin();
        loop();
        exact(zero()).astore(row());
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                code.aload(row()).aload(sum(i, j)).invokevirtual(FLOATS, "add", MethodTypeDesc.of(FLOATS, VECTOR));
                code.aload(C)
                        .lload(C_OFFSET)
                        .loadConstant((long) j * columnBytes())
                        .ladd()
                        .getstatic(SPECIES, "ORDER", ORDER);
                code.invokevirtual(FLOATS, "intoMemorySegment", MethodTypeDesc.of(CD_void, SEGMENT, CD_long, ORDER));
            }
            advance(C_OFFSET, C_STEP);
        }
        code.return_();
    }

    /** Sets the sums to 0 or to what c holds. */
    private void begin() {
        if (form == Tile.Form.ONTO) {
            code.lload(C_OFFSET).lstore(cNow());
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    load(C, cNow(), (long) j * columnBytes()).astore(sum(i, j));
                }
                advance(cNow(), C_STEP);
            }
            return;
        }
        zero().astore(row());
        for (int i = 0; i < rows * columns; i++) {
            code.aload(row()).astore(sum(0, i));
        }
    }

    private void loop() {
        Label top = code.newLabel();
        Label end = code.newLabel();
        code.iconst_0()
                .istore(counter())
                .labelBinding(top)
                .iload(counter())
                .iload(COUNT)
                .if_icmpge(end);
        pair(0, A_OFFSET, aNow(), form == Tile.Form.DOT);
        pair(4, B_OFFSET, bNow(), true);
        switch (form) {
            case PRODUCT, ONTO -> product();
            case PIXELS -> pixels();
            case DOT -> dot();
        }
        code.lload(TABLE_OFFSET).loadConstant(8L).ladd().lstore(TABLE_OFFSET);
        code.iinc(counter(), 1).goto_(top).labelBinding(end);
    }

    private void product() {
        for (int j = 0; j < columns; j++) {
            load(B, bNow(), (long) j * columnBytes()).astore(column(j));
        }
        // A checked read keeps those after it in their place. Without any, all numbers would be spread over lanes at
        // once, for which there are not always registers; checks for all of them cost a sixth of the time and more.
        int free = Math.max(1, Species.REGISTERS - 1 - rows * columns - columns);
        for (int i = 0; i < rows; i++) {
            if (i == 0) {
                unchecked();
            }
            broadcast().astore(row());
            if (i > 0 && i % free == 0) {
                unchecked();
            }
            advance(aNow(), (i + 1) % free == 0 ? A_STEP : step());
            for (int j = 0; j < columns; j++) {
                code.aload(row()).aload(column(j));
                fma(i, j);
            }
        }
    }

    /** Tells the compiler that this place of a and those a step on need no check. */
    private void unchecked() {
        code.lload(aNow()).loadConstant(Memory.PLACES).land().lstore(aNow());
    }

    private void pixels() {
        broadcast().astore(row());
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                code.aload(row());
                load(B, bNow(), (long) j * columnBytes());
                fma(i, j);
            }
            advance(bNow(), B_STEP);
        }
    }

    private void dot() {
        for (int j = 0; j < columns; j++) {
            load(B, bNow(), 0).astore(column(j));
            advance(bNow(), (j + 1) % neighbours == 0 ? jump() : B_STEP);
        }
        for (int i = 0; i < rows; i++) {
            load(A, aNow(), 0).astore(row());
            advance(aNow(), step());
            for (int j = 0; j < columns; j++) {
                code.aload(row()).aload(column(j));
                fma(i, j);
            }
        }
    }

    private CodeBuilder load(int segment, int offset, long displacement) {
        code.getstatic(SPECIES, "FLOATS", VECTOR_SPECIES).aload(segment).lload(offset);
        code.loadConstant(displacement).ladd().getstatic(SPECIES, "ORDER", ORDER);
        return code.invokestatic(
                FLOATS, "fromMemorySegment", MethodTypeDesc.of(FLOATS, VECTOR_SPECIES, SEGMENT, CD_long, ORDER));
    }

    private CodeBuilder broadcast() {
        code.getstatic(SPECIES, "FLOATS", VECTOR_SPECIES)
                .aload(A)
                .getstatic(MEMORY, "FLOAT", FLOAT_LAYOUT)
                .lload(aNow());
        code.invokeinterface(SEGMENT, "get", MethodTypeDesc.of(CD_float, FLOAT_LAYOUT, CD_long));
        return code.invokestatic(FLOATS, "broadcast", MethodTypeDesc.of(FLOATS, VECTOR_SPECIES, CD_float));
    }

    /** Makes the class of the vector on the stack known, so that a call on it is none of a method that could be overridden. */
    private CodeBuilder exact(CodeBuilder vector) {
        return vector.getstatic(SPECIES, "TYPE", CD_Class)
                .swap()
                .invokevirtual(CD_Class, "cast", MethodTypeDesc.of(CD_Object, CD_Object))
                .checkcast(FLOATS);
    }

    private CodeBuilder zero() {
        code.getstatic(SPECIES, "FLOATS", VECTOR_SPECIES);
        return code.invokestatic(FLOATS, "zero", MethodTypeDesc.of(FLOATS, VECTOR_SPECIES));
    }

    private void fma(int i, int j) {
        code.aload(sum(i, j))
                .invokevirtual(FLOATS, "fma", MethodTypeDesc.of(FLOATS, VECTOR, VECTOR))
                .astore(sum(i, j));
    }

    private void pair(long displacement, int base, int into, boolean bounded) {
        code.lload(base)
                .aload(TABLE)
                .getstatic(MEMORY, "INT", INT_LAYOUT)
                .lload(TABLE_OFFSET)
                .loadConstant(displacement)
                .ladd();
        code.invokeinterface(SEGMENT, "get", MethodTypeDesc.of(CD_int, INT_LAYOUT, CD_long))
                .i2l()
                .ladd();
        // Numbers that are spread over all lanes keep their checks: without them all are read at once, and there are
        // not registers enough.
        if (bounded) {
            code.loadConstant(Memory.PLACES).land();
        }
        code.lstore(into);
    }

    private void advance(int offset, int step) {
        code.lload(offset).lload(step).ladd().lstore(offset);
    }

    private int columnBytes() {
        return form == Tile.Form.DOT ? Species.GROUP_BYTES : Species.BYTES;
    }

    private int counter() {
        return FREE;
    }

    private int aNow() {
        return FREE + 1;
    }

    /** Before the loop only, so the place of what the loop keeps. */
    private int cNow() {
        return aNow();
    }

    private int bNow() {
        return FREE + 3;
    }

    /** A's step, known not to be negative. */
    private int step() {
        return FREE + 5;
    }

    /** From the last neighbour of a group to the first of the next, known not to be negative. */
    private int jump() {
        return FREE + 7;
    }

    private int row() {
        return FREE + 9;
    }

    private int column(int j) {
        return row() + 1 + j;
    }

    private int sum(int i, int j) {
        return column(columns) + i * columns + j;
    }

    private static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}
