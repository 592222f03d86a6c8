package io.otabridge.client.credentials;

import io.vavr.control.Either;

/**
 * Where an application has its temporary access keys from, such as a vault or the vendor's own credential library. It is
 * handed in with {@code BackendContext.withResource(AccessKeyProvider.class, source)}, and asked by the backends whose
 * configuration says {@code credentials: { source: application }}.
 */
@FunctionalInterface
public interface AccessKeyProvider {

    /**
     * A new key for a backend, by its name in the configuration; or in words why there is none, as a whole sentence without a
     * final stop and without a secret. Asked by one thread of the backend when the last key is over, or nearly, and never
     * for each call; that thread waits for it, so it must come back before the backend's {@code timeout} and obey interrupts.
     * If it throws, that counts as if it had none.
     */
    Either<String, TemporaryAccessKey> keyFor(String backend);
}
