package io.otabridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.app.OtaBridge;
import io.otabridge.domain.backend.Backend;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists what is configured. */
@Command(
        name = "backends",
        description =
                "Lists the configured backends. Nothing is sent: whether keys are valid shows at the first question.")
final class BackendsCommand implements Callable<Integer> {

    private final OtaCommand root;

    BackendsCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (OtaBridge ota = root.open()) {
            root.print(() -> table(ota), () -> json(ota));
            return ExitCode.FOUND;
        }
    }

    private static String table(OtaBridge ota) {
        Table table = Table.plain().row("NAME", "VENDOR", "ENDPOINT", "AUTHENTICATION", "DEFAULT");
        for (Backend backend : ota.backends()) {
            table.row(
                    backend.name(),
                    backend.vendor().name(),
                    backend.endpoint(),
                    backend.authentication(),
                    isDefault(ota, backend) ? "yes" : "");
        }
        return table.toString();
    }

    private static ObjectNode json(OtaBridge ota) {
        ObjectNode answer = Json.object().put("default", ota.defaultBackend());
        ArrayNode list = answer.putArray("backends");
        for (Backend backend : ota.backends()) {
            list.addObject()
                    .put("name", backend.name())
                    .put("vendor", backend.vendor().name())
                    .put("endpoint", backend.endpoint())
                    .put("authentication", backend.authentication())
                    .put("default", isDefault(ota, backend));
        }
        return answer;
    }

    private static boolean isDefault(OtaBridge ota, Backend backend) {
        return backend.name().equals(ota.defaultBackend());
    }
}
