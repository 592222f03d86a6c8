package io.otabridge.cli.context;

import io.vavr.control.Option;
import java.util.List;
import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}. The version comes from the manifest of the jar. */
public final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return lines().toArray(String[]::new);
    }

    public static List<String> lines() {
        String version = Option.of(VersionProvider.class.getPackage().getImplementationVersion())
                .getOrElse("(not packaged)");
        return List.of(
                "ota " + version,
                "Java " + System.getProperty("java.version") + ", " + System.getProperty("java.vm.name"));
    }
}
