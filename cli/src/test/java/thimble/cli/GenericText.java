package thimble.cli;

import static java.util.stream.Collectors.joining;

import java.lang.classfile.Signature;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.stream.Stream;

/** Types with their arguments as Java writes them. */
final class GenericText {
    private GenericText() {}

    static String of(Signature type) {
        return switch (type) {
            case Signature.BaseTypeSig primitive ->
                ClassDesc.ofDescriptor(primitive.signatureString()).displayName();
            case Signature.ArrayTypeSig array -> of(array.componentSignature()) + "[]";
            case Signature.TypeVarSig variable -> variable.identifier();
            case Signature.ClassTypeSig named ->
                named.outerType().map(outer -> of(outer) + "$").orElse("")
                        + TypeText.name(named.className())
                        + (named.typeArgs().isEmpty()
                                ? ""
                                : named.typeArgs().stream()
                                        .map(GenericText::argument)
                                        .collect(joining(", ", "<", ">")));
        };
    }

    /** The declared type parameters with their bounds, empty if there are none. */
    static String parameters(List<Signature.TypeParam> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.stream().map(GenericText::parameter).collect(joining(", ", "<", ">"));
    }

    private static String parameter(Signature.TypeParam parameter) {
        String bounds = Stream.concat(parameter.classBound().stream(), parameter.interfaceBounds().stream())
                .map(GenericText::of)
                .filter(bound -> !bound.equals("Object"))
                .collect(joining(" & "));
        return parameter.identifier() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    private static String argument(Signature.TypeArg argument) {
        return switch (argument) {
            case Signature.TypeArg.Unbounded _ -> "?";
            case Signature.TypeArg.Bounded bounded ->
                switch (bounded.wildcardIndicator()) {
                    case NONE -> of(bounded.boundType());
                    case EXTENDS -> "? extends " + of(bounded.boundType());
                    case SUPER -> "? super " + of(bounded.boundType());
                };
        };
    }
}
