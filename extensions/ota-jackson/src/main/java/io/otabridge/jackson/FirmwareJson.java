package io.otabridge.jackson;

import static io.otabridge.jackson.JsonTypes.object;

import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.ContentComparison;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.SignedLink;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareDeletion;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of packages, their files and transfers. */
final class FirmwareJson {

    private FirmwareJson() {}

    static void describe(JsonTypes types, SignedLinks links) {
        describeFiles(types);
        types.describe(Firmware.class, firmware -> {
            Map<String, @Nullable Object> json = beginning(FirmwareSummary.of(firmware));
            json.put("files", firmware.files());
            return end(json, FirmwareSummary.of(firmware));
        });
        types.describe(FirmwareSummary.class, firmware -> {
            Map<String, @Nullable Object> json = beginning(firmware);
            json.putAll(object("size", firmware.size(), "checksums", firmware.checksums()));
            return end(json, firmware);
        });
        types.describe(
                FirmwareFile.class,
                file -> object(
                        "name", file.name(),
                        "size", file.size(),
                        "checksums", file.checksums(),
                        "location", file.location()));
        types.describe(
                Checksum.class, checksum -> object("algorithm", checksum.algorithm(), "value", checksum.value()));
        types.describe(FileLocation.class, location -> location(location, links));
        types.describe(SignedLink.class, link -> url(link, links));
        types.describe(
                FirmwareTarget.class,
                target -> object(
                        "kind", target.code(),
                        "module", target instanceof FirmwareTarget.Module module ? module.name() : null,
                        "raw", target instanceof FirmwareTarget.Unknown unknown ? unknown.raw() : null));
        types.describe(
                UpdateKind.class,
                update -> object(
                        "kind", update.code(),
                        "sourceVersion", update instanceof UpdateKind.Delta delta ? delta.sourceVersion() : null,
                        "raw", update instanceof UpdateKind.Unknown unknown ? unknown.raw() : null));
        types.describe(
                Verification.class,
                state -> object(
                        "state", state.code(),
                        "percent", state instanceof Verification.Verifying verifying ? verifying.percent() : null,
                        "raw", state instanceof Verification.Unknown unknown ? unknown.raw() : null));
        types.describe(
                FirmwareCoordinates.class,
                coordinates -> object(
                        "product", coordinates.product(),
                        "target", coordinates.target(),
                        "version", coordinates.version()));
    }

    private static Map<String, @Nullable Object> beginning(FirmwareSummary firmware) {
        return object(
                "id", firmware.id(),
                "name", firmware.name(),
                "product", firmware.product(),
                "resourceSpace", firmware.resourceSpace(),
                "target", firmware.target(),
                "version", firmware.version(),
                "update", firmware.kind(),
                "sourceVersions", firmware.sourceVersions(),
                "verification", firmware.verification());
    }

    private static Map<String, @Nullable Object> end(Map<String, @Nullable Object> json, FirmwareSummary firmware) {
        json.putAll(object(
                "customInfo", firmware.customInfo(),
                "description", firmware.description(),
                "created", firmware.created(),
                "modified", firmware.modified()));
        return json;
    }

    private static void describeFiles(JsonTypes types) {
        types.describe(
                PublishResult.class,
                published -> object(
                        "firmware", published.firmware(),
                        "outcome", outcome(published),
                        "bytesSent", published.bytesSent(),
                        "warnings", published.warnings()));
        types.describe(
                FirmwareDeletion.class,
                deletion -> object(
                        "outcome", deletion.firmware(),
                        "storedFile", deletion.file(),
                        "storedFileFailure", deletion.fileFailure()));
        types.describe(
                DownloadResult.class,
                download -> object(
                        "file", download.file().toString(),
                        "size", download.size(),
                        "sha256", download.sha256().value(),
                        "check", download.check(),
                        "resumedAt", download.resumedAt()));
        types.describe(
                UnfinishedUpload.class,
                upload -> object(
                        "id", upload.id(),
                        "location", upload.location(),
                        "started", upload.started().map(Instant::toString)));
        types.describe(
                ContentComparison.class,
                comparison -> object("difference", comparison.difference(), "known", comparison.isKnown()));
    }

    private static String outcome(PublishResult published) {
        if (published.alreadyExisted()) {
            return "existed";
        }
        return published.firmware().isDefined() ? "created" : "would-create";
    }

    private static Map<String, @Nullable Object> location(FileLocation location, SignedLinks links) {
        FileLocation.DownloadLink link = location instanceof FileLocation.DownloadLink found ? found : null;
        FileLocation.ObjectStore store = location instanceof FileLocation.ObjectStore found ? found : null;
        return object(
                "kind", link != null ? "link" : "object-store",
                "url", link != null ? url(link.url(), links) : null,
                "expires", link != null ? link.expires().map(Instant::toString) : null,
                "region", store != null ? store.region() : null,
                "bucket", store != null ? store.bucket() : null,
                "key", store != null ? store.key() : null);
    }

    private static String url(SignedLink link, SignedLinks links) {
        return links == SignedLinks.REVEALED ? link.reveal() : link.toString();
    }
}
