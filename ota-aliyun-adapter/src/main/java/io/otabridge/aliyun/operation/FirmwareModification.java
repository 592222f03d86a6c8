package io.otabridge.aliyun.operation;

import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.vavr.control.Option;

/**
 * A change of a package's texts. It is not documented what happens to texts that are left out, so the current ones are
 * sent too. Only the name is not, because it could be taken for that of another package. Immutable.
 */
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
                ? change.name().filter(name -> !current.name().contains(name))
                : change.name().orElse(current.name());
    }

    Option<String> description() {
        return change.description().orElse(current.description());
    }

    Option<String> customInfo() {
        return change.customInfo().orElse(current.customInfo());
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
                customInfo(),
                description(),
                current.created(),
                Option.none());
    }
}
