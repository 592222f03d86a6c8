package io.otabridge.cli.option;

import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.VersionComparator;
import io.vavr.control.Option;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The values of {@code --sort} for packages. */
public enum FirmwareSort implements SortKey<FirmwareSummary> {
    NAME,
    VERSION,
    SIZE,
    CREATED,
    MODIFIED;

    @Override
    public Comparator<FirmwareSummary> order(boolean reverse) {
        SortKey<FirmwareSummary> key = switch (this) {
            case NAME -> SortKey.of(FirmwareSummary::name, Comparator.naturalOrder());
            case VERSION -> SortKey.of(firmware -> Option.some(firmware.version()), VersionComparator.FOR_LISTS);
            case SIZE -> SortKey.of(FirmwareSummary::size, Comparator.naturalOrder());
            case CREATED ->
                SortKey.of(firmware -> firmware.created().flatMap(VendorTimestamp::instant), Comparator.naturalOrder());
            case MODIFIED ->
                SortKey.of(
                        firmware -> firmware.modified().flatMap(VendorTimestamp::instant), Comparator.naturalOrder());
        };
        return key.order(reverse);
    }

    /** Returns the heading of the column of a sort key; empty without a key. */
    public static String heading(@Nullable FirmwareSort key) {
        return key == null ? "" : key.name();
    }

    /** Returns the name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
