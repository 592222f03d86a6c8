package io.otabridge.client.auth;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Caches the last derived signing key, because consecutive requests almost always use the same one. Thread-safe. */
public final class SigningKeyCache {

    private record Last(AccessKey key, String scope, HmacKey derived) {}

    private final BiFunction<AccessKey, String, HmacKey> derive;
    private volatile @Nullable Last last;

    /** @param derive derives the signing key of an access key for a scope */
    public SigningKeyCache(BiFunction<AccessKey, String, HmacKey> derive) {
        this.derive = derive;
    }

    /**
     * The signing key of an access key, derived if it is not cached.
     *
     * @param scope the scope of the derived key, such as a day; empty if the signature has no scope
     */
    public HmacKey of(AccessKey key, String scope) {
        Last before = last;
        if (before != null && before.key().equals(key) && before.scope().equals(scope)) {
            return before.derived();
        }
        HmacKey derived = derive.apply(key, scope);
        last = new Last(key, scope, derived);
        return derived;
    }
}
