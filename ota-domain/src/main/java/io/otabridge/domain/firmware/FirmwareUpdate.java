package io.otabridge.domain.firmware;

import io.vavr.control.Option;

/**
 * An update of the texts of a firmware package. Absent components are not changed. Removing a text is not documented,
 * so it is not supported. Immutable.
 *
 * @param name the new name
 * @param description the new description
 * @param customInfo the new text that is sent to devices
 */
public record FirmwareUpdate(Option<String> name, Option<String> description, Option<String> customInfo) {

    /** @throws IllegalArgumentException if all components are absent, or a text is blank */
    public FirmwareUpdate {
        if (name.isEmpty() && description.isEmpty() && customInfo.isEmpty()) {
            throw new IllegalArgumentException("a firmware update must have a new name, description or custom info");
        }
        if (name.exists(String::isBlank) || description.exists(String::isBlank) || customInfo.exists(String::isBlank)) {
            throw new IllegalArgumentException("the texts of a firmware must not be blank; leave them out instead");
        }
    }

    /** Returns whether a package has these texts already. */
    public boolean isContainedIn(Firmware firmware) {
        return name.forAll(text -> firmware.name().contains(text))
                && description.forAll(text -> firmware.description().contains(text))
                && customInfo.forAll(text -> firmware.customInfo().contains(text));
    }
}
