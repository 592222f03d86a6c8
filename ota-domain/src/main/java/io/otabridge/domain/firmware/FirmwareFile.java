package io.otabridge.domain.firmware;

import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * One file of a firmware package.
 *
 * @param name the file's name in the package; absent for the only file of a package, which vendors do not name
 * @param size in bytes, 0 or more; absent where the vendor does not say (Huawei Cloud IoTDA never does)
 * @param checksums every digest the vendor gave, without repeats; empty if none
 * @param location where the bytes are; absent where the vendor does not say
 */
public record FirmwareFile(
        Option<String> name, Option<Long> size, List<Checksum> checksums, Option<FileLocation> location) {

    /** @throws IllegalArgumentException if the size is negative */
    public FirmwareFile {
        if (size.exists(bytes -> bytes < 0)) {
            throw new IllegalArgumentException("file size must be 0 or more but is " + size.get());
        }
    }

    /** A builder for a file about which nothing is known yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of a {@link FirmwareFile} by name. For one thread. */
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

        /** The size in bytes. */
        public Builder size(long bytes) {
            this.size = Option.some(bytes);
            return this;
        }

        /** Adds a checksum. */
        public Builder checksum(Checksum value) {
            this.checksums = checksums.append(value).distinct();
            return this;
        }

        public Builder location(FileLocation value) {
            this.location = Option.some(value);
            return this;
        }

        /**
         * The file.
         *
         * @throws IllegalArgumentException if the size is negative
         */
        public FirmwareFile build() {
            return new FirmwareFile(name, size, checksums, location);
        }
    }
}
