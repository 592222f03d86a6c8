package io.otabridge.client.credentials;

import io.otabridge.client.auth.AccessKey;
import java.time.Instant;

/**
 * An access key that expires.
 *
 * @param key the key, with its security token
 * @param end when it expires
 */
public record TemporaryAccessKey(AccessKey key, Instant end) {}
