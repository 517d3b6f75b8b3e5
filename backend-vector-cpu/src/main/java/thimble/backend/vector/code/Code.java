package thimble.backend.vector.code;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import thimble.backend.vector.memory.Memory;
import thimble.backend.vector.memory.Species;

/** Vector operations as bytecode: each method writes one call and counts it. */
public final class Code {
    /**
     * Calls of the Vector API and accesses to segments in one method from which the first compiler may run out of virtual registers: it did at
     * 101, where it began in the middle of a loop, and what it had compiled before, with an object for each vector, then ran for good.
     */
    public static final int MOST_CALLS = 95;

    /** Type of the memory that kernels are given. */
    public static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");

    private static final ClassDesc FLOATS = ClassDesc.of("jdk.incubator.vector.FloatVector");
    private static final ClassDesc VECTOR = ClassDesc.of("jdk.incubator.vector.Vector");
    private static final ClassDesc MASK = ClassDesc.of("jdk.incubator.vector.VectorMask");
    private static final ClassDesc SHUFFLE = ClassDesc.of("jdk.incubator.vector.VectorShuffle");
    private static final ClassDesc SPECIES = ClassDesc.of("jdk.incubator.vector.VectorSpecies");
    private static final ClassDesc OPERATORS = ClassDesc.of("jdk.incubator.vector.VectorOperators");
    private static final ClassDesc COMPARISON = ClassDesc.of("jdk.incubator.vector.VectorOperators$Comparison");
    private static final ClassDesc ORDER = ClassDesc.of("java.nio.ByteOrder");
    private static final ClassDesc LAYOUT = ClassDesc.of("java.lang.foreign.ValueLayout");
    private static final ClassDesc OF_BYTE = ClassDesc.of("java.lang.foreign.ValueLayout$OfByte");
    private static final ClassDesc OF_SHORT = ClassDesc.of("java.lang.foreign.ValueLayout$OfShort");
    private static final ClassDesc OF_INT = ClassDesc.of("java.lang.foreign.ValueLayout$OfInt");
    private static final ClassDesc OF_FLOAT = ClassDesc.of("java.lang.foreign.ValueLayout$OfFloat");
    private static final ClassDesc OUR_SPECIES = ClassDesc.of(Species.class.getName());
    private static final ClassDesc OUR_MEMORY = ClassDesc.of(Memory.class.getName());
    private static final ClassDesc OUR_EXCHANGE = ClassDesc.of(Exchange.class.getName());
    private static final ClassDesc OUR_MATH = ClassDesc.of(VectorMath.class.getName());

    /** What the function with branches counts: so much that a method holds no other beside it. */
    private static final int BRANCHING_CALLS = MOST_CALLS - 30;

    private final CodeBuilder b;
    private int calls;

    /** Writes to this method. */
    public Code(CodeBuilder b) {
        this.b = b;
    }

    /** Number of calls of the Vector API written so far. */
    public int calls() {
        return calls;
    }

    private void count() {
        calls++;
    }

    private void species() {
        b.getstatic(OUR_SPECIES, "FLOATS", SPECIES);
    }

    /** Makes a local the segment that {@link Memory#place} counts from: the argument, its class made known, or all addresses. */
    public static void exact(CodeBuilder b, int from, int to) {
        if (Memory.OPEN) {
            b.getstatic(OUR_MEMORY, "ALL", SEGMENT);
        } else {
            b.getstatic(OUR_MEMORY, "NATIVE", CD_Class);
            b.aload(from);
            b.invokevirtual(CD_Class, "cast", MethodTypeDesc.of(CD_Object, CD_Object));
            b.checkcast(SEGMENT);
        }
        b.astore(to);
    }

    /** Takes the bits beyond {@code most} off a local, so that the compiler knows its range. */
    public static void bound(CodeBuilder b, int local, long most) {
        b.lload(local).loadConstant(most).land().lstore(local);
    }

    /** Adds one local to another. */
    static void advance(CodeBuilder b, int local, int step) {
        b.lload(local).lload(step).ladd().lstore(local);
    }

    /** Stack: → the vector in a local that was set outside the present loop, where the compiler does not know its class. */
    public void exact(int local) {
        b.getstatic(OUR_SPECIES, "TYPE", CD_Class);
        b.aload(local);
        b.invokevirtual(CD_Class, "cast", MethodTypeDesc.of(CD_Object, CD_Object));
        b.checkcast(FLOATS);
    }

    /** Stack: segment, offset → int. */
    public void loadInt() {
        segmentGet("INT", OF_INT, CD_int);
    }

    /** Stack: segment, offset on top of nothing else; the layout goes between. */
    private void segmentGet(String layout, ClassDesc kind, ClassDesc result) {
        b.getstatic(OUR_MEMORY, layout, kind);
        b.dup_x2();
        b.pop();
        b.invokeinterface(SEGMENT, "get", MethodTypeDesc.of(result, kind, CD_long));
        count();
    }

    /** Stack: → zero vector. */
    public void zero() {
        species();
        b.invokestatic(FLOATS, "zero", MethodTypeDesc.of(FLOATS, SPECIES));
        count();
    }

    /** Stack: → vector with one number in every lane. */
    public void broadcast(float value) {
        species();
        b.loadConstant(value);
        b.invokestatic(FLOATS, "broadcast", MethodTypeDesc.of(FLOATS, SPECIES, CD_float));
        count();
    }

    /** Stack: segment, offset → vector with the number there in every lane. */
    public void loadScalar(int segment, Runnable offset) {
        species();
        b.aload(segment);
        offset.run();
        segmentGet("FLOAT", OF_FLOAT, CD_float);
        b.invokestatic(FLOATS, "broadcast", MethodTypeDesc.of(FLOATS, SPECIES, CD_float));
        count();
    }

    /** Stack: → vector. */
    public void load(int segment, Runnable offset) {
        species();
        b.aload(segment);
        offset.run();
        b.getstatic(OUR_SPECIES, "ORDER", ORDER);
        b.invokestatic(FLOATS, "fromMemorySegment", MethodTypeDesc.of(FLOATS, SPECIES, SEGMENT, CD_long, ORDER));
        count();
    }

    /** Stack: vector →. */
    public void store(int segment, Runnable offset) {
        b.aload(segment);
        offset.run();
        b.getstatic(OUR_SPECIES, "ORDER", ORDER);
        b.invokevirtual(FLOATS, "intoMemorySegment", MethodTypeDesc.of(CD_void, SEGMENT, CD_long, ORDER));
        count();
    }

    /** Stack: → mask. */
    public void loadMask(int segment, Runnable offset) {
        species();
        b.aload(segment);
        if (Masks.BYTES == 2) {
            b.getstatic(LAYOUT, "JAVA_SHORT_UNALIGNED", OF_SHORT);
            offset.run();
            b.invokeinterface(SEGMENT, "get", MethodTypeDesc.of(CD_short, OF_SHORT, CD_long));
        } else {
            b.getstatic(LAYOUT, "JAVA_BYTE", OF_BYTE);
            offset.run();
            b.invokeinterface(SEGMENT, "get", MethodTypeDesc.of(CD_byte, OF_BYTE, CD_long));
        }
        count();
        b.loadConstant(Masks.ALL);
        b.iand();
        b.i2l();
        b.invokestatic(MASK, "fromLong", MethodTypeDesc.of(MASK, SPECIES, CD_long));
        count();
    }

    /** Writes the mask in a local. */
    public void storeMask(int mask, int segment, Runnable offset) {
        b.aload(segment);
        b.getstatic(
                LAYOUT, Masks.BYTES == 2 ? "JAVA_SHORT_UNALIGNED" : "JAVA_BYTE", Masks.BYTES == 2 ? OF_SHORT : OF_BYTE);
        offset.run();
        b.aload(mask);
        b.invokevirtual(MASK, "toLong", MethodTypeDesc.of(CD_long));
        b.l2i();
        if (Masks.BYTES == 2) {
            b.i2s();
            b.invokeinterface(SEGMENT, "set", MethodTypeDesc.of(CD_void, OF_SHORT, CD_long, CD_short));
        } else {
            b.i2b();
            b.invokeinterface(SEGMENT, "set", MethodTypeDesc.of(CD_void, OF_BYTE, CD_long, CD_byte));
        }
        count();
        count();
    }

    /** Stack: vector → vector. */
    public void unary(String name) {
        b.invokevirtual(FLOATS, name, MethodTypeDesc.of(FLOATS));
        count();
    }

    /** Stack: vector → vector, by the code of {@link VectorMath}. */
    public void function(String name) {
        calls += MathCode.write(b, name);
    }

    /** Stack: vector → vector, by a call. */
    public void branching(String name) {
        b.invokestatic(OUR_MATH, name, MethodTypeDesc.of(FLOATS, FLOATS));
        calls += BRANCHING_CALLS;
    }

    /** Stack: vector, vector → vector. */
    public void binary(String name) {
        b.invokevirtual(FLOATS, name, MethodTypeDesc.of(FLOATS, VECTOR));
        count();
    }

    /** Stack: vector → vector; the second operand is a number. */
    public void binary(String name, float number) {
        broadcast(number);
        binary(name);
    }

    /** Stack: a, b, c → a · b + c, rounded once. */
    void fma() {
        b.invokevirtual(FLOATS, "fma", MethodTypeDesc.of(FLOATS, VECTOR, VECTOR));
        count();
    }

    /** Stack: vector → its lanes exchanged in pairs that are this far apart. */
    void swap(int distance) {
        b.getstatic(OUR_EXCHANGE, "SWAP_" + distance, SHUFFLE);
        b.invokevirtual(FLOATS, "rearrange", MethodTypeDesc.of(FLOATS, SHUFFLE));
        count();
    }

    /** Stack: lower, upper → of each pair of lanes this far apart the lower from one and the upper from the other. */
    void merge(int distance) {
        b.getstatic(OUR_EXCHANGE, "UPPER_" + distance, MASK);
        b.invokevirtual(FLOATS, "blend", MethodTypeDesc.of(FLOATS, VECTOR, MASK));
        count();
    }

    /** Stack: vector; pushes a comparison to apply to it and what {@code other} pushes → mask. */
    public void compare(String comparison, Runnable other) {
        b.getstatic(OPERATORS, comparison, COMPARISON);
        other.run();
        b.invokevirtual(FLOATS, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
        count();
    }

    /** Stack: vector → mask. */
    public void compare(String comparison, float number) {
        compare(comparison, () -> broadcast(number));
    }

    /** Stack: no, yes → blend by the mask in a local. */
    public void blend(int mask) {
        b.aload(mask);
        b.invokevirtual(FLOATS, "blend", MethodTypeDesc.of(FLOATS, VECTOR, MASK));
        count();
    }

    /** Stack: no → blend with a number by the mask in a local. */
    public void blend(float yes, int mask) {
        broadcast(yes);
        blend(mask);
    }

    /** Stack: → both masks. */
    public void and(int a, int c) {
        b.aload(a);
        b.aload(c);
        b.invokevirtual(MASK, "and", MethodTypeDesc.of(MASK, MASK));
        count();
    }
}
