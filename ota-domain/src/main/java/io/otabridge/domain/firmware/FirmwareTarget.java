package io.otabridge.domain.firmware;

import io.otabridge.domain.module.ModuleName;

/** The part of a device that a firmware package updates. Values are immutable. */
public sealed interface FirmwareTarget {

    /** Returns the target for the firmware of the whole device. */
    static FirmwareTarget wholeDevice() {
        return new WholeDevice();
    }

    /** Returns the target for the software of the device. */
    static FirmwareTarget software() {
        return new Software();
    }

    /** Returns the target for a module. */
    static FirmwareTarget module(ModuleName name) {
        return new Module(name);
    }

    /**
     * Returns the target for a module.
     *
     * @throws IllegalArgumentException if the name is not a valid module name
     */
    static FirmwareTarget module(String name) {
        return new Module(ModuleName.of(name));
    }

    /** Returns the target of a response that does not contain it. */
    static FirmwareTarget notStated() {
        return new NotStated();
    }

    /** Returns the target for a value that this library does not know. */
    static FirmwareTarget unknown(String raw) {
        return new Unknown(raw);
    }

    /** Returns the identifier for output, such as {@code whole-device}. */
    default String code() {
        if (this instanceof WholeDevice) {
            return "whole-device";
        }
        if (this instanceof Software) {
            return "software";
        }
        if (this instanceof Module) {
            return "module";
        }
        return this instanceof Unknown ? "unknown" : "not-stated";
    }

    /** The firmware of the whole device: Huawei {@code firmwarePackage}, Alibaba module {@code default}. */
    record WholeDevice() implements FirmwareTarget {}

    /** The software (application) of the device: Huawei {@code softwarePackage}; not available on Alibaba. */
    record Software() implements FirmwareTarget {}

    /** One module of the device: Huawei {@code modulePackage} with {@code module_name}, Alibaba {@code ModuleName}. */
    record Module(ModuleName name) implements FirmwareTarget {}

    /** The response does not contain the target. */
    record NotStated() implements FirmwareTarget {}

    /** A value that this library does not know; {@code raw} is the text as sent. */
    record Unknown(String raw) implements FirmwareTarget {}
}
