package io.otabridge.cli.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.Seq;

/** Writes OTA modules as JSON. */
public final class ModuleJson {

    private ModuleJson() {}

    public static ObjectNode of(Backend backend, OtaModule module) {
        return JsonOutput.envelope(backend, "module", node(module));
    }

    public static ObjectNode list(Backend backend, Seq<OtaModule> modules) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        modules.forEach(module -> list.add(node(module)));
        return JsonOutput.envelope(backend, "modules", list);
    }

    /** Writes one module with the outcome of a command. */
    public static ObjectNode outcome(Backend backend, String outcome, OtaModule module) {
        return JsonOutput.envelope(backend, "module", node(module)).put("outcome", outcome);
    }

    private static ObjectNode node(OtaModule module) {
        ObjectNode node = JsonOutput.object();
        JsonOutput.put(node, "id", module.id().map(ModuleId::value));
        node.set("product", JsonOutput.product(module.product()));
        node.put("name", module.name().value());
        JsonOutput.put(node, "alias", module.alias());
        JsonOutput.put(node, "description", module.description());
        JsonOutput.put(node, "resourceSpace", module.resourceSpace());
        JsonOutput.set(node, "created", JsonOutput.time(module.created()));
        JsonOutput.set(node, "modified", JsonOutput.time(module.modified()));
        return node;
    }
}
