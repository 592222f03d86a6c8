package io.otabridge.aliyun.operation;

import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.UpdateKind;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A package to create. Immutable.
 *
 * @param name the requested or derived name
 * @param files the files in order, at least one
 * @param urls the addresses of the uploaded files, in the same order; empty before the upload
 */
public record FirmwareCreation(NewFirmware firmware, String name, List<Artifact> files, List<String> urls) {

    private static final int DELTA = 1;

    /** The same with the addresses of the uploaded files. */
    public FirmwareCreation withUrls(List<String> uploaded) {
        return new FirmwareCreation(firmware, name, files, uploaded);
    }

    boolean isSoftware() {
        return firmware.coordinates().target() instanceof FirmwareTarget.Software;
    }

    boolean isFullForSourceVersions() {
        return firmware.kind() instanceof UpdateKind.Full
                && firmware.sourceVersions().nonEmpty();
    }

    String moduleName() {
        return firmware.coordinates().target() instanceof FirmwareTarget.Module module
                ? module.name().value()
                : AliyunMapping.DEFAULT_MODULE;
    }

    String version() {
        return firmware.coordinates().version().value();
    }

    /** The version that a delta can be applied to. */
    Option<String> sourceVersion() {
        return firmware.sourceVersions().headOption().map(FirmwareVersion::value);
    }

    /** Absent for a full image, which is the default. */
    Option<Integer> type() {
        return Option.when(firmware.kind() instanceof UpdateKind.Delta, DELTA);
    }

    /** The fields of a single file, or of a list of files. */
    Map<String, String> fileFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        if (files.size() == 1) {
            fields.put("FirmwareUrl", urls.head());
            fields.put("FirmwareSize", String.valueOf(files.head().length()));
            fields.put("FirmwareSign", files.head().md5().value());
        } else {
            files.zip(urls).forEachWithIndex((file, index) -> {
                String prefix = "MultiFiles." + (index + 1) + ".";
                fields.put(prefix + "Name", file._1().fileName());
                fields.put(prefix + "Url", file._2());
                fields.put(prefix + "Size", String.valueOf(file._1().length()));
                fields.put(prefix + "SignValue", file._1().md5().value());
                fields.put(prefix + "FileMd5", file._1().md5().value());
            });
        }
        fields.put("SignMethod", Checksum.MD5);
        return fields;
    }
}
