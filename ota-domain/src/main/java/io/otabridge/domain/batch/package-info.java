/**
 * Many questions at once. {@link io.otabridge.domain.batch.ConcurrentLookup} asks them a few at a time, and each
 * {@link io.otabridge.domain.batch.BatchResult} says which question it is for. Start with
 * {@link io.otabridge.domain.firmware.FirmwareQueryPort#findAll(Iterable)}.
 */
@NullMarked
package io.otabridge.domain.batch;

import org.jspecify.annotations.NullMarked;
