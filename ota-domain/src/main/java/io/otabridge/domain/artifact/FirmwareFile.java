package io.otabridge.domain.artifact;

import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * A file of a firmware package. Immutable.
 *
 * @param name the file name; absent for the only file of a package, which vendors do not name
 * @param size the size in bytes, 0 or more; absent if the vendor does not send it (Huawei Cloud IoTDA never does)
 * @param checksums the digests that the vendor sent, without duplicates; empty if none
 * @param location where the file is stored; absent if the vendor does not send it
 */
public record FirmwareFile(
        Option<String> name, Option<Long> size, List<Checksum> checksums, Option<FileLocation> location) {

    /** @throws IllegalArgumentException if the size is negative */
    public FirmwareFile {
        if (size.exists(bytes -> bytes < 0)) {
            throw new IllegalArgumentException("file size must be 0 or more but is " + size.get());
        }
    }

    /** Returns a builder. By default, all components are absent or empty. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder. Not safe for use by multiple threads. */
    public static final class Builder {

        private Option<String> name = Option.none();
        private Option<Long> size = Option.none();
        private List<Checksum> checksums = List.empty();
        private Option<FileLocation> location = Option.none();

        private Builder() {}

        public Builder name(String value) {
            this.name = Option.some(value);
            return this;
        }

        /** Sets the size in bytes. */
        public Builder size(long bytes) {
            this.size = Option.some(bytes);
            return this;
        }

        /** Adds a checksum, unless it is already present. */
        public Builder checksum(Checksum value) {
            this.checksums = checksums.append(value).distinct();
            return this;
        }

        public Builder location(FileLocation value) {
            this.location = Option.some(value);
            return this;
        }

        /**
         * Builds the file.
         *
         * @throws IllegalArgumentException if the size is negative
         */
        public FirmwareFile build() {
            return new FirmwareFile(name, size, checksums, location);
        }
    }
}
