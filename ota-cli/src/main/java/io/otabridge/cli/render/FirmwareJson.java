package io.otabridge.cli.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.Checksum;
import io.otabridge.domain.firmware.FileLocation;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFile;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;

/** Writes firmware packages as JSON. */
public final class FirmwareJson {

    private FirmwareJson() {}

    public static ObjectNode of(Backend backend, Firmware firmware) {
        return JsonOutput.envelope(backend, "firmware", node(firmware));
    }

    /** Writes the results of a batch call: for each id the package or the failure. */
    public static ObjectNode results(Backend backend, Seq<LookupResult<FirmwareId, Firmware>> results) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        results.forEach(result -> {
            ObjectNode node = list.addObject().put("id", result.id().value());
            JsonOutput.set(node, "failure", result.result().swap().toOption().map(JsonOutput::failure));
            JsonOutput.set(node, "firmware", result.result().toOption().map(FirmwareJson::node));
        });
        boolean isComplete = results.forAll(result -> result.result().isRight());
        return JsonOutput.envelope(backend, "complete", BooleanNode.valueOf(isComplete))
                .set("answers", list);
    }

    private static ObjectNode node(Firmware firmware) {
        ObjectNode node = beginning(FirmwareSummary.of(firmware));
        ArrayNode files = node.putArray("files");
        firmware.files().map(FirmwareJson::file).forEach(files::add);
        return end(node, FirmwareSummary.of(firmware));
    }

    public static ObjectNode list(Backend backend, Seq<FirmwareSummary> firmware) {
        return JsonOutput.envelope(backend, "firmwareList", nodes(firmware));
    }

    /** Writes packages with the fields of lists. */
    public static ArrayNode nodes(Seq<FirmwareSummary> firmware) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        firmware.forEach(one -> {
            ObjectNode node = beginning(one);
            node.put("size", one.size().getOrNull());
            node.set("checksums", checksums(one.checksums()));
            list.add(end(node, one));
        });
        return list;
    }

    private static ObjectNode beginning(FirmwareSummary firmware) {
        ObjectNode node = JsonOutput.object();
        node.put("id", firmware.id().value());
        JsonOutput.put(node, "name", firmware.name());
        JsonOutput.set(node, "product", firmware.product().map(JsonOutput::product));
        JsonOutput.put(node, "resourceSpace", firmware.resourceSpace());
        node.set("target", target(firmware.target()));
        node.put("version", firmware.version().value());
        node.set("update", update(firmware.kind()));
        ArrayNode sources = node.putArray("sourceVersions");
        firmware.sourceVersions().map(FirmwareVersion::value).forEach(sources::add);
        node.set("verification", verification(firmware.verification()));
        return node;
    }

    private static ObjectNode end(ObjectNode node, FirmwareSummary firmware) {
        JsonOutput.put(node, "customInfo", firmware.customInfo());
        JsonOutput.put(node, "description", firmware.description());
        JsonOutput.set(node, "created", JsonOutput.time(firmware.created()));
        return JsonOutput.set(node, "modified", JsonOutput.time(firmware.modified()));
    }

    private static ArrayNode checksums(List<Checksum> checksums) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        checksums.forEach(checksum -> list.add(JsonOutput.put(JsonOutput.object(), "algorithm", checksum.algorithm())
                .put("value", checksum.value())));
        return list;
    }

    private static ObjectNode file(FirmwareFile file) {
        ObjectNode node = JsonOutput.object();
        JsonOutput.put(node, "name", file.name());
        node.put("size", file.size().getOrNull());
        node.set("checksums", checksums(file.checksums()));
        return JsonOutput.set(node, "location", file.location().map(FirmwareJson::location));
    }

    private static ObjectNode location(FileLocation location) {
        if (location instanceof FileLocation.DownloadLink link) {
            ObjectNode node = JsonOutput.object()
                    .put("kind", "link")
                    .put("url", link.url().reveal());
            JsonOutput.put(node, "expires", link.expires().map(Instant::toString));
            return node.putNull("region").putNull("bucket").putNull("key");
        }
        FileLocation.ObjectStore store = (FileLocation.ObjectStore) location;
        ObjectNode node =
                JsonOutput.object().put("kind", "object-store").putNull("url").putNull("expires");
        JsonOutput.put(node, "region", store.region());
        JsonOutput.put(node, "bucket", store.bucket());
        return JsonOutput.put(node, "key", store.key());
    }

    public static ObjectNode target(FirmwareTarget target) {
        Option<String> raw =
                target instanceof FirmwareTarget.Unknown unknown ? Option.some(unknown.raw()) : Option.none();
        ObjectNode node = JsonOutput.object().put("kind", kind(target));
        return JsonOutput.put(JsonOutput.put(node, "module", module(target)), "raw", raw);
    }

    /** Returns the code of a target. */
    public static String kind(FirmwareTarget target) {
        if (target instanceof FirmwareTarget.WholeDevice) {
            return "whole-device";
        }
        if (target instanceof FirmwareTarget.Software) {
            return "software";
        }
        if (target instanceof FirmwareTarget.Module) {
            return "module";
        }
        return target instanceof FirmwareTarget.Unknown ? "unknown" : "not-stated";
    }

    /** Returns the module name of a target; absent for other kinds of target. */
    public static Option<String> module(FirmwareTarget target) {
        return target instanceof FirmwareTarget.Module named
                ? Option.some(named.name().value())
                : Option.none();
    }

    private static ObjectNode update(UpdateKind update) {
        Option<String> source = update instanceof UpdateKind.Delta delta
                ? delta.sourceVersion().map(FirmwareVersion::value)
                : Option.none();
        Option<String> raw = update instanceof UpdateKind.Unknown unknown ? Option.some(unknown.raw()) : Option.none();
        return JsonOutput.put(
                JsonOutput.put(JsonOutput.object().put("kind", kind(update)), "sourceVersion", source), "raw", raw);
    }

    /** Returns the code of an update kind. */
    public static String kind(UpdateKind update) {
        if (update instanceof UpdateKind.Full) {
            return "full";
        }
        if (update instanceof UpdateKind.Delta) {
            return "delta";
        }
        return update instanceof UpdateKind.Unknown ? "unknown" : "not-stated";
    }

    private static ObjectNode verification(Verification verification) {
        Option<Integer> percent = verification instanceof Verification.Verifying v ? v.percent() : Option.none();
        Option<String> raw = verification instanceof Verification.Unknown u ? Option.some(u.raw()) : Option.none();
        ObjectNode node = JsonOutput.object().put("state", state(verification)).put("percent", percent.getOrNull());
        return JsonOutput.put(node, "raw", raw);
    }

    /** Returns the code of a verification state. */
    public static String state(Verification verification) {
        if (verification instanceof Verification.NotRequired) {
            return "not-required";
        }
        if (verification instanceof Verification.Unverified) {
            return "unverified";
        }
        if (verification instanceof Verification.Verifying) {
            return "verifying";
        }
        if (verification instanceof Verification.Verified) {
            return "verified";
        }
        if (verification instanceof Verification.Failed) {
            return "failed";
        }
        if (verification instanceof Verification.NotOffered) {
            return "not-offered";
        }
        return verification instanceof Verification.Unknown ? "unknown" : "not-stated";
    }
}
