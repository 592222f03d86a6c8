package io.otabridge.huawei.operation;

import io.otabridge.domain.ProductId;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ids of IoTDA. */
public final class HuaweiIdCanonicalizer {

    /** Generated ids in IoTDA's documents have 24 or 32 digits, or are UUIDs with hyphens. */
    private static final Pattern GENERATED =
            Pattern.compile("[0-9a-fA-F]{24}|[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private HuaweiIdCanonicalizer() {}

    /**
     * Returns the canonical form of an id. IoTDA generates hexadecimal ids and ignores their case, so these become
     * lower case. Other ids may be chosen by people and can differ in case alone, so they stay as they are.
     */
    public static String canonical(String id) {
        return GENERATED.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : id;
    }

    /** Whether two ids are equal on IoTDA. */
    public static boolean isSameId(String received, String requested) {
        return canonical(received).equals(canonical(requested));
    }

    /** Whether two product ids are equal on IoTDA. */
    public static boolean isSame(ProductId received, ProductId requested) {
        return isSameId(received.value(), requested.value());
    }
}
