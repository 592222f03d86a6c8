package io.otabridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.Seq;

/** OTA modules for programs. */
final class ModuleJson {

    private ModuleJson() {}

    static ObjectNode of(Backend backend, OtaModule module) {
        return Json.answer(backend, "module", node(module));
    }

    static ObjectNode list(Backend backend, Seq<OtaModule> modules) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        modules.forEach(module -> list.add(node(module)));
        return Json.answer(backend, "modules", list);
    }

    /** What became of a module, and the module. */
    static ObjectNode outcome(Backend backend, String outcome, OtaModule module) {
        return Json.answer(backend, "module", node(module)).put("outcome", outcome);
    }

    private static ObjectNode node(OtaModule module) {
        ObjectNode node = Json.object();
        Json.put(node, "id", module.id().map(ModuleId::value));
        node.set("product", Json.product(module.product()));
        node.put("name", module.name().value());
        Json.put(node, "alias", module.alias());
        Json.put(node, "description", module.description());
        Json.put(node, "resourceSpace", module.resourceSpace());
        Json.set(node, "created", Json.time(module.created()));
        Json.set(node, "modified", Json.time(module.modified()));
        return node;
    }
}
