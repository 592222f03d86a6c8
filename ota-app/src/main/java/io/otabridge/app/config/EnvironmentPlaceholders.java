package io.otabridge.app.config;

import io.otabridge.domain.backend.BackendContext;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces placeholders of environment variables, such as <code>${HW_SK}</code>, by their values. */
public final class EnvironmentPlaceholders {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?<literal>\\$\\$\\{)|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)}|\\$\\{");

    /** Names that can be shown: short words in capitals. Others may be a misplaced secret. */
    private static final Pattern USUAL_NAME = Pattern.compile("[A-Z][A-Z0-9]{0,15}(_[A-Z0-9]{1,16})*+");

    private final BackendContext context;

    /** Creates placeholders for the environment of this context. */
    public EnvironmentPlaceholders(BackendContext context) {
        this.context = context;
    }

    /**
     * Replaces all placeholders.
     *
     * @return the text, or the problem, a phrase that follows the key in a sentence. The problem names the variable
     *     only if the text consists of a single placeholder, because a password may contain <code>${</code>
     */
    Either<String, String> resolve(String written) {
        boolean isComplete = true;
        boolean isBlank = false;
        StringBuilder resolved = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(written);
        while (matcher.find()) {
            Option<String> name = Option.of(matcher.group("name"));
            if (matcher.group("literal") == null && name.isEmpty()) {
                return Either.left("has a \"${\" that does not begin a placeholder ${NAME};"
                        + " write \"$${\" for a literal \"${\"");
            }
            Option<String> value = name.map(context::environment).getOrElse(Option.some("${"));
            isComplete &= value.isDefined();
            isBlank |= name.exists(context::isBlankInEnvironment);
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value.getOrElse("")));
        }
        matcher.appendTail(resolved);
        return isComplete
                ? Either.right(resolved.toString())
                : Either.left(missing(written, isBlank ? "empty" : "not set"));
    }

    private static String missing(String written, String state) {
        Matcher reference = PLACEHOLDER.matcher(written);
        boolean isNamed = reference.matches()
                && USUAL_NAME.matcher(reference.group("name")).matches();
        return isNamed
                ? "refers to " + written + ", which is " + state + " in the environment"
                : "refers to an environment variable that is " + state;
    }
}
