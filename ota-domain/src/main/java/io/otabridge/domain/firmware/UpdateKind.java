package io.otabridge.domain.firmware;

import io.vavr.control.Option;

/** Whether a package holds the whole image or only the difference to an earlier version. */
public sealed interface UpdateKind {

    /** The whole image. */
    static UpdateKind full() {
        return new Full();
    }

    /** The difference to an earlier version that is not known. */
    static UpdateKind delta() {
        return new Delta(Option.none());
    }

    /** The difference to this version. */
    static UpdateKind delta(FirmwareVersion source) {
        return new Delta(Option.some(source));
    }

    /** The vendor does not say. */
    static UpdateKind notStated() {
        return new NotStated();
    }

    /** A value that is newer than this library. */
    static UpdateKind unknown(String raw) {
        return new Unknown(raw);
    }

    /** The whole image: Alibaba {@code Type} 0. */
    record Full() implements UpdateKind {}

    /** The difference to one earlier version, which is absent if the vendor left it out: Alibaba {@code Type} 1. */
    record Delta(Option<FirmwareVersion> sourceVersion) implements UpdateKind {}

    /** The vendor does not say. Huawei Cloud IoTDA never does. */
    record NotStated() implements UpdateKind {}

    /** A value that is newer than this library; {@code raw} is what the vendor sent. */
    record Unknown(String raw) implements UpdateKind {}
}
