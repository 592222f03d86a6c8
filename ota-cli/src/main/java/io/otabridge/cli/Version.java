package io.otabridge.cli;

import io.vavr.control.Option;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints; the version itself stands in the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version =
                Option.of(Main.class.getPackage().getImplementationVersion()).getOrElse("(not packaged)");
        return new String[] {
            "ota " + version, "Java " + System.getProperty("java.version") + ", " + System.getProperty("java.vm.name")
        };
    }
}
