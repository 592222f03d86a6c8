package io.otabridge.huawei.operation;

import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * A position in the packages of an account. IoTDA lists one package type at a time, so the types are listed one after
 * the other. A page token consists of a type and a position in its list.
 *
 * @param type the {@code package_type} to list
 * @param position the position in the list of this type
 */
public record PackagePageCursor(String type, MarkerCursor position) {

    private static final List<String> TYPES = List.of("firmwarePackage", "softwarePackage", "modulePackage");

    /** The first position for this filter. */
    public static PackagePageCursor first(FirmwareFilter filter) {
        return new PackagePageCursor(types(filter).head(), MarkerCursor.FIRST);
    }

    /** Returns the position of a token; absent if the token belongs to another list. */
    public static Option<PackagePageCursor> of(FirmwareFilter filter, PageToken from) {
        if (from.equals(PageToken.FIRST)) {
            return Option.some(first(filter));
        }
        int colon = from.value().indexOf(':');
        return MarkerCursor.parse(from.value().substring(colon + 1))
                .filter(position -> colon > 0)
                .map(position -> new PackagePageCursor(from.value().substring(0, colon), position))
                .filter(cursor -> types(filter).contains(cursor.type()));
    }

    /** The tokens of the first pages of all types for this filter. */
    public static List<PageToken> firstTokens(FirmwareFilter filter) {
        return types(filter).map(type -> new PackagePageCursor(type, MarkerCursor.FIRST).toToken());
    }

    /** Whether this is the first page of its type. */
    public boolean isFirstPage() {
        return position.equals(MarkerCursor.FIRST);
    }

    /** The token of another position in the list of this type. */
    public PageToken tokenAt(PageToken position) {
        return new PageToken(type + ":" + position);
    }

    /** The first page of the next type; absent after the last type. */
    public Option<PackagePageCursor> nextType(FirmwareFilter filter) {
        return types(filter)
                .dropUntil(type::equals)
                .drop(1)
                .headOption()
                .map(next -> new PackagePageCursor(next, MarkerCursor.FIRST));
    }

    public PageToken toToken() {
        return new PageToken(type + ":" + position);
    }

    private static List<String> types(FirmwareFilter filter) {
        return filter.target().map(PackagePageCursor::type).map(List::of).getOrElse(TYPES);
    }

    /** The {@code package_type} of the packages for a target. */
    static String type(FirmwareTarget target) {
        return TYPES.get(
                target instanceof FirmwareTarget.WholeDevice ? 0 : target instanceof FirmwareTarget.Software ? 1 : 2);
    }
}
