package io.otabridge.client.credentials;

import io.vavr.control.Either;

/**
 * Provides temporary access keys from the application, such as from a vault or the vendor's credential library. Register it with
 * {@code BackendContext.withResource(AccessKeyProvider.class, provider)}. It is used by backends that are configured with {@code
 * credentials: { source: application }}.
 */
@FunctionalInterface
public interface AccessKeyProvider {

    /**
     * Provides a new key. Called by one thread per backend when the last key has expired or is about to, not for each call. That
     * thread waits for the result, so the method must return within the backend's {@code timeout} and respond to interrupts. An
     * exception counts as a failure.
     *
     * @param backend the backend's name in the configuration
     * @return the key, or the reason why there is none: a sentence without final period and without secrets
     */
    Either<String, TemporaryAccessKey> keyFor(String backend);
}
