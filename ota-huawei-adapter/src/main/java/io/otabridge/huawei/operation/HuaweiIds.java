package io.otabridge.huawei.operation;

import io.otabridge.domain.ProductId;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ids of IoTDA. */
public final class HuaweiIds {

    /** The forms of generated ids in IoTDA's documents: 24 digits, 32 digits, and a UUID with hyphens. */
    private static final Pattern GENERATED =
            Pattern.compile("[0-9a-fA-F]{24}|[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private HuaweiIds() {}

    /**
     * The one spelling of an id. IoTDA generates hexadecimal ids and compares them ignoring case, so they are in lower case
     * here. In an id of another form or length, which people may have chosen, upper and lower case may tell two products
     * apart.
     */
    public static String canonical(String id) {
        return GENERATED.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : id;
    }

    /** Whether two ids are those of one thing. */
    static boolean isSameId(String received, String requested) {
        return canonical(received).equals(canonical(requested));
    }

    /** Whether two ids are those of one product. */
    public static boolean isSame(ProductId received, ProductId requested) {
        return isSameId(received.value(), requested.value());
    }
}
