package io.otabridge.domain.artifact;

import io.vavr.control.Option;
import java.time.Instant;

/**
 * An upload in parts that was interrupted. Its parts use storage until it is continued or aborted. Immutable.
 *
 * @param id the object store's id of the upload
 * @param location the object that the upload will create
 * @param started when it was started; absent if the store does not send it
 */
public record UnfinishedUpload(String id, FileLocation.ObjectStore location, Option<Instant> started) {}
