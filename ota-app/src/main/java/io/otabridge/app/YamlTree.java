package io.otabridge.app;

import io.otabridge.domain.backend.SettingFault;
import io.otabridge.domain.backend.SettingNode;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
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
 * Makes setting nodes of a YAML text, straight from the parser's events: a value keeps the text it was written with, and
 * no alias is ever followed, so that neither a number's spelling nor a recursive file is a question. What YAML allows
 * and a configuration does not is a fault at its key. For one thread, used once.
 */
final class YamlTree {

    private static final int MAX_DEPTH = 8;
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final Iterator<Event> events;
    private final References references;
    private final java.util.List<SettingFault> faults = new ArrayList<>();

    private YamlTree(Iterator<Event> events, References references) {
        this.events = events;
        this.references = references;
    }

    /** What a file says, and what is wrong in it. */
    record Tree(SettingNode.Section root, List<SettingFault> faults) {}

    /** The tree, or why there is none at all: the text is not YAML, is empty, or is not one section. */
    static Either<SettingFault, Tree> read(String text, References references) {
        try {
            Iterator<Event> events =
                    new Parse(LoadSettings.builder().build()).parseString(text).iterator();
            return new YamlTree(events, references).document();
        } catch (YamlEngineException refused) {
            return Either.left(YamlSyntax.fault(refused));
        }
    }

    private Either<SettingFault, Tree> document() {
        events.next();
        if (events.next() instanceof StreamEndEvent) {
            return whole(Option.none(), "is empty");
        }
        Event first = events.next();
        if (first instanceof ScalarEvent scalar && isNull(scalar)) {
            return whole(Option.none(), "is empty");
        }
        SettingNode root = node(first, "", lineOf(first), 0);
        events.next();
        Event after = events.next();
        if (!(after instanceof StreamEndEvent)) {
            return whole(lineOf(after), "holds several documents (---), and only one is allowed");
        }
        if (root instanceof SettingNode.Section section) {
            return Either.right(new Tree(section, List.ofAll(faults)));
        }
        return whole(root.line(), "must be a section of settings that begins with a key such as \"backends:\"");
    }

    private SettingNode node(Event event, String path, Option<Integer> line, int depth) {
        if (event instanceof AliasEvent) {
            fault(path, line, "is an alias (*), and those are not allowed here: write the value itself");
            return new SettingNode.Other("an alias", line);
        }
        if (event instanceof NodeEvent anchored && anchored.getAnchor().isPresent()) {
            fault(path, line, "has an anchor (&), and those are not allowed here: write the value alone");
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, path, line);
        }
        if (event instanceof MappingStartEvent) {
            return section(path, line, boundedDepth(event, depth));
        }
        skipRest(event);
        return new SettingNode.Other("a list", line);
    }

    private SettingNode scalar(ScalarEvent scalar, String path, Option<Integer> line) {
        if (scalar.getTag().isPresent()) {
            fault(path, line, "has a tag (!), and those are not allowed here: write the value alone");
        }
        if (isNull(scalar)) {
            fault(path, line, "has no value");
            return new SettingNode.Other("nothing", line);
        }
        String written = scalar.getValue();
        Either<String, String> resolved = references.resolve(written);
        resolved.peekLeft(problem -> fault(path, line, problem));
        return new SettingNode.Text(written, resolved.getOrElse(written), line);
    }

    private SettingNode.Section section(String path, Option<Integer> line, int depth) {
        Map<String, SettingNode> entries = new LinkedHashMap<>();
        for (Event event = events.next(); !(event instanceof CollectionEndEvent); event = events.next()) {
            Option<Integer> keyLine = lineOf(event);
            if (!(event instanceof ScalarEvent key) || key.getValue().isBlank()) {
                fault(path.isEmpty() ? ConfigFile.WHOLE : path, keyLine, "has a key that is not a word");
                skipRest(event);
                skipRest(events.next());
                continue;
            }
            String name = key.getValue();
            String keyPath = path.isEmpty() ? name : path + "." + name;
            if (entries.containsKey(name)) {
                fault(keyPath, keyLine, "is there twice" + alsoOn(entries.get(name)));
                skipRest(events.next());
            } else {
                entries.put(name, node(events.next(), keyPath, keyLine, depth + 1));
            }
        }
        return new SettingNode.Section(entries, line);
    }

    /** Passes over everything inside what this event begins; a single value has nothing inside. */
    private void skipRest(Event begun) {
        int open = begun instanceof CollectionStartEvent ? 1 : 0;
        while (open > 0) {
            Event event = events.next();
            open += event instanceof CollectionStartEvent ? 1 : 0;
            boundedDepth(event, open);
            open -= event instanceof CollectionEndEvent ? 1 : 0;
        }
    }

    /** Gives up on deep nesting at once: the parser slows down with every level. */
    private static int boundedDepth(Event event, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ParserException(YamlSyntax.TOO_DEEP, event.getStartMark());
        }
        return depth;
    }

    private void fault(String path, Option<Integer> line, String problem) {
        faults.add(new SettingFault(path.isEmpty() ? ConfigFile.WHOLE : path, line, problem));
    }

    private static Either<SettingFault, Tree> whole(Option<Integer> line, String problem) {
        return Either.left(new SettingFault(ConfigFile.WHOLE, line, problem));
    }

    private static boolean isNull(ScalarEvent scalar) {
        return scalar.isPlain() && NULLS.contains(scalar.getValue());
    }

    private static String alsoOn(SettingNode first) {
        return first.line().map(line -> ", first on line " + line).getOrElse("");
    }

    private static Option<Integer> lineOf(Event event) {
        return Option.ofOptional(event.getStartMark()).map(mark -> mark.getLine() + 1);
    }
}
