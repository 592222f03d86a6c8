package io.otabridge.huawei.firmware;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.huawei.operation.HuaweiIdCanonicalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of an uploaded file. It contains the SHA-256, so that the same file has the same key and is uploaded once.
 */
final class ObjectKey {

    private static final Pattern SUFFIX = Pattern.compile(".*(\\.[a-zA-Z0-9]{1,16})");

    private ObjectKey() {}

    /** Returns the key, such as {@code ota/p1/mcu/2.0.0/0a1b….bin}. */
    static String of(String prefix, FirmwareCoordinates coordinates, Artifact file) {
        ProductId product = coordinates.product();
        return prefix
                + "/" + segment(HuaweiIdCanonicalizer.canonical(product.value()))
                + "/" + segment(target(coordinates.target()))
                + "/" + segment(coordinates.version().value())
                + "/" + file.sha256().value() + suffix(file.fileName());
    }

    private static String target(FirmwareTarget target) {
        return target instanceof FirmwareTarget.Module module
                ? module.name().value()
                : target instanceof FirmwareTarget.Software ? "software" : "firmware";
    }

    /** Tools treat a folder of only full stops as another folder. */
    private static String segment(String name) {
        return name.matches("\\.+") ? "_" + name : name;
    }

    private static String suffix(String fileName) {
        Matcher matcher = SUFFIX.matcher(fileName);
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    }
}
