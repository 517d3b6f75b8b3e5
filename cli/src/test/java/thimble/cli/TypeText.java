package thimble.cli;

import static java.util.stream.Collectors.joining;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassSignature;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodSignature;
import java.lang.classfile.Signature;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The head of a type and its public and protected members as Java writes them.
 *
 * @param type its class file
 * @param flags its modifiers, which for nested types stand elsewhere than in the class file's own
 * @param permitted names of its visible subtypes if it is sealed
 */
record TypeText(ClassModel type, Set<AccessFlag> flags, List<String> permitted) {
    /** What every record or enum has by itself. */
    private static final Set<String> OF_ALL = Set.of("equals", "hashCode", "toString", "values", "valueOf");

    private static final List<AccessFlag> WORDS =
            List.of(AccessFlag.PUBLIC, AccessFlag.PROTECTED, AccessFlag.ABSTRACT, AccessFlag.STATIC, AccessFlag.FINAL);

    /** The name as in Java, without {@code java.lang}. */
    static String name(String internal) {
        return internal.replace('/', '.').replaceFirst("^java\\.lang\\.(?=[A-Z])", "");
    }

    @Override
    public String toString() {
        Stream<String> fields = type.fields().stream()
                .filter(field -> Signatures.seen(field.flags().flags()))
                .map(TypeText::field)
                .sorted();
        Stream<String> methods = type.methods().stream()
                .filter(method -> Signatures.seen(method.flags().flags()) && !ofAll(method))
                .map(this::method)
                .sorted();
        return Stream.concat(Stream.of(head()), Stream.concat(fields, methods).map(member -> "    " + member))
                .collect(joining("\n", "", "\n"));
    }

    private boolean isRecord() {
        return type.findAttribute(Attributes.record()).isPresent();
    }

    private boolean ofAll(MethodModel method) {
        return (isRecord() || flags.contains(AccessFlag.ENUM))
                && OF_ALL.contains(method.methodName().stringValue());
    }

    private String head() {
        boolean isInterface = flags.contains(AccessFlag.INTERFACE);
        String kind = flags.contains(AccessFlag.ANNOTATION)
                ? "@interface"
                : isInterface
                        ? "interface"
                        : isRecord() ? "record" : flags.contains(AccessFlag.ENUM) ? "enum" : "class";
        boolean sealed = type.findAttribute(Attributes.permittedSubclasses()).isPresent();
        ClassSignature signature = type.findAttribute(Attributes.signature())
                .map(SignatureAttribute::asClassSignature)
                .orElseGet(() -> ClassSignature.of(
                        Signature.ClassTypeSig.of(
                                type.superclass().orElseThrow().asSymbol()),
                        type.interfaces().stream()
                                .map(entry -> Signature.ClassTypeSig.of(entry.asSymbol()))
                                .toArray(Signature.ClassTypeSig[]::new)));
        String parent = GenericText.of(signature.superclassSignature());
        List<String> interfaces = signature.superinterfaceSignatures().stream()
                .map(GenericText::of)
                .sorted()
                .toList();
        return words(flags.stream()
                        .filter(flag ->
                                kind.equals("class") || flag == AccessFlag.PUBLIC || flag == AccessFlag.PROTECTED)
                        .toList())
                + (sealed ? "sealed " : "")
                + kind + " " + name(type.thisClass().asInternalName())
                + GenericText.parameters(signature.typeParameters())
                + components()
                + (kind.equals("class") && !parent.equals("Object") ? " extends " + parent : "")
                + listed(isInterface ? " extends " : " implements ", interfaces)
                + listed(" permits ", permitted);
    }

    private String components() {
        return type.findAttribute(Attributes.record())
                .map(record ->
                        record.components().stream().map(TypeText::component).collect(joining(", ", "(", ")")))
                .orElse("");
    }

    private static String component(RecordComponentInfo component) {
        Signature signature = component
                .findAttribute(Attributes.signature())
                .map(SignatureAttribute::asTypeSignature)
                .orElseGet(() -> Signature.of(component.descriptorSymbol()));
        return GenericText.of(signature) + " " + component.name().stringValue();
    }

    private static String field(FieldModel field) {
        Signature signature = field.findAttribute(Attributes.signature())
                .map(SignatureAttribute::asTypeSignature)
                .orElseGet(() -> Signature.of(field.fieldTypeSymbol()));
        return words(field.flags().flags()) + GenericText.of(signature) + " "
                + field.fieldName().stringValue();
    }

    private String method(MethodModel method) {
        MethodSignature signature = method.findAttribute(Attributes.signature())
                .map(SignatureAttribute::asMethodSignature)
                .orElseGet(() -> MethodSignature.of(method.methodTypeSymbol()));
        Set<AccessFlag> own = method.flags().flags();
        boolean isDefault = flags.contains(AccessFlag.INTERFACE)
                && !own.contains(AccessFlag.ABSTRACT)
                && !own.contains(AccessFlag.STATIC);
        boolean constructor = method.methodName().equalsString("<init>");
        String arguments = signature.arguments().stream().map(GenericText::of).collect(joining(", ", "(", ")"));
        String types = GenericText.parameters(signature.typeParameters());
        return words(own)
                + (isDefault ? "default " : "")
                + (types.isEmpty() ? "" : types + " ")
                + (constructor
                        ? name(type.thisClass().asInternalName())
                        : GenericText.of(signature.result()) + " "
                                + method.methodName().stringValue())
                + (own.contains(AccessFlag.VARARGS) ? arguments.replaceFirst("\\[]\\)$", "...)") : arguments)
                + listed(
                        " throws ",
                        method.findAttribute(Attributes.exceptions()).stream()
                                .flatMap(thrown -> thrown.exceptions().stream())
                                .map(entry -> name(entry.asInternalName()))
                                .sorted()
                                .toList());
    }

    private static String words(Iterable<AccessFlag> flags) {
        StringBuilder words = new StringBuilder();
        for (AccessFlag word : WORDS) {
            for (AccessFlag flag : flags) {
                if (flag == word) {
                    words.append(flag.name().toLowerCase(Locale.ROOT)).append(' ');
                }
            }
        }
        return words.toString();
    }

    private static String listed(String word, List<String> names) {
        return names.isEmpty() ? "" : word + String.join(", ", names);
    }
}
