package io.otabridge.domain.firmware;

import io.otabridge.domain.module.ModuleName;

/** What on a device a firmware package updates. */
public sealed interface FirmwareTarget {

    /** The firmware of the whole device. */
    static FirmwareTarget wholeDevice() {
        return new WholeDevice();
    }

    /** The software of the device. */
    static FirmwareTarget software() {
        return new Software();
    }

    /** The module with this name. */
    static FirmwareTarget module(ModuleName name) {
        return new Module(name);
    }

    /**
     * The module with this name.
     *
     * @throws IllegalArgumentException if it can be no module's name
     */
    static FirmwareTarget module(String name) {
        return new Module(ModuleName.of(name));
    }

    /** The vendor does not say. */
    static FirmwareTarget notStated() {
        return new NotStated();
    }

    /** A value that is newer than this library. */
    static FirmwareTarget unknown(String raw) {
        return new Unknown(raw);
    }

    /** The firmware of the whole device: Huawei {@code firmwarePackage}, Alibaba module {@code default}. */
    record WholeDevice() implements FirmwareTarget {}

    /** The software (application) of the device: Huawei {@code softwarePackage}; Alibaba has no such thing. */
    record Software() implements FirmwareTarget {}

    /** One module of the device: Huawei {@code modulePackage} with {@code module_name}, Alibaba {@code ModuleName}. */
    record Module(ModuleName name) implements FirmwareTarget {}

    /** The vendor's answer does not say. */
    record NotStated() implements FirmwareTarget {}

    /** A value that is newer than this library; {@code raw} is what the vendor sent. */
    record Unknown(String raw) implements FirmwareTarget {}
}
