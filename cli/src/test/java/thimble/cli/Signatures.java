package thimble.cli;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.AccessFlag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The public and protected types and members of a module's exported packages as text, sorted by name; read from class files, because types
 * of optional modules are not there to be loaded.
 */
final class Signatures {
    private final ModuleDescriptor descriptor;

    /** Class files by internal name. */
    private final Map<String, ClassModel> classes = new TreeMap<>();

    private Signatures(ModuleReference module) throws IOException {
        descriptor = module.descriptor();
        try (ModuleReader reader = module.open();
                Stream<String> files = reader.list()) {
            for (String file : files.filter(name -> name.endsWith(".class")).toList()) {
                try (InputStream bytes = reader.open(file).orElseThrow()) {
                    ClassModel type = ClassFile.of().parse(bytes.readAllBytes());
                    classes.put(type.thisClass().asInternalName(), type);
                }
            }
        }
    }

    /** The module, its exported packages, and in each the types with their members. */
    static String of(ModuleReference module) throws IOException {
        return new Signatures(module).text();
    }

    private String text() {
        StringBuilder text = new StringBuilder("module " + descriptor.name() + "\n");
        List<ModuleDescriptor.Exports> exports = descriptor.exports().stream()
                .sorted(Comparator.comparing(ModuleDescriptor.Exports::source))
                .toList();
        for (ModuleDescriptor.Exports exported : exports) {
            text.append("\nexports ").append(exported.source());
            if (exported.isQualified()) {
                text.append(exported.targets().stream().sorted().collect(joining(", ", " to ", "")));
            }
            text.append('\n');
            String start = exported.source().replace('.', '/') + "/";
            classes.forEach((name, type) -> {
                if (name.lastIndexOf('/') == start.length() - 1 && name.startsWith(start) && visible(type, name)) {
                    text.append('\n').append(new TypeText(type, flags(type, name), permitted(type)));
                }
            });
        }
        return text.toString();
    }

    /** True if other modules see the type, so if they see all around it. */
    private boolean visible(ClassModel type, String name) {
        Optional<InnerClassInfo> nested = nested(type, name);
        if (!seen(flags(type, name))) {
            return false;
        }
        return nested.isEmpty()
                || nested.get()
                        .outerClass()
                        .map(outer -> classes.get(outer.asInternalName()))
                        .filter(outer -> visible(outer, outer.thisClass().asInternalName()))
                        .isPresent();
    }

    private static Set<AccessFlag> flags(ClassModel type, String name) {
        return nested(type, name)
                .map(InnerClassInfo::flags)
                .orElseGet(() -> type.flags().flags());
    }

    private static Optional<InnerClassInfo> nested(ClassModel type, String name) {
        return type.findAttribute(Attributes.innerClasses()).stream()
                .flatMap(all -> all.classes().stream())
                .filter(inner -> inner.innerClass().asInternalName().equals(name))
                .findFirst();
    }

    /** The subtypes that a switch of another module can name. */
    private List<String> permitted(ClassModel type) {
        return type.findAttribute(Attributes.permittedSubclasses()).stream()
                .flatMap(all -> all.permittedSubclasses().stream())
                .map(entry -> entry.asInternalName())
                .filter(name -> Optional.ofNullable(classes.get(name))
                        .filter(found -> visible(found, name))
                        .isPresent())
                .map(TypeText::name)
                .sorted()
                .toList();
    }

    static boolean seen(Set<AccessFlag> flags) {
        return !flags.contains(AccessFlag.SYNTHETIC)
                && (flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED));
    }
}
