package io.otabridge.domain.firmware;

import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * The result of a publication. Immutable.
 *
 * @param firmware the package as the vendor reports it; absent in a dry run, unless the package already exists
 * @param alreadyExisted true if a package with the same identity and content existed and nothing was created, for
 *     example after an earlier attempt whose response was lost
 * @param bytesSent the number of bytes that were uploaded; 0 if the file was already stored. More than 0 for a package
 *     that already existed if its stored file had been deleted
 * @param warnings what the vendor does not store or does not confirm, as sentences without a final period
 */
public record PublishResult(Option<Firmware> firmware, boolean alreadyExisted, long bytesSent, List<String> warnings) {}
