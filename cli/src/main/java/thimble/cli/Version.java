package thimble.cli;

import picocli.CommandLine.IVersionProvider;

/** Version of the program and of the JDK it runs on. */
final class Version implements IVersionProvider {
    /** Version of the program as it stands in its module. */
    static String program() {
        return java.util.Optional.ofNullable(Version.class.getModule().getDescriptor())
                .flatMap(java.lang.module.ModuleDescriptor::rawVersion)
                .orElse("unknown");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"thimble " + program() + " on JDK " + Runtime.version()};
    }
}
