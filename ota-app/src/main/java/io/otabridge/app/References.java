package io.otabridge.app;

import io.otabridge.domain.backend.BackendContext;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces references to environment variables, such as <code>${HW_SK}</code>, by their values. */
final class References {

    private static final Pattern REFERENCE =
            Pattern.compile("(?<literal>\\$\\$\\{)|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)}|\\$\\{");

    private final BackendContext context;

    References(BackendContext context) {
        this.context = context;
    }

    /** The text with every reference replaced, or what is wrong, as the end of a sentence that begins with the key. */
    Either<String, String> resolve(String written) {
        Set<String> unset = new LinkedHashSet<>();
        StringBuilder resolved = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(written);
        while (matcher.find()) {
            Option<String> name = Option.of(matcher.group("name"));
            if (matcher.group("literal") == null && name.isEmpty()) {
                return Either.left("has a \"${\" that begins no reference of the form ${NAME};"
                        + " write \"$${\" where \"${\" itself is meant");
            }
            Option<String> value = name.map(context::environment).getOrElse(Option.some("${"));
            name.filter(ignored -> value.isEmpty()).forEach(unset::add);
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value.getOrElse("")));
        }
        matcher.appendTail(resolved);
        return unset.isEmpty()
                ? Either.right(resolved.toString())
                : Either.left("refers to ${" + String.join("}, ${", unset) + "}, which is not set in the environment");
    }
}
