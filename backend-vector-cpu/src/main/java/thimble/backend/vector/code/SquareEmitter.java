package thimble.backend.vector.code;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Species;

/** Writes the class of {@link Square}. */
final class SquareEmitter {
    private static final MethodTypeDesc TURN =
            MethodTypeDesc.of(CD_void, Code.SEGMENT, CD_long, CD_long, Code.SEGMENT, CD_long, CD_long);

    private static final MethodTypeDesc SUM = MethodTypeDesc.of(CD_void, Code.SEGMENT, CD_long, Code.SEGMENT, CD_long);

    // Locals of turn: this, the parameters, one more vector, the rows.
    private static final int FROM = 1;
    private static final int AT = 2;
    private static final int STEP = 4;
    private static final int INTO = 6;
    private static final int PLACE = 7;
    private static final int INTO_STEP = 9;
    private static final int OTHER = 11;
    private static final int ROWS = 12;

    // Locals of sum, behind this, FROM and AT.
    private static final int TARGET = 4;
    private static final int TARGET_PLACE = 5;
    private static final int COLUMNS = 7;

    private final CodeBuilder code;
    private final Code vectors;

    private SquareEmitter(CodeBuilder code) {
        this.code = code;
        this.vectors = new Code(code);
    }

    /** Generates and loads it. */
    static Square define() {
        ClassDesc self = ClassDesc.of(SquareEmitter.class.getPackageName(), "Square" + Species.LANES);
        byte[] bytes = ClassFile.of().build(self, type -> {
            type.withFlags(ClassFile.ACC_FINAL).withInterfaceSymbols(ClassDesc.of(Square.class.getName()));
            type.withMethodBody(
                    INIT_NAME,
                    MTD_void,
                    0,
                    c -> c.aload(0)
                            .invokespecial(CD_Object, INIT_NAME, MTD_void)
                            .return_());
            type.withMethodBody("turn", TURN, ClassFile.ACC_PUBLIC, c -> new SquareEmitter(c).turn());
            type.withMethodBody("sum", SUM, ClassFile.ACC_PUBLIC, c -> new SquareEmitter(c).sum());
        });
        try {
            var lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (Square) lookup.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated square", e);
        }
    }

    private void turn() {
        Code.exact(code, FROM, FROM);
        Code.exact(code, INTO, INTO);
        Code.bound(code, AT, Memory.PLACES);
        Code.bound(code, STEP, Integer.MAX_VALUE);
        Code.bound(code, PLACE, Memory.PLACES);
        Code.bound(code, INTO_STEP, Integer.MAX_VALUE);
        for (int i = 0; i < Species.LANES; i++) {
            vectors.load(FROM, () -> code.lload(AT));
            code.astore(ROWS + i);
            Code.advance(code, AT, STEP);
        }
        for (int distance = Species.LANES / 2; distance > 0; distance /= 2) {
            for (int k = 0; k < Species.LANES / 2; k++) {
                int i = (k & -distance) + k;
                exchange(ROWS + i, ROWS + i + distance, distance);
            }
        }
        for (int i = 0; i < Species.LANES; i++) {
            code.aload(ROWS + i);
            vectors.store(INTO, () -> code.lload(PLACE));
            Code.advance(code, PLACE, INTO_STEP);
        }
        code.return_();
    }

    private void sum() {
        Code.exact(code, FROM, FROM);
        Code.exact(code, TARGET, TARGET);
        Code.bound(code, AT, Memory.PLACES);
        Code.bound(code, TARGET_PLACE, Memory.PLACES);
        for (int i = 0; i < Species.GROUP; i++) {
            long part = (long) i * Species.BYTES;
            vectors.load(FROM, () -> code.lload(AT).loadConstant(part).ladd());
            code.astore(COLUMNS + i);
        }
        LaneSums.write(code, vectors, COLUMNS);
        code.aload(COLUMNS);
        vectors.store(TARGET, () -> code.lload(TARGET_PLACE));
        code.return_();
    }

    /** Exchanges the upper lanes of one row with the lower ones of another. */
    private void exchange(int row, int other, int distance) {
        code.aload(row);
        vectors.swap(distance);
        code.aload(other);
        vectors.merge(distance);
        code.astore(OTHER).aload(row).aload(other);
        vectors.swap(distance);
        vectors.merge(distance);
        code.astore(row).aload(OTHER).astore(other);
    }
}
