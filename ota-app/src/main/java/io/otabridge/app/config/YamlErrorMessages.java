package io.otabridge.app.config;

import io.otabridge.domain.spi.ConfigError;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Describes YAML errors for users. The parser's own message is not used: it refers to tokens and prints a piece of the
 * file, which may be a secret.
 */
final class YamlErrorMessages {

    /** The problem that {@link YamlConfigParser} itself reports. */
    static final String TOO_DEEP = "nested too deeply";

    private static final String NO_COLON = "could not find expected ':'";

    /** A part of the parser's problem, and its description for the author of a configuration. */
    private static final Map<String, String> DESCRIPTIONS = descriptions();

    private YamlErrorMessages() {}

    static ConfigError error(YamlEngineException invalid) {
        Option<Integer> line = Option.none();
        String problem = "";
        if (invalid instanceof MarkedYamlEngineException marked) {
            Option<Mark> mark = Option.ofOptional(marked.getProblemMark());
            Option<Mark> begin = Option.ofOptional(marked.getContextMark());
            problem = Option.of(marked.getProblem()).getOrElse("");
            line = (isDetectedLater(problem) ? begin.orElse(mark) : mark).map(m -> m.getLine() + 1);
        }
        return new ConfigError(ConfigFileReader.WHOLE_FILE, line, "is not valid YAML here: " + description(problem));
    }

    /**
     * Returns whether the parser detects the problem after its cause: an open quote or bracket at the end of the file,
     * a key without a colon on a later line. The message then has the line of the cause.
     */
    private static boolean isDetectedLater(String problem) {
        return problem.contains("end of stream") || problem.contains("<stream end>") || problem.contains(NO_COLON);
    }

    private static String description(String problem) {
        for (Map.Entry<String, String> known : DESCRIPTIONS.entrySet()) {
            if (problem.contains(known.getKey())) {
                return known.getValue();
            }
        }
        return "check indentation, colons and quotes";
    }

    private static Map<String, String> descriptions() {
        Map<String, String> known = new LinkedHashMap<>();
        known.put(TOO_DEEP, "it is nested too deeply for a configuration");
        known.put("(TAB)", "a tab is used where only spaces are allowed");
        known.put("cannot start any token", "a value begins with a character that must be in quotes");
        known.put("unexpected end of stream", "a quote is opened and not closed");
        known.put("but got {", "inside { }, a placeholder must be in quotes, as in \"${NAME}\"");
        known.put("<stream end>", "a bracket is opened and not closed");
        known.put("expected ',' or", "a comma or a closing bracket is missing");
        known.put("escape", "a backslash inside double quotes begins an unknown escape; use single quotes");
        known.put(
                "mapping values are not allowed",
                "there is a second \": \" in a value without quotes, or wrong indentation");
        known.put("sequence entries are not allowed", "a list begins where a value is expected");
        known.put(NO_COLON, "a key has no colon, or no space after the colon");
        known.put("found '<scalar>'", "there is text after a closing quote, or wrong indentation");
        known.put("<block mapping start>", "the indentation matches none of the lines above");
        known.put("expected <block end>", "the indentation or a bracket does not match the lines above");
        return known;
    }
}
