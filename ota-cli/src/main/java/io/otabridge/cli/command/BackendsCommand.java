package io.otabridge.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.app.OtaBridge;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.Column;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.PermissionsRenderer;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TextWrapper;
import io.otabridge.domain.Capability;
import io.otabridge.domain.backend.Backend;
import io.vavr.collection.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what is configured. */
@Command(
        name = "backends",
        description =
                "Lists the configured backends and what each of them can do. Nothing is sent: credentials are checked"
                        + " on first use.")
public final class BackendsCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Option(
            names = "--permissions",
            description = {
                "Print the actions of IAM or RAM that each capability needs, instead.",
                "-o json adds two policies to copy: for all capabilities, and for reading only."
            })
    private boolean permissions;

    public BackendsCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (OtaBridge ota = root.openAll()) {
            if (permissions) {
                root.print(
                        () -> PermissionsRenderer.table(
                                ota.backends(), root.environment().terminal().outputWidth()),
                        () -> PermissionsRenderer.json(ota.backends()),
                        () -> PermissionsRenderer.csv(ota.backends()));
            } else {
                root.print(
                        () -> table(ota, root.environment().terminal().outputWidth()), () -> json(ota), () -> csv(ota));
            }
            return ExitCode.FOUND;
        }
    }

    private static String table(OtaBridge ota, int width) {
        Table table = Table.of(
                Column.required("NAME"),
                Column.required("VENDOR"),
                Column.required("ENDPOINT"),
                Column.text("AUTHENTICATION"),
                Column.optional(1, "DEFAULT"));
        for (Backend backend : ota.backends()) {
            table.row(
                    backend.name(),
                    backend.vendor().name(),
                    backend.endpoint(),
                    backend.authentication(),
                    isDefault(ota, backend) ? "yes" : "");
        }
        return table.fit(width) + "\n" + capabilities(ota.backends(), width);
    }

    /** Lists the capabilities of each backend, followed by the alternatives to missing ones. */
    private static String capabilities(List<Backend> backends, int width) {
        Table table = Table.of(backends.map(Backend::name)
                .map(Column::required)
                .prepend(Column.text("CAPABILITY"))
                .toJavaArray(Column[]::new));
        StringBuilder alternatives = new StringBuilder();
        for (Capability capability : Capability.values()) {
            table.row(backends.map(backend -> backend.capabilities().has(capability) ? "yes" : "no")
                    .prepend(capability.description())
                    .toJavaArray(String[]::new));
            backends.forEach(backend -> backend.capabilities()
                    .alternative(capability)
                    .forEach(alternative -> alternatives
                            .append(TextWrapper.wrapLines(
                                    TerminalEscaper.of(backend.name() + " cannot " + capability.description() + ": "
                                            + alternative + "."),
                                    width))
                            .append('\n')));
        }
        return alternatives.isEmpty() ? table.fit(width) : table.fit(width) + "\n" + alternatives;
    }

    private static ObjectNode json(OtaBridge ota) {
        ObjectNode json = JsonOutput.object().put("default", ota.defaultBackend());
        ArrayNode list = json.putArray("backends");
        for (Backend backend : ota.backends()) {
            list.addObject()
                    .put("name", backend.name())
                    .put("vendor", backend.vendor().name())
                    .put("endpoint", backend.endpoint())
                    .put("authentication", backend.authentication())
                    .put("default", isDefault(ota, backend))
                    .setAll(JsonOutput.fields(backend.capabilities()));
        }
        return json;
    }

    /** A row for each capability of each backend. */
    private static CsvWriter csv(OtaBridge ota) {
        CsvWriter csv = CsvWriter.of(java.util.List.of(
                "name", "vendor", "endpoint", "authentication", "default", "capability", "supported", "instead"));
        for (Backend backend : ota.backends()) {
            for (Capability capability : Capability.values()) {
                csv.row(java.util.List.of(
                        backend.name(),
                        backend.vendor().name(),
                        backend.endpoint(),
                        backend.authentication(),
                        String.valueOf(isDefault(ota, backend)),
                        capability.code(),
                        String.valueOf(backend.capabilities().has(capability)),
                        CsvWriter.cell(backend.capabilities().alternative(capability))));
            }
        }
        return csv;
    }

    private static boolean isDefault(OtaBridge ota, Backend backend) {
        return backend.name().equals(ota.defaultBackend());
    }
}
