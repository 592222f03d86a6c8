package io.otabridge.domain.firmware;

import io.otabridge.domain.module.ModuleName;

/** What on a device a firmware package updates. */
public sealed interface FirmwareTarget {

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
