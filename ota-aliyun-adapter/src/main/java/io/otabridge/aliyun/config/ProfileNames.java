package io.otabridge.aliyun.config;

import io.vavr.collection.List;
import java.util.regex.Pattern;

/** Names from credentials files in messages. A name that looks like a misplaced key is not shown. */
final class ProfileNames {

    /** Keys are longer than each part, and tokens are longer than the whole. */
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}]{1,15}(?:[ ._-][\\p{L}\\p{N}]{1,15}){0,4}", Pattern.UNICODE_CHARACTER_CLASS);

    private static final int SHOWN = 10;

    private ProfileNames() {}

    static String quote(String name) {
        return NAME.matcher(name).matches() ? "\"" + name + "\"" : "(name not shown)";
    }

    /** The names that exist in a file, as the end of a sentence. */
    static String existing(List<String> names) {
        if (names.isEmpty()) {
            return "none exists";
        }
        String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
        return "existing: " + names.take(SHOWN).map(ProfileNames::quote).mkString(", ") + more;
    }
}
