package io.otabridge.app.config;

import io.otabridge.domain.spi.ConfigError;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Says in plain words what is wrong with a text that is not YAML. The parser's own message is not passed on: it speaks of
 * tokens and prints a piece of the file, which may be a secret.
 */
final class YamlErrorMessages {

    /** The problem that {@link YamlConfigParser} itself finds. */
    static final String TOO_DEEP = "nested too deeply";

    private static final String NO_COLON = "could not find expected ':'";

    /** What the parser's problem contains, and what that means to somebody who writes a configuration. */
    private static final Map<String, String> MEANINGS = meanings();

    private YamlErrorMessages() {}

    static ConfigError fault(YamlEngineException refused) {
        Option<Integer> line = Option.none();
        String problem = "";
        if (refused instanceof MarkedYamlEngineException marked) {
            Option<Mark> mark = Option.ofOptional(marked.getProblemMark());
            Option<Mark> begin = Option.ofOptional(marked.getContextMark());
            problem = Option.of(marked.getProblem()).getOrElse("");
            line = (isFoundLater(problem) ? begin.orElse(mark) : mark).map(m -> m.getLine() + 1);
        }
        return new ConfigError(ConfigFileReader.WHOLE, line, "is not valid YAML here: " + meaning(problem));
    }

    /** An open quote or bracket is found at the end of the file, and a key without a colon on a later line. The beginning helps. */
    private static boolean isFoundLater(String problem) {
        return problem.contains("end of stream") || problem.contains("<stream end>") || problem.contains(NO_COLON);
    }

    private static String meaning(String problem) {
        for (Map.Entry<String, String> known : MEANINGS.entrySet()) {
            if (problem.contains(known.getKey())) {
                return known.getValue();
            }
        }
        return "check indentation, colons and quotes";
    }

    private static Map<String, String> meanings() {
        Map<String, String> known = new LinkedHashMap<>();
        known.put(TOO_DEEP, "it is nested too deeply for a configuration");
        known.put("(TAB)", "a tab is used where only spaces may be");
        known.put("cannot start any token", "a value begins with a character that must be in quotes");
        known.put("unexpected end of stream", "a quote is opened and not closed");
        known.put("but got {", "inside { }, a reference must be in quotes, as in \"${NAME}\"");
        known.put("<stream end>", "a bracket is opened and not closed");
        known.put("expected ',' or", "a comma or a closing bracket is missing");
        known.put("escape", "a backslash inside double quotes begins an unknown escape; use single quotes");
        known.put(
                "mapping values are not allowed",
                "there is a second \": \" in a value without quotes, or a wrong indent");
        known.put("sequence entries are not allowed", "a list begins where a value belongs");
        known.put(NO_COLON, "a key has no colon, or no blank after the colon");
        known.put("found '<scalar>'", "there is text after a closing quote, or a wrong indent");
        known.put("<block mapping start>", "the indent fits none of the lines above");
        known.put("expected <block end>", "the indent or a bracket does not fit the lines above");
        return known;
    }
}
