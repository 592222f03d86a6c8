package io.otabridge.cli.command.device;

import static io.otabridge.cli.render.CsvWriter.cell;
import static io.otabridge.cli.render.ValueFormatter.orAbsent;

import io.otabridge.cli.render.Cell;
import io.otabridge.cli.render.Column;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.FirmwareCsv;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.domain.Reported;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceStatus;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/** Writes devices and their versions. Values in CSV are the same as in JSON. */
record DeviceRenderers(ValueFormatter formatter) {

    ResultRenderers<Device> one() {
        return new ResultRenderers<>(
                this::text,
                (backend, device) -> JsonOutput.of(backend, "device", device),
                (backend, device) -> csv(backend, List.of(device)));
    }

    ResultRenderers<List<LookupResult<DeviceId, Device>>> several() {
        return new ResultRenderers<>(
                (backend, results) ->
                        found(results).map(device -> text(backend, device)).mkString("\n"),
                DeviceRenderers::json,
                (backend, results) -> csv(backend, found(results)));
    }

    ResultRenderers<List<Device>> list() {
        return new ResultRenderers<List<Device>>(
                        (backend, devices) -> table(devices),
                        (backend, devices) -> JsonOutput.of(backend, "devices", devices),
                        DeviceRenderers::csv)
                .withIds(devices -> devices.map(Device::id));
    }

    ResultRenderers<Device> versionsOfOne() {
        return new ResultRenderers<>(
                (backend, device) -> versions(List.of(device)),
                (backend, device) -> JsonOutput.of(backend, "device", device),
                (backend, device) -> versionsCsv(backend, List.of(device)));
    }

    ResultRenderers<List<LookupResult<DeviceId, Device>>> versionsOfSeveral() {
        return new ResultRenderers<>(
                (backend, results) -> versions(found(results)),
                DeviceRenderers::json,
                (backend, results) -> versionsCsv(backend, found(results)));
    }

    private static List<Device> found(List<LookupResult<DeviceId, Device>> results) {
        return results.flatMap(LookupResult::result);
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode json(
            Backend backend, List<LookupResult<DeviceId, Device>> results) {
        return JsonOutput.of(
                        backend, "complete", results.forAll(one -> one.result().isRight()))
                .putPOJO("answers", results);
    }

    private String text(Backend backend, Device device) {
        return Table.plain()
                .row("backend", backend.name() + " (" + backend.vendor() + ")")
                .row("device id", device.id().value())
                .row("name", orAbsent(device.name()))
                .row("vendor's id", orAbsent(device.vendorId()))
                .row("product id", orAbsent(device.product()))
                .row("status", status(device.status()))
                .row("versions", device.versions().isDefined() ? versions(device.versions(), "none reported") : "-")
                .row("created", formatter.time(device.created()))
                .fit(formatter.width());
    }

    private String table(Seq<Device> devices) {
        if (devices.isEmpty()) {
            return "No devices found\n";
        }
        Table table = Table.of(
                Column.required("DEVICE ID"),
                Column.optionalText(3, "NAME"),
                Column.optional(1, "STATUS"),
                Column.optionalText(2, "VERSIONS"),
                Column.optional(4, "CREATED"));
        devices.forEach(device -> table.row(java.util.List.of(
                Cell.of(device.id().value()),
                Cell.of(orAbsent(device.name())),
                Cell.of(status(device.status())),
                Cell.of(versions(device.versions(), "-")),
                formatter.timeInList(device.created()))));
        return table.fit(formatter.width());
    }

    private String versions(Seq<Device> devices) {
        Table table = Table.of(Column.required("DEVICE ID"), Column.required("TARGET"), Column.required("VERSION"));
        devices.forEach(device -> {
            List<InstalledVersion> all = device.versions().getOrElse(List.empty());
            if (all.isEmpty()) {
                table.row(device.id().value(), "-", "none reported");
            }
            all.forEach(one -> table.row(java.util.List.of(
                    Cell.of(device.id().value()),
                    FirmwareTable.targetInList(one.target()),
                    Cell.of(one.version().value()))));
        });
        return devices.isEmpty() ? "" : table.fit(formatter.width());
    }

    private static String versions(Option<List<InstalledVersion>> versions, String none) {
        List<InstalledVersion> all = versions.getOrElse(List.empty());
        return all.isEmpty()
                ? none
                : all.map(one -> FirmwareTable.target(one.target()) + ": " + one.version())
                        .mkString(", ");
    }

    private static String status(Option<Reported<DeviceStatus>> status) {
        return status.map(one -> one.is(DeviceStatus.UNKNOWN) ? "unknown (\"" + one.raw() + "\")" : one.code())
                .getOrElse("-");
    }

    private static CsvWriter csv(Backend backend, Seq<Device> devices) {
        CsvWriter csv = CsvWriter.of(java.util.List.of(
                "backend", "vendor", "id", "name", "vendor_id", "product_id", "status", "versions", "created"));
        devices.forEach(device -> csv.row(java.util.List.of(
                backend.name(),
                backend.vendor().name(),
                device.id().value(),
                cell(device.name()),
                cell(device.vendorId()),
                cell(device.product()),
                cell(device.status().map(Reported::code)),
                device.versions()
                        .getOrElse(List.empty())
                        .map(one -> part(one.target()) + ":" + one.version())
                        .mkString(" "),
                FirmwareCsv.time(device.created()))));
        return csv;
    }

    private static String part(FirmwareTarget target) {
        return FirmwareCsv.module(target).getOrElse(target.code());
    }

    private static CsvWriter versionsCsv(Backend backend, Seq<Device> devices) {
        CsvWriter csv = CsvWriter.of(java.util.List.of("backend", "vendor", "id", "target", "module", "version"));
        devices.forEach(device -> device.versions()
                .getOrElse(List.empty())
                .forEach(one -> csv.row(java.util.List.of(
                        backend.name(),
                        backend.vendor().name(),
                        device.id().value(),
                        one.target().code(),
                        cell(FirmwareCsv.module(one.target())),
                        one.version().value()))));
        return csv;
    }
}
