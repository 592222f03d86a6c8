package io.otabridge.client.ratelimit;

import io.otabridge.domain.StringConstraint;

/**
 * Identifies one quota: the requests that a vendor counts together.
 *
 * @param account the vendor and a public name of the account: the digest of an access key, never the key
 * @param quota the operation, or the name of a quota that several operations share
 */
public record QuotaKey(String account, String quota) {

    private static final StringConstraint ACCOUNT = StringConstraint.opaque("account", 128);
    private static final StringConstraint QUOTA = StringConstraint.opaque("quota", 128);

    public QuotaKey {
        ACCOUNT.require(account);
        QUOTA.require(quota);
    }
}
