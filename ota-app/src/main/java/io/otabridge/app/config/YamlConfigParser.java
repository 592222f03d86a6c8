package io.otabridge.app.config;

import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.ConfigNode;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Parses a YAML text into configuration nodes, directly from the parser's events: a value keeps its text as written,
 * and aliases are never resolved, so number formats and recursive files need no special care. YAML features that a
 * configuration does not allow become {@link ConfigNode.Other}, which the reader of the setting reports, because only
 * the reader knows whether the key may be shown. For one thread and a single use.
 */
public final class YamlConfigParser {

    private static final int MAX_DEPTH = 8;

    /** Replaces a key that is a list or a section. It is not a valid key, so it is reported. */
    private static final String INVALID_KEY = "";

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final Iterator<Event> events;
    private final EnvironmentPlaceholders references;

    private YamlConfigParser(Iterator<Event> events, EnvironmentPlaceholders references) {
        this.events = events;
        this.references = references;
    }

    /**
     * Parses a text.
     *
     * @return the root section, or an error if the text is not YAML, is empty, or is not one section
     */
    public static Either<ConfigError, ConfigNode.Section> read(String text, EnvironmentPlaceholders references) {
        try {
            Iterator<Event> events =
                    new Parse(LoadSettings.builder().build()).parseString(text).iterator();
            return new YamlConfigParser(events, references).document();
        } catch (YamlEngineException invalid) {
            return Either.left(YamlErrorMessages.error(invalid));
        }
    }

    private Either<ConfigError, ConfigNode.Section> document() {
        events.next();
        if (events.next() instanceof StreamEndEvent) {
            return whole(Option.none(), "is empty");
        }
        Event first = events.next();
        if (first instanceof ScalarEvent scalar && isNull(scalar)) {
            return whole(Option.none(), "is empty");
        }
        ConfigNode root = node(first, lineOf(first), 0);
        events.next();
        Event after = events.next();
        if (!(after instanceof StreamEndEvent)) {
            return whole(lineOf(after), "contains several documents (---), and only one is allowed");
        }
        if (root instanceof ConfigNode.Section section) {
            return Either.right(section);
        }
        return whole(root.line(), "must be a section of settings that begins with a key such as \"backends:\"");
    }

    private ConfigNode node(Event event, Option<Integer> line, int depth) {
        if (event instanceof AliasEvent) {
            return other("is an alias (*), which is not allowed here: write the value itself", line);
        }
        ConfigNode node = value(event, line, depth);
        if (event instanceof NodeEvent anchored && anchored.getAnchor().isPresent()) {
            return other("has an anchor (&), which is not allowed here: write only the value", line);
        }
        return node;
    }

    private ConfigNode value(Event event, Option<Integer> line, int depth) {
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, line);
        }
        if (event instanceof MappingStartEvent) {
            return section(line, boundedDepth(event, depth));
        }
        skipRest(event);
        return other("must not be a list", line);
    }

    private ConfigNode scalar(ScalarEvent scalar, Option<Integer> line) {
        if (scalar.getTag().isPresent()) {
            return other("has a tag (!), which is not allowed here: write only the value", line);
        }
        if (isNull(scalar)) {
            return other("has no value", line);
        }
        String written = scalar.getValue();
        return references
                .resolve(written)
                .fold(problem -> other(problem, line), resolved -> new ConfigNode.Text(written, resolved, line));
    }

    private ConfigNode.Section section(Option<Integer> line, int depth) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        for (Event event = events.next(); !(event instanceof CollectionEndEvent); event = events.next()) {
            Option<Integer> keyLine = lineOf(event);
            String name = event instanceof ScalarEvent key ? key.getValue() : INVALID_KEY;
            skipRest(event);
            ConfigNode node = node(events.next(), keyLine, depth + 1);
            ConfigNode first = entries.putIfAbsent(name, node);
            if (first != null) {
                entries.put(name, other("is defined twice" + alsoOn(first), keyLine));
            }
        }
        return new ConfigNode.Section(entries, line);
    }

    /** Skips the content of a collection; a single value has none. */
    private void skipRest(Event begun) {
        int open = begun instanceof CollectionStartEvent ? 1 : 0;
        while (open > 0) {
            Event event = events.next();
            open += event instanceof CollectionStartEvent ? 1 : 0;
            boundedDepth(event, open);
            open -= event instanceof CollectionEndEvent ? 1 : 0;
        }
    }

    /** Rejects deep nesting at once, because the parser slows down with every level. */
    private static int boundedDepth(Event event, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ParserException(YamlErrorMessages.TOO_DEEP, event.getStartMark());
        }
        return depth;
    }

    private static ConfigNode other(String problem, Option<Integer> line) {
        return new ConfigNode.Other(problem, line);
    }

    private static Either<ConfigError, ConfigNode.Section> whole(Option<Integer> line, String problem) {
        return Either.left(new ConfigError(ConfigFileReader.WHOLE_FILE, line, problem));
    }

    private static boolean isNull(ScalarEvent scalar) {
        return scalar.isPlain() && NULLS.contains(scalar.getValue());
    }

    private static String alsoOn(ConfigNode first) {
        return first.line().map(line -> ", also on line " + line).getOrElse("");
    }

    private static Option<Integer> lineOf(Event event) {
        return Option.ofOptional(event.getStartMark()).map(mark -> mark.getLine() + 1);
    }
}
