package io.otabridge.app.config;

import io.otabridge.domain.backend.BackendContext;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces references to environment variables, such as <code>${HW_SK}</code>, by their values. */
public final class EnvironmentPlaceholders {

    private static final Pattern REFERENCE =
            Pattern.compile("(?<literal>\\$\\$\\{)|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)}|\\$\\{");

    /** A name that is no secret in the wrong place: short words in capitals. */
    private static final Pattern USUAL_NAME = Pattern.compile("[A-Z][A-Z0-9]{0,15}(_[A-Z0-9]{1,16})*+");

    private final BackendContext context;

    public EnvironmentPlaceholders(BackendContext context) {
        this.context = context;
    }

    /**
     * The text with every reference replaced. Otherwise what is wrong, as the end of a sentence that begins with the key; it
     * names the variable only where the text is nothing but a reference, because a password may contain <code>${</code>.
     */
    Either<String, String> resolve(String written) {
        boolean isComplete = true;
        StringBuilder resolved = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(written);
        while (matcher.find()) {
            Option<String> name = Option.of(matcher.group("name"));
            if (matcher.group("literal") == null && name.isEmpty()) {
                return Either.left("has a \"${\" that begins no reference of the form ${NAME};"
                        + " write \"$${\" where \"${\" itself is meant");
            }
            Option<String> value = name.map(context::environment).getOrElse(Option.some("${"));
            isComplete &= value.isDefined();
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value.getOrElse("")));
        }
        matcher.appendTail(resolved);
        return isComplete ? Either.right(resolved.toString()) : Either.left(unset(written));
    }

    private static String unset(String written) {
        Matcher reference = REFERENCE.matcher(written);
        boolean isNamed = reference.matches()
                && USUAL_NAME.matcher(reference.group("name")).matches();
        return isNamed
                ? "refers to " + written + ", which is not set in the environment"
                : "refers to an environment variable that is not set";
    }
}
