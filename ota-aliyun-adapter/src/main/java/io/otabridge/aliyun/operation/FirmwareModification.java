package io.otabridge.aliyun.operation;

import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.vavr.control.Option;

/** A change of a package's texts. Texts that it has already are not sent. Immutable. */
public record FirmwareModification(Firmware current, FirmwareUpdate change) {

    FirmwareId id() {
        return current.id();
    }

    Option<String> product() {
        return current.product().map(product -> product.id().value());
    }

    /**
     * The new name.
     *
     * @param isOptional false if the current name must be sent without a new one
     */
    Option<String> name(boolean isOptional) {
        return isOptional
                ? changed(change.name(), current.name())
                : change.name().orElse(current.name());
    }

    Option<String> description() {
        return changed(change.description(), current.description());
    }

    Option<String> customInfo() {
        return changed(change.customInfo(), current.customInfo());
    }

    private static Option<String> changed(Option<String> wanted, Option<String> existing) {
        return wanted.filter(text -> !existing.contains(text));
    }

    /** The package after the change. The platform does not return when it was modified. */
    public Firmware result() {
        return new Firmware(
                current.id(),
                change.name().orElse(current.name()),
                current.product(),
                current.resourceSpace(),
                current.target(),
                current.version(),
                current.kind(),
                current.sourceVersions(),
                current.verification(),
                current.files(),
                change.customInfo().orElse(current.customInfo()),
                change.description().orElse(current.description()),
                current.created(),
                Option.none());
    }
}
