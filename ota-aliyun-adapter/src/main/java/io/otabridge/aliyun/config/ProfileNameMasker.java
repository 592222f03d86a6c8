package io.otabridge.aliyun.config;

import io.vavr.collection.List;
import java.util.regex.Pattern;

/** Shows names from credentials files in messages. A name that may be a misplaced key is hidden. */
final class ProfileNameMasker {

    /** Keys are longer than each part, and tokens are longer than all parts together. */
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}]{1,15}(?:[ ._-][\\p{L}\\p{N}]{1,15}){0,4}", Pattern.UNICODE_CHARACTER_CLASS);

    private static final int MAX_SHOWN = 10;

    private ProfileNameMasker() {}

    static String quote(String name) {
        return NAME.matcher(name).matches() ? "\"" + name + "\"" : "(name not shown)";
    }

    /** Lists the names in a file, for the end of a sentence. */
    static String existing(List<String> names) {
        if (names.isEmpty()) {
            return "none exists";
        }
        String more = names.size() > MAX_SHOWN ? " and " + (names.size() - MAX_SHOWN) + " more" : "";
        return "existing: "
                + names.take(MAX_SHOWN).map(ProfileNameMasker::quote).mkString(", ") + more;
    }
}
