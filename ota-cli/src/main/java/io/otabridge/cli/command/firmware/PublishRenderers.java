package io.otabridge.cli.command.firmware;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.command.ConcurrentChanges.Result;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.option.StoredObject;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.FirmwareCsv;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.Capability;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.PublishResult;
import io.vavr.Tuple2;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** Renders the results of a publication. No output has a download link with its signature. */
public record PublishRenderers(
        OtaCommand root,
        FirmwareVersion version,
        FirmwareTarget target,
        List<FirmwareFile> files,
        Option<FileLocation.ObjectStore> stored) {

    String text(List<Result<PublishResult>> results) {
        return results.filter(one -> one.result().isRight())
                .map(one -> text(one.selected(), one.result().get(), List.empty()))
                .mkString("\n");
    }

    /**
     * Renders the result of one backend.
     *
     * @param more further lines, each a name and a value
     */
    public String text(SelectedBackend selected, PublishResult published, List<Tuple2<String, String>> more) {
        Table table = Table.indented().row("version", version + " for " + FirmwareTable.target(target));
        files.forEach(file -> {
            Option<String> size = file.size().map(ValueFormatter::exactAndShortSize);
            table.row("file", file.name().toList().appendAll(size).mkString(", "));
            sha256(file).forEach(digest -> table.row("SHA-256", digest));
        });
        stored.forEach(object -> {
            table.row("object", StoredObject.text(object));
            Option<FirmwareFile> file = file(published);
            file.flatMap(FirmwareFile::size).forEach(size -> table.row("size", ValueFormatter.exactAndShortSize(size)));
            file.flatMap(PublishRenderers::sha256).forEach(digest -> table.row("SHA-256", digest));
        });
        more.forEach(line -> table.row(line._1, line._2));
        published.firmware().forEach(firmware -> {
            table.row("sent", sent(published)).row("verification", verification(selected.backend(), firmware));
        });
        published.warnings().forEach(warning -> table.row("warning", warning));
        published
                .firmware()
                .forEach(firmware -> table.row(
                        "next",
                        root.commandLine(
                                selected,
                                List.of("firmware", "show", firmware.id().value()))));
        return TerminalEscaper.of(sentence(published, selected.backend())) + "\n"
                + table.fit(root.environment().formatter().width());
    }

    private static String sent(PublishResult published) {
        return published.bytesSent() == 0 ? "nothing" : ValueFormatter.exactAndShortSize(published.bytesSent());
    }

    private static String sentence(PublishResult published, Backend backend) {
        String where = " on backend " + backend.name();
        return published
                .firmware()
                .map(firmware -> published.alreadyExisted()
                        ? "Firmware " + firmware.id() + " already exists" + where + " with the same content"
                        : "Created firmware " + firmware.id() + where)
                .getOrElse("Would create a package" + where);
    }

    private static String verification(Backend backend, Firmware firmware) {
        String state = FirmwareTable.verification(firmware.verification());
        if (firmware.verification().permitsRollout()) {
            return state;
        }
        return backend.capabilities().has(Capability.VERIFY_FIRMWARE)
                ? state + "; before a rollout: ota firmware verify " + firmware.id() + " --devices LIST"
                : state + "; verify it in the vendor's console before a rollout";
    }

    ObjectNode json(Result<PublishResult> one) {
        PublishResult published = one.result().get();
        ObjectNode json = JsonOutput.withMaskedLinks(one.selected().backend(), published);
        ArrayNode sources = json.putArray("published");
        files.forEach(file -> sources.addObject()
                .putPOJO("file", file.name())
                .putNull("object")
                .putPOJO("size", file.size())
                .putPOJO("sha256", sha256(file)));
        stored.forEach(object -> sources.addObject()
                .putNull("file")
                .put("object", StoredObject.text(object))
                .putPOJO("size", file(published).flatMap(FirmwareFile::size))
                .putPOJO("sha256", file(published).flatMap(PublishRenderers::sha256)));
        return json;
    }

    /** Returns what the vendor reports of the only file of the package. */
    private static Option<FirmwareFile> file(PublishResult published) {
        return published
                .firmware()
                .map(Firmware::files)
                .filter(listed -> listed.size() == 1)
                .map(List::head);
    }

    private static Option<String> sha256(FirmwareFile file) {
        return file.checksums()
                .find(digest -> digest.isDigest() && digest.algorithm().contains(Checksum.SHA256))
                .map(Checksum::value);
    }

    ObjectNode json(List<SelectedBackend> selected, List<Result<PublishResult>> results) {
        ObjectNode json = JsonOutput.object()
                .put(
                        "complete",
                        results.size() == selected.size()
                                && results.forAll(one -> one.result().isRight()));
        ArrayNode list = json.putArray("publications");
        results.filter(one -> one.result().isRight()).forEach(one -> list.add(json(one)));
        ArrayNode failures = json.putArray("failed");
        results.filter(one -> one.result().isLeft())
                .forEach(one -> failures.addObject()
                        .put("backend", one.selected().backend().name())
                        .put("vendor", one.selected().backend().vendor().name())
                        .putPOJO("failure", one.result().getLeft()));
        ArrayNode unfinished = json.putArray("unfinished");
        selected.filter(backend -> results.forAll(one -> !one.selected().equals(backend)))
                .forEach(backend -> unfinished.add(backend.backend().name()));
        return json;
    }

    CsvWriter csv(List<Result<PublishResult>> results) {
        CsvWriter csv = csv();
        results.filter(one -> one.result().isRight())
                .forEach(one -> row(csv, one.selected().backend(), one.result().get()));
        return csv;
    }

    /** Returns a writer with the header of publications. */
    public static CsvWriter csv() {
        return CsvWriter.of(java.util.List.of(
                "backend",
                "vendor",
                "outcome",
                "id",
                "target",
                "module",
                "version",
                "bytes_sent",
                "verification",
                "warnings"));
    }

    /** Writes the row of one backend. */
    public void row(CsvWriter csv, Backend backend, PublishResult published) {
        csv.row(java.util.List.of(
                backend.name(),
                backend.vendor().name(),
                JsonOutput.masked(published).path("outcome").asText(),
                CsvWriter.cell(published.firmware().map(Firmware::id)),
                target.code(),
                CsvWriter.cell(FirmwareCsv.module(target)),
                version.value(),
                String.valueOf(published.bytesSent()),
                CsvWriter.cell(published
                        .firmware()
                        .map(firmware -> firmware.verification().code())),
                published.warnings().mkString("; ")));
    }
}
