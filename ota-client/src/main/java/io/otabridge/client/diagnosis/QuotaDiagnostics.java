package io.otabridge.client.diagnosis;

import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.QuotaUsage;
import io.otabridge.client.ratelimit.RateLimitSettings;
import io.otabridge.client.ratelimit.RateLimits;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Locale;

/** Diagnoses a backend's rate limiting: its configuration and the throttling so far. */
public final class QuotaDiagnostics {

    private QuotaDiagnostics() {}

    /** The findings for a backend without rate limiting. */
    public static List<Finding> ofNone() {
        return List.of(Finding.warning(
                Check.QUOTA,
                "pacing is off: calls are not limited to the vendor's quota of the account",
                "Remove the setting pacing, unless another component limits the rate"));
    }

    /**
     * The findings for a backend with rate limiting.
     *
     * @param identity distinguishes accounts of the vendor
     * @param operations the operations that the backend sends
     * @param maxWait how long to wait for the store shared with other processes
     */
    public static List<Finding> of(
            RateLimitSettings settings, Vendor vendor, String identity, List<String> operations, Duration maxWait) {
        try (AccountLimiter limiter = settings.limiterFor(vendor, identity)) {
            List<Finding> throttled =
                    limiter.usage().filter(usage -> usage.throttled() > 0).map(QuotaDiagnostics::throttling);
            return throttled.prepend(limits(settings.limits().only(operations), limiter.sharing(maxWait)));
        }
    }

    private static Finding limits(RateLimits limits, Option<QuotaStore.SharedStoreStatus> sharing) {
        if (sharing.isEmpty()) {
            return Finding.ok(Check.QUOTA, "client-side rate limits of this process: " + limits);
        }
        String place = sharing.get().address();
        return sharing.get().isReachable()
                ? Finding.ok(
                        Check.QUOTA,
                        "client-side rate limits shared with other processes through " + place + ": " + limits)
                : Finding.warning(
                        Check.QUOTA,
                        place + " does not respond, so this process uses its local share of: " + limits,
                        "Check that it runs at the address in quota.redis and accepts the user and password there");
    }

    private static Finding throttling(QuotaUsage usage) {
        String what = usage.key().quota() + " was throttled by the vendor " + times(usage.throttled());
        return usage.current() < usage.limit()
                ? Finding.warning(
                        Check.QUOTA,
                        what + "; currently limited to " + rate(usage.current()) + " calls a second instead of "
                                + rate(usage.limit()),
                        "The rate recovers automatically. If it does not, others use the account too: share the quota or"
                                + " set a lower one")
                : Finding.ok(Check.QUOTA, what + " and has recovered");
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f", perSecond);
    }
}
