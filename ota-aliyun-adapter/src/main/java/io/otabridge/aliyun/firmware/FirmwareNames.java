package io.otabridge.aliyun.firmware;

import io.otabridge.aliyun.operation.AliyunMapping;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.vavr.collection.List;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Derives the name of a package that was requested without one. Names are unique in the account, so different packages
 * need different names, and the same package needs the same name each time. A name is product, module, version and,
 * for a delta, the source version, such as {@code a1uctKeXXXX(MCU)2_0_0(1_9_0)}. If that is too long or ambiguous, it is
 * cut and ends with a part of a digest.
 */
final class FirmwareNames {

    private static final int MAX_LENGTH = 40;
    private static final int DIGEST_LENGTH = 8;

    private FirmwareNames() {}

    static String derive(NewFirmware firmware) {
        List<String> parts = List.of(
                        firmware.coordinates().product().value(),
                        firmware.coordinates().target() instanceof FirmwareTarget.Module module
                                ? module.name().value()
                                : AliyunMapping.DEFAULT_MODULE,
                        firmware.coordinates().version().value())
                .appendAll(firmware.sourceVersions().map(FirmwareVersion::value).sorted());
        String name = readable(parts);
        // A full stop is shown as an underscore, so a part with an underscore could look like another one.
        boolean isUnique = parts.forAll(part -> part.matches("[a-zA-Z0-9.-]*"));
        return isUnique && name.length() <= MAX_LENGTH
                ? name
                : name.substring(0, Math.min(name.length(), MAX_LENGTH - DIGEST_LENGTH - 1)) + "-" + digest(parts);
    }

    private static String readable(List<String> parts) {
        String sources = parts.drop(3).map(version -> "(" + version + ")").mkString();
        String name =
                (parts.head() + "(" + parts.get(1) + ")" + parts.get(2) + sources).replaceAll("[^a-zA-Z0-9()-]", "_");
        // A name must begin with a letter or a digit.
        return name.matches("[a-zA-Z0-9].*") ? name : "p" + name;
    }

    private static String digest(List<String> parts) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(parts.mkString("\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
