package io.otabridge.domain.firmware;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as parsed by {@link VersionComparator#SEMANTIC}.
 *
 * @param form two versions are comparable if their forms are equal: empty for a semantic version, otherwise the text
 *     with 0 instead of each number
 * @param numbers the core of a semantic version, or all numbers of another text
 * @param preRelease the pre-release identifiers of a semantic version; absent for a release and for other forms
 */
record SemanticVersion(String form, List<BigInteger> numbers, Option<List<String>> preRelease) {

    private static final String SEMANTIC = "";

    /** Possessive quantifiers, because others use stack for each repetition. */
    private static final Pattern SEMANTIC_FORM = Pattern.compile(
            "[vV]?+([0-9]++(?:\\.[0-9]++)++)(?:-([0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+))?+(?:\\+[0-9A-Za-z.-]++)?+");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern NUMBER_OR_TEXT = Pattern.compile("[0-9]+|[^0-9]+");

    private static final Comparator<SemanticVersion> PRECEDENCE = Comparator.comparing(
                    SemanticVersion::numbers, SemanticVersion::compareNumbers)
            .thenComparing(SemanticVersion::preRelease, SemanticVersion::comparePreReleases);

    /** A total order: by form, semantic versions last, then by precedence. */
    static final Comparator<SemanticVersion> FOR_LISTS = Comparator.comparing(SemanticVersion::isSemantic)
            .thenComparing(SemanticVersion::form)
            .thenComparing(PRECEDENCE);

    static SemanticVersion of(FirmwareVersion version) {
        Matcher semantic = SEMANTIC_FORM.matcher(version.value());
        return semantic.matches()
                ? new SemanticVersion(
                        SEMANTIC,
                        numbersIn(semantic.group(1)),
                        Option.of(semantic.group(2)).map(text -> List.of(text.split("\\.", -1))))
                : new SemanticVersion(
                        NUMBER.matcher(version.value()).replaceAll("0"), numbersIn(version.value()), Option.none());
    }

    static Option<Integer> compare(FirmwareVersion first, FirmwareVersion second) {
        SemanticVersion one = of(first);
        SemanticVersion other = of(second);
        return Option.when(one.form.equals(other.form), () -> PRECEDENCE.compare(one, other));
    }

    private boolean isSemantic() {
        return form.equals(SEMANTIC);
    }

    private static List<BigInteger> numbersIn(String text) {
        return List.ofAll(NUMBER.matcher(text).results().map(number -> new BigInteger(number.group())));
    }

    private static int compareNumbers(List<BigInteger> first, List<BigInteger> second) {
        int size = Math.max(first.size(), second.size());
        return first.padTo(size, BigInteger.ZERO)
                .zipWith(second.padTo(size, BigInteger.ZERO), BigInteger::compareTo)
                .find(order -> order != 0)
                .getOrElse(0);
    }

    private static int comparePreReleases(Option<List<String>> first, Option<List<String>> second) {
        return first.isDefined() && second.isDefined()
                ? compareEach(first.get(), second.get(), SemanticVersion::compareIdentifiers)
                : Boolean.compare(first.isEmpty(), second.isEmpty());
    }

    private static int compareIdentifiers(String first, String second) {
        return compareEach(parts(first), parts(second), SemanticVersion::compareParts);
    }

    private static List<String> parts(String identifier) {
        return List.ofAll(NUMBER_OR_TEXT.matcher(identifier).results().map(part -> part.group()));
    }

    /** Numbers come before text. */
    private static int compareParts(String first, String second) {
        boolean isNumber = NUMBER.matcher(first).matches();
        boolean isOtherNumber = NUMBER.matcher(second).matches();
        if (isNumber && isOtherNumber) {
            return new BigInteger(first).compareTo(new BigInteger(second));
        }
        return isNumber == isOtherNumber ? first.compareTo(second) : Boolean.compare(isOtherNumber, isNumber);
    }

    /** Compares element by element. Without a difference, the shorter list comes first. */
    private static <T> int compareEach(List<T> first, List<T> second, Comparator<T> each) {
        return first.zipWith(second, each::compare)
                .find(order -> order != 0)
                .getOrElse(() -> Integer.compare(first.size(), second.size()));
    }
}
