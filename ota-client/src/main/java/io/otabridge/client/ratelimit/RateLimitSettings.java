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
 * How a backend keeps to its account's quotas.
 *
 * @param accounts opens the quotas of an account by its name
 * @param table what the vendor allows
 * @param account what the account is called where it is not called after its key; users of one account share its quotas
 */
public record RateLimitSettings(Function<String, AccountLimiter> accounts, RateLimits table, Option<String> account) {

    private static final StringConstraint ACCOUNT = StringConstraint.opaque("account", 64);
    private static final StringConstraint SHARE = StringConstraint.matching(
            "local share", "0?\\.[0-9]{0,3}[1-9][0-9]{0,3}|1(\\.0)?", "more than 0 and at most 1, such as 0.25");
    private static final double DEFAULT_SHARE = 0.25;
    private static final int DIGITS = 16;

    /**
     * Reads {@code pacing}, {@code account} and {@code quota}: calls a second by operation, and {@code redis} with
     * {@code local-share}, by which processes share them. The governor is the one at that address, else the one that the
     * context brings, else this process's own.
     *
     * @return absent if pacing is off, or a fault was noted
     */
    public static Option<RateLimitSettings> read(SettingsReader settings, RateLimits table, BackendContext context) {
        boolean isOff = settings.choice("pacing", "on", "off").contains("off");
        Option<String> account = settings.text("account", ACCOUNT);
        SettingsReader quota = settings.section("quota");
        double share = quota.text("local-share", SHARE).map(Double::valueOf).getOrElse(DEFAULT_SHARE);
        Option<Secret> shared = quota.secret("redis")
                .filter(address -> QuotaStore.at(address, share)
                        .peekLeft(problem -> quota.error("redis", problem))
                        .isRight());
        RateLimits read = table.read(quota);
        RateLimiter own = context.resource(RateLimiter.class).getOrElse(RateLimiter::shared);
        Function<String, AccountLimiter> accounts = shared.<Function<String, AccountLimiter>>map(
                        address -> name -> SharedLimiterRegistry.account(address, share, name, read))
                .getOrElse(() -> name -> own.account(name, read));
        return Option.when(!isOff, new RateLimitSettings(accounts, read, account));
    }

    /**
     * The quotas of the account, to be closed after use.
     *
     * @param identity what tells accounts of the vendor apart, such as the id of an access key; it is not seen by others
     */
    public AccountLimiter of(Vendor vendor, String identity) {
        String name =
                account.getOrElse(() -> Canonicalization.sha256Hex(identity).substring(0, DIGITS));
        return accounts.apply(vendor + ":" + name);
    }
}
