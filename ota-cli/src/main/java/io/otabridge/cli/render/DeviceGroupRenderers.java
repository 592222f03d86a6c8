package io.otabridge.cli.render;

import static io.otabridge.cli.render.CsvWriter.cell;
import static io.otabridge.cli.render.ValueFormatter.orAbsent;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.product.DeviceGroup;
import io.vavr.collection.List;

/** Writes device groups. Values in CSV are the same as in JSON. */
public final class DeviceGroupRenderers {

    private DeviceGroupRenderers() {}

    /** Returns the renderers of a list. */
    public static ResultRenderers<List<DeviceGroup>> list(ValueFormatter formatter) {
        return new ResultRenderers<List<DeviceGroup>>(
                        (backend, groups) -> table(groups, formatter),
                        (backend, groups) -> JsonOutput.of(backend, "deviceGroups", groups),
                        DeviceGroupRenderers::csv)
                .withIds(groups -> groups.map(DeviceGroup::id));
    }

    private static String table(List<DeviceGroup> groups, ValueFormatter formatter) {
        if (groups.isEmpty()) {
            return "No groups found\n";
        }
        Table table = Table.of(
                Column.text("NAME"),
                Column.required("GROUP ID"),
                Column.optional(3, "PARENT"),
                Column.optional(2, "CREATED"),
                Column.optionalText(1, "DESCRIPTION"));
        groups.forEach(group -> table.row(java.util.List.of(
                Cell.of(orAbsent(group.name())),
                Cell.of(group.id().value()),
                Cell.of(orAbsent(group.parent())),
                formatter.timeInList(group.created()),
                Cell.of(orAbsent(group.description())))));
        return table.fit(formatter.width());
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
