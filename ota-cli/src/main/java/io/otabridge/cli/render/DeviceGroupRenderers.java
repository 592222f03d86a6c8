package io.otabridge.cli.render;

import static io.otabridge.cli.render.CsvWriter.cell;
import static io.otabridge.cli.render.ValueFormatter.orAbsent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.List;

/** Writes device groups. Values in CSV are the same as in JSON. */
public final class DeviceGroupRenderers {

    private DeviceGroupRenderers() {}

    /** Returns the renderers of a list. */
    public static ResultRenderers<List<DeviceGroup>> list(ValueFormatter formatter) {
        return new ResultRenderers<>(
                (backend, groups) -> table(groups, formatter), DeviceGroupRenderers::json, DeviceGroupRenderers::csv);
    }

    private static String table(List<DeviceGroup> groups, ValueFormatter formatter) {
        Table table = Table.plain().row("NAME", "GROUP ID", "PARENT", "CREATED", "DESCRIPTION");
        groups.forEach(group -> table.row(
                orAbsent(group.name()),
                group.id().value(),
                orAbsent(group.parent()),
                formatter.time(group.created()),
                orAbsent(group.description())));
        return table.toString();
    }

    private static ObjectNode json(Backend backend, List<DeviceGroup> groups) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        groups.forEach(group -> {
            ObjectNode node = JsonOutput.object().put("id", group.id().value());
            JsonOutput.put(node, "name", group.name());
            JsonOutput.put(node, "parent", group.parent().map(DeviceGroupId::value));
            JsonOutput.put(node, "description", group.description());
            list.add(JsonOutput.set(node, "created", JsonOutput.time(group.created())));
        });
        return JsonOutput.envelope(backend, "deviceGroups", list);
    }

    private static CsvWriter csv(Backend backend, List<DeviceGroup> groups) {
        CsvWriter csv =
                CsvWriter.of(java.util.List.of("backend", "vendor", "id", "name", "parent", "description", "created"));
        groups.forEach(group -> csv.row(java.util.List.of(
                backend.name(),
                backend.vendor().name(),
                group.id().value(),
                cell(group.name()),
                cell(group.parent()),
                cell(group.description()),
                FirmwareCsv.time(group.created()))));
        return csv;
    }
}
