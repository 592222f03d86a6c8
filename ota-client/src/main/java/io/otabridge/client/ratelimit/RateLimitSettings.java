package io.otabridge.client.ratelimit;

import io.otabridge.client.auth.Canonicalization;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.control.Option;
import java.util.function.Function;

/**
 * The rate limit settings of a backend.
 *
 * @param accounts opens the limiter of an account by its name
 * @param limits the vendor's rate limits
 * @param account the configured name of the account; absent if the name is derived from its key. Backends with the same name
 *     share quotas
 */
public record RateLimitSettings(Function<String, AccountLimiter> accounts, RateLimits limits, Option<String> account) {

    private static final StringConstraint ACCOUNT = StringConstraint.opaque("account", 64);
    private static final StringConstraint SHARE = StringConstraint.matching(
            "local share", "0?\\.[0-9]{0,3}[1-9][0-9]{0,3}|1(\\.0)?", "more than 0 and at most 1, such as 0.25");
    private static final double DEFAULT_SHARE = 0.25;
    private static final int NAME_DIGITS = 16;

    /**
     * Reads the settings {@code pacing}, {@code account} and {@code quota}. The section {@code quota} holds calls per second by
     * operation, and {@code redis} with {@code local-share} for quotas that processes share. Uses the rate limiter at that
     * address, otherwise the one in the context, otherwise the one of this process.
     *
     * @return absent if pacing is off or a setting is invalid
     */
    public static Option<RateLimitSettings> read(SettingsReader settings, RateLimits limits, BackendContext context) {
        boolean isOff = settings.choice("pacing", "on", "off").contains("off");
        Option<String> account = settings.text("account", ACCOUNT);
        SettingsReader quota = settings.section("quota");
        double share = quota.text("local-share", SHARE).map(Double::valueOf).getOrElse(DEFAULT_SHARE);
        Option<Secret> shared = quota.secret("redis")
                .filter(address -> QuotaStore.at(address, share)
                        .peekLeft(problem -> quota.error("redis", problem))
                        .isRight());
        RateLimits configured = limits.read(quota);
        RateLimiter own = context.resource(RateLimiter.class).getOrElse(RateLimiter::shared);
        Function<String, AccountLimiter> accounts = shared.<Function<String, AccountLimiter>>map(
                        address -> name -> SharedLimiterRegistry.account(address, share, name, configured))
                .getOrElse(() -> name -> own.account(name, configured));
        return Option.when(!isOff, new RateLimitSettings(accounts, configured, account));
    }

    /**
     * Opens the limiter of the account. Close it after use.
     *
     * @param identity distinguishes accounts of the vendor, such as the id of an access key; only its digest is visible to others
     */
    public AccountLimiter limiterFor(Vendor vendor, String identity) {
        String name =
                account.getOrElse(() -> Canonicalization.sha256Hex(identity).substring(0, NAME_DIGITS));
        return accounts.apply(vendor + ":" + name);
    }
}
