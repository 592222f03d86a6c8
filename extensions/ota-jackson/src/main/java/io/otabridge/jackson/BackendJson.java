package io.otabridge.jackson;

import static io.otabridge.jackson.JsonTypes.object;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.PackageLimit;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.otabridge.domain.backend.Permission;
import io.otabridge.domain.backend.Permissions;
import io.vavr.collection.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of backends, their capabilities, permissions and diagnosis. */
final class BackendJson {

    private BackendJson() {}

    static void describe(JsonTypes types) {
        types.describe(Capabilities.class, BackendJson::capabilities);
        types.describe(PackageLimit.class, limit -> object("packages", limit.packages(), "scope", limit.scope()));
        types.describe(Permissions.class, Permissions::all);
        types.describe(
                Permission.class,
                permission -> object(
                        "operation", permission.operation(),
                        "action", permission.action(),
                        "capabilities", permission.capabilities(),
                        "uncertain", permission.uncertainty()));
        types.describe(Backend.class, backend -> {
            Map<String, @Nullable Object> json = object(
                    "name", backend.name(),
                    "vendor", backend.vendor(),
                    "endpoint", backend.endpoint(),
                    "authentication", backend.authentication());
            json.putAll(capabilities(backend.capabilities()));
            return json;
        });
        types.describe(
                Finding.class,
                finding -> object(
                        "check", finding.check(),
                        "verdict", finding.severity(),
                        "what", finding.description(),
                        "advice", finding.advice()));
        types.describe(
                Diagnosis.class, diagnosis -> object("wrong", diagnosis.hasFailed(), "findings", diagnosis.findings()));
    }

    private static Map<String, @Nullable Object> capabilities(Capabilities capabilities) {
        return object(
                "capabilities",
                capabilities.supported(),
                "missing",
                List.of(Capability.values())
                        .flatMap(capability -> capabilities
                                .alternative(capability)
                                .map(alternative -> object("capability", capability, "instead", alternative))));
    }
}
