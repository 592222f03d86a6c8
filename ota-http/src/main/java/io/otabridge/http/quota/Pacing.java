package io.otabridge.http.quota;

import io.otabridge.domain.TextRule;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Settings;
import io.otabridge.http.Signing;
import io.vavr.control.Option;

/**
 * How a backend keeps to its account's quotas.
 *
 * @param table what the vendor allows
 * @param account what the account is called where it is not called after its key; users of one account share its quotas
 */
public record Pacing(QuotaTable table, Option<String> account) {

    private static final TextRule ACCOUNT = TextRule.opaque("account", 64);
    private static final int DIGITS = 16;

    /** Reads {@code pacing}, {@code account} and {@code quota}; absent if pacing is off. */
    public static Option<Pacing> read(Settings settings, QuotaTable table) {
        boolean isOff = settings.choice("pacing", "on", "off").contains("off");
        Option<String> account = settings.text("account", ACCOUNT);
        QuotaTable read = table.read(settings.section("quota"));
        return Option.when(!isOff, new Pacing(read, account));
    }

    /**
     * The quotas of the account.
     *
     * @param identity what tells accounts of the vendor apart, such as the id of an access key; it is not seen by others
     */
    public AccountQuota of(QuotaGovernor governor, Vendor vendor, String identity) {
        String name = account.getOrElse(() -> Signing.sha256Hex(identity).substring(0, DIGITS));
        return governor.account(vendor + ":" + name, table);
    }
}
