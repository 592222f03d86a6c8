package io.otabridge.client.credentials;

import io.otabridge.client.auth.AccessKey;
import java.time.Instant;

/**
 * An access key that ends.
 *
 * @param key the key, with its security token
 * @param end from when on the vendor does not take it any more
 */
public record TemporaryAccessKey(AccessKey key, Instant end) {}
