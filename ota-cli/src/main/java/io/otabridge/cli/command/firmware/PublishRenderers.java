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
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.PublishResult;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** Renders the results of a publication. No output has a download link with its signature. */
record PublishRenderers(
        OtaCommand root,
        FirmwareVersion version,
        FirmwareTarget target,
        List<Artifact> files,
        Option<FileLocation.ObjectStore> stored) {

    String text(List<Result<PublishResult>> results) {
        return results.filter(one -> one.result().isRight()).map(this::text).mkString("\n");
    }

    private String text(Result<PublishResult> one) {
        PublishResult published = one.result().get();
        Table table = Table.indented().row("version", version + " for " + FirmwareTable.target(target));
        files.forEach(
                file -> table.row("file", file.fileName() + ", " + ValueFormatter.exactAndShortSize(file.length()))
                        .row("SHA-256", file.sha256().value()));
        stored.forEach(object -> {
            table.row("object", StoredObject.text(object));
            Option<FirmwareFile> file = file(published);
            file.flatMap(FirmwareFile::size).forEach(size -> table.row("size", ValueFormatter.exactAndShortSize(size)));
            file.flatMap(PublishRenderers::sha256).forEach(digest -> table.row("SHA-256", digest));
        });
        published.firmware().forEach(firmware -> {
            table.row("sent", sent(published)).row("verification", verification(firmware));
        });
        published.warnings().forEach(warning -> table.row("warning", warning));
        published
                .firmware()
                .forEach(firmware -> table.row(
                        "next",
                        root.commandLine(
                                one.selected(),
                                List.of("firmware", "show", firmware.id().value()))));
        return TerminalEscaper.of(sentence(published, one.selected().backend())) + "\n"
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

    private static String verification(Firmware firmware) {
        String state = FirmwareTable.verification(firmware.verification());
        return firmware.verification().permitsRollout()
                ? state
                : state + "; verify it in the vendor's console before a rollout";
    }

    ObjectNode json(Result<PublishResult> one) {
        PublishResult published = one.result().get();
        ObjectNode json = JsonOutput.withMaskedLinks(one.selected().backend(), published);
        ArrayNode sources = json.putArray("published");
        files.forEach(file -> sources.addObject()
                .put("file", file.fileName())
                .putNull("object")
                .put("size", file.length())
                .put("sha256", file.sha256().value()));
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
        CsvWriter csv = CsvWriter.of(java.util.List.of(
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
        results.filter(one -> one.result().isRight()).forEach(one -> {
            ObjectNode json = json(one);
            PublishResult published = one.result().get();
            csv.row(java.util.List.of(
                    json.path("backend").asText(),
                    json.path("vendor").asText(),
                    json.path("outcome").asText(),
                    CsvWriter.cell(published.firmware().map(Firmware::id)),
                    target.code(),
                    CsvWriter.cell(FirmwareCsv.module(target)),
                    version.value(),
                    String.valueOf(published.bytesSent()),
                    CsvWriter.cell(published
                            .firmware()
                            .map(firmware -> firmware.verification().code())),
                    published.warnings().mkString("; ")));
        });
        return csv;
    }
}
