package io.otabridge.cli.option;

import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.module.OtaModule;
import io.vavr.control.Option;
import java.util.Comparator;
import java.util.Locale;

/** The values of {@code --sort} for modules. */
public enum ModuleSort implements SortKey<OtaModule> {
    NAME,
    ALIAS,
    CREATED,
    MODIFIED;

    @Override
    public Comparator<OtaModule> order(boolean reverse) {
        SortKey<OtaModule> key = switch (this) {
            case NAME -> SortKey.of(module -> Option.some(module.name().value()), Comparator.naturalOrder());
            case ALIAS -> SortKey.of(OtaModule::alias, Comparator.naturalOrder());
            case CREATED ->
                SortKey.of(module -> module.created().flatMap(VendorTimestamp::instant), Comparator.naturalOrder());
            case MODIFIED ->
                SortKey.of(module -> module.modified().flatMap(VendorTimestamp::instant), Comparator.naturalOrder());
        };
        return key.order(reverse);
    }

    /** Returns the name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
