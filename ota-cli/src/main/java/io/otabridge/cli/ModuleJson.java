package io.otabridge.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.OtaModule;

/** An OTA module for programs. */
final class ModuleJson {

    private ModuleJson() {}

    static ObjectNode of(Backend backend, OtaModule module) {
        ObjectNode node = Json.object();
        Json.put(node, "id", module.id().map(ModuleId::value));
        node.set("product", Json.product(module.product()));
        node.put("name", module.name().value());
        Json.put(node, "alias", module.alias());
        Json.put(node, "description", module.description());
        Json.put(node, "resourceSpace", module.resourceSpace());
        Json.set(node, "created", Json.time(module.created()));
        Json.set(node, "modified", Json.time(module.modified()));
        return Json.answer(backend, "module", node);
    }
}
