package io.otabridge.quota.redis;

import io.lettuce.core.RedisURI;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.QuotaStoreProvider;
import io.otabridge.domain.backend.Secret;
import io.vavr.control.Either;
import java.util.Set;

/** Opens stores at {@code redis://} and, over TLS, {@code rediss://}. */
public final class RedisQuotaStoreProvider implements QuotaStoreProvider {

    private static final Set<String> SCHEMES = Set.of("redis", "rediss");

    /** For {@link java.util.ServiceLoader}. */
    public RedisQuotaStoreProvider() {}

    @Override
    public boolean supports(String scheme) {
        return SCHEMES.contains(scheme);
    }

    @Override
    public Either<String, QuotaStore> open(Secret address, double localShare) {
        if (!(localShare > 0 && localShare <= 1)) {
            throw new IllegalArgumentException("local share must be more than 0 and at most 1, but is " + localShare);
        }
        return uri(address).map(uri -> new RedisQuotaStore(RedisConnection.to(uri, localShare), localShare));
    }

    private static Either<String, RedisURI> uri(Secret address) {
        try {
            return Either.right(RedisURI.create(address.reveal()));
        } catch (IllegalArgumentException containsTheAddress) {
            return Either.left("must be an address such as redis://host:6379 or rediss://user:password@host:6379/0; its"
                    + " value is not shown");
        }
    }
}
