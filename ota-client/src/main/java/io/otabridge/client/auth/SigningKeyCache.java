package io.otabridge.client.auth;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Keeps what the last request was signed with, as the next one is nearly always signed with the same. Safe for many threads. */
public final class SigningKeyCache {

    private record Last(AccessKey key, String scope, HmacKey ready) {}

    private final BiFunction<AccessKey, String, HmacKey> make;
    private volatile @Nullable Last last;

    /** @param make makes an access key ready to sign within a scope */
    public SigningKeyCache(BiFunction<AccessKey, String, HmacKey> make) {
        this.make = make;
    }

    /**
     * The key to sign with.
     *
     * @param scope what it is derived for, such as a day; empty where a key is what it is
     */
    public HmacKey of(AccessKey key, String scope) {
        Last before = last;
        if (before != null && before.key().equals(key) && before.scope().equals(scope)) {
            return before.ready();
        }
        HmacKey ready = make.apply(key, scope);
        last = new Last(key, scope, ready);
        return ready;
    }
}
