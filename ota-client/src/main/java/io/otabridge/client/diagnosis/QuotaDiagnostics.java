package io.otabridge.client.diagnosis;

import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.QuotaUsage;
import io.otabridge.client.ratelimit.RateLimitSettings;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Locale;

/** How a backend keeps to its account's quotas: by its configuration, and by what has become of it so far. */
public final class QuotaDiagnostics {

    private QuotaDiagnostics() {}

    /** A backend whose configuration keeps to no quota. */
    public static List<Finding> ofNone() {
        return List.of(Finding.warning(
                Check.QUOTA,
                "pacing is off, so that nothing keeps calls within what the vendor allows the account",
                "Leave pacing out, unless something else sees to that"));
    }

    /**
     * A backend that keeps to quotas.
     *
     * @param identity what tells accounts of the vendor apart
     * @param longestWait how long to wait for the store that other processes share
     */
    public static List<Finding> of(RateLimitSettings pacing, Vendor vendor, String identity, Duration longestWait) {
        try (AccountLimiter quota = pacing.of(vendor, identity)) {
            List<Finding> learned =
                    quota.usage().filter(usage -> usage.throttled() > 0).map(QuotaDiagnostics::learned);
            return learned.prepend(kept(pacing, quota.sharing(longestWait)));
        }
    }

    private static Finding kept(RateLimitSettings pacing, Option<QuotaStore.Sharing> sharing) {
        if (sharing.isEmpty()) {
            return Finding.ok(Check.QUOTA, "this process paces its calls, by itself: " + pacing.table());
        }
        String place = sharing.get().place();
        return sharing.get().works()
                ? Finding.ok(
                        Check.QUOTA,
                        "calls are paced together with other processes through " + place + ", which answers: "
                                + pacing.table())
                : Finding.warning(
                        Check.QUOTA,
                        place + " does not answer, so that this process keeps to its local share, by itself, of: "
                                + pacing.table(),
                        "See that it runs at the address in quota.redis, and takes the user and password there");
    }

    private static Finding learned(QuotaUsage usage) {
        String what = usage.key().quota() + " was throttled by the vendor " + times(usage.throttled());
        return usage.current() < usage.limit()
                ? Finding.warning(
                        Check.QUOTA,
                        what + "; for now it is asked at most " + rate(usage.current()) + " times a second, not "
                                + rate(usage.limit()),
                        "It recovers by itself; if not, others use the account too: share the quota, or set a lower one")
                : Finding.ok(Check.QUOTA, what + ", and has recovered since");
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f", perSecond);
    }
}
