package io.otabridge.domain.firmware;

import io.vavr.control.Option;

/** Whether a package holds the whole image or only the difference to an earlier version. */
public sealed interface UpdateKind {

    /** The whole image: Alibaba {@code Type} 0. */
    record Full() implements UpdateKind {}

    /** The difference to one earlier version, which is absent if the vendor left it out: Alibaba {@code Type} 1. */
    record Delta(Option<FirmwareVersion> sourceVersion) implements UpdateKind {}

    /** The vendor does not say. Huawei Cloud IoTDA never does. */
    record NotStated() implements UpdateKind {}

    /** A value that is newer than this library; {@code raw} is what the vendor sent. */
    record Unknown(String raw) implements UpdateKind {}
}
