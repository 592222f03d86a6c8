package io.otabridge.domain.firmware;

import io.vavr.control.Option;

/** Whether a package is a full image or a delta to an earlier version. Values are immutable. */
public sealed interface UpdateKind {

    /** Returns the kind of a full image. */
    static UpdateKind full() {
        return new Full();
    }

    /** Returns a delta to an unknown earlier version. */
    static UpdateKind delta() {
        return new Delta(Option.none());
    }

    /** Returns a delta to this version. */
    static UpdateKind delta(FirmwareVersion source) {
        return new Delta(Option.some(source));
    }

    /** Returns the kind of a response that does not contain it. */
    static UpdateKind notStated() {
        return new NotStated();
    }

    /** Returns the kind for a value that this library does not know. */
    static UpdateKind unknown(String raw) {
        return new Unknown(raw);
    }

    /** Returns the identifier for output, such as {@code full}. */
    default String code() {
        if (this instanceof Full) {
            return "full";
        }
        if (this instanceof Delta) {
            return "delta";
        }
        return this instanceof Unknown ? "unknown" : "not-stated";
    }

    /** A full image: Alibaba {@code Type} 0. */
    record Full() implements UpdateKind {}

    /** A delta to an earlier version, which is absent if the vendor omits it: Alibaba {@code Type} 1. */
    record Delta(Option<FirmwareVersion> sourceVersion) implements UpdateKind {}

    /** The response does not contain the kind. Huawei Cloud IoTDA never sends it. */
    record NotStated() implements UpdateKind {}

    /** A value that this library does not know; {@code raw} is the text as sent. */
    record Unknown(String raw) implements UpdateKind {}
}
