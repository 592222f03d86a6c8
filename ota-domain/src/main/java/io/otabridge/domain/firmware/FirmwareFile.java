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
}
