package thimble.backend.vector.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The code of {@link VectorMath} for copying into kernels. A call would do where the optimising compiler takes it in; in a kernel of some size it
 * takes in the JDK's methods, which it must, but no more of ours, and every vector that crosses such a call becomes an object.
 */
final class MathCode {
    private static final Map<String, CodeModel> METHODS = read();

    private MathCode() {}

    private static Map<String, CodeModel> read() {
        try (InputStream in = Objects.requireNonNull(VectorMath.class.getResourceAsStream("VectorMath.class"))) {
            ClassModel type = ClassFile.of(
                            ClassFile.DebugElementsOption.DROP_DEBUG, ClassFile.LineNumbersOption.DROP_LINE_NUMBERS)
                    .parse(in.readAllBytes());
            Map<String, CodeModel> methods = new HashMap<>();
            type.methods()
                    .forEach(method -> method.code()
                            .ifPresent(code -> methods.put(method.methodName().stringValue(), code)));
            return methods;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a function of one vector, on top of the stack, that has no branches; returns how many calls that are. */
    static int write(CodeBuilder b, String name) {
        CodeModel code = Objects.requireNonNull(METHODS.get(name), name);
        Map<Integer, Integer> slots = new HashMap<>();
        slots.put(0, b.allocateLocal(TypeKind.REFERENCE));
        b.astore(slots.get(0));
        int calls = 0;
        for (CodeElement element : code) {
            switch (element) {
                case LoadInstruction load ->
                    b.loadLocal(load.typeKind(), Objects.requireNonNull(slots.get(load.slot())));
                case StoreInstruction store ->
                    b.storeLocal(
                            store.typeKind(),
                            slots.computeIfAbsent(store.slot(), _ -> b.allocateLocal(store.typeKind())));
                case ReturnInstruction _ -> {} // the only one, at the end: the result stays on the stack
                case InvokeInstruction call
                when call.owner().asInternalName().endsWith("/VectorMath") ->
                    calls += write(b, call.name().stringValue());
                case InvokeInstruction call -> {
                    b.with(call);
                    calls++;
                }
                case Instruction other -> b.with(other);
                default -> {} // names of locals
            }
        }
        return calls;
    }
}
