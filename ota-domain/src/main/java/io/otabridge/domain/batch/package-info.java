/**
 * Concurrent lookups of many ids. {@link io.otabridge.domain.batch.ConcurrentLookup} runs them with bounded
 * concurrency, and each {@link io.otabridge.domain.batch.LookupResult} has the id that it belongs to. Start with {@link
 * io.otabridge.domain.firmware.FirmwareQueryPort#findAll(Iterable)}.
 */
@NullMarked
package io.otabridge.domain.batch;

import org.jspecify.annotations.NullMarked;
