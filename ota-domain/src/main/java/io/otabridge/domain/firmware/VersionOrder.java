package io.otabridge.domain.firmware;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Orders of versions that a caller may ask for. */
public final class VersionOrder {

    private static final Pattern SEMANTIC_FORM = Pattern.compile(
            "[vV]?([0-9]{1,100}(?:\\.[0-9]{1,100})*)(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z.-]*)?");

    /**
     * The precedence of "Semantic Versioning 2.0.0": numbers by value, a pre-release before its release, build metadata
     * ignored. A leading {@code v} is ignored too, and any number of numbers is taken, where missing ones are 0. A version
     * of another form comes before all of this form, and such ones are ordered as texts.
     */
    public static final Comparator<FirmwareVersion> SEMANTIC = VersionOrder::compare;

    private VersionOrder() {}

    private static int compare(FirmwareVersion left, FirmwareVersion right) {
        Matcher a = SEMANTIC_FORM.matcher(left.value());
        Matcher b = SEMANTIC_FORM.matcher(right.value());
        boolean isSemantic = a.matches();
        boolean isOtherSemantic = b.matches();
        if (!isSemantic || !isOtherSemantic) {
            return isSemantic == isOtherSemantic
                    ? left.value().compareTo(right.value())
                    : Boolean.compare(isSemantic, isOtherSemantic);
        }
        int byNumbers = compareNumbers(a.group(1).split("\\.", -1), b.group(1).split("\\.", -1));
        return byNumbers != 0 ? byNumbers : comparePreReleases(a.group(2), b.group(2));
    }

    private static int compareNumbers(String[] left, String[] right) {
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int order = number(left, i).compareTo(number(right, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static BigInteger number(String[] numbers, int index) {
        return index < numbers.length ? new BigInteger(numbers[index]) : BigInteger.ZERO;
    }

    private static int comparePreReleases(@Nullable String left, @Nullable String right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        String[] a = left.split("\\.", -1);
        String[] b = right.split("\\.", -1);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int order = compareIdentifiers(a[i], b[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    }

    /** Numbers come before words. */
    private static int compareIdentifiers(String left, String right) {
        boolean isNumber = left.matches("[0-9]+");
        boolean isOtherNumber = right.matches("[0-9]+");
        if (isNumber && isOtherNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return isNumber == isOtherNumber ? left.compareTo(right) : Boolean.compare(isOtherNumber, isNumber);
    }
}
