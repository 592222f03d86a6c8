package io.otabridge.domain.spi;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.backend.Secret;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads one section of a configuration and collects what is wrong with it, so that a user sees all faults at once. Every
 * method that reads a key notes a fault where the value breaks the rule and answers absence, and {@link #finish} turns
 * keys that nobody asked for into faults. A secret is never quoted, and neither are keys and values that may be a secret in the wrong
 * place; below a section {@code credentials} none are. For one thread, used once.
 */
public final class SettingsReader {

    private final String path;
    private final ConfigNode.Section section;
    private final java.util.List<ConfigError> faults;
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, SettingsReader> subsections = new LinkedHashMap<>();
    private final Set<String> unreadable = new LinkedHashSet<>();

    /** Whether all keys and values here may be parts of secrets. */
    private final boolean isConfidential;

    private SettingsReader(String path, ConfigNode.Section section, java.util.List<ConfigError> faults) {
        this.path = path;
        this.section = section;
        this.faults = faults;
        this.isConfidential = TextSanitizer.isConfidential(path);
    }

    /**
     * A reader of this section.
     *
     * @param path where the section stands, such as {@code backends.prod}; empty for the whole file
     */
    public static SettingsReader of(String path, ConfigNode.Section section) {
        return new SettingsReader(path, section, new ArrayList<>());
    }

    /**
     * A reader of values that come from a program and hold no references: nested maps, and texts, numbers and booleans.
     *
     * @throws IllegalArgumentException for a value of another kind
     */
    public static SettingsReader of(String path, Map<String, ?> values) {
        return of(path, ConfigNode.section(path, values));
    }

    /** The text at this key if it is there and obeys the rule. */
    public Option<String> text(String key, StringConstraint rule) {
        return read(key)
                .flatMap(text -> rule.check(text.resolved())
                        .peekLeft(invalid -> error(key, "must be " + invalid.rule() + shown(text)))
                        .toOption());
    }

    /** The text at this key; a fault is noted if it is not there or breaks the rule, and absence answered. */
    public Option<String> required(String key, StringConstraint rule) {
        if (missing(key)) {
            known.add(key);
            error(key, "is missing: it must be " + rule.words());
            return Option.none();
        }
        return text(key, rule);
    }

    /** One of the given words at this key; a fault is noted for any other. */
    public Option<String> choice(String key, String... words) {
        return read(key).flatMap(text -> {
            for (String word : words) {
                if (word.equals(text.resolved())) {
                    return Option.some(word);
                }
            }
            error(key, "must be one of " + String.join(", ", words) + shown(text));
            return Option.none();
        });
    }

    /** Yes or no at this key; no if it is not there. */
    public boolean flag(String key) {
        return choice(key, "true", "false").exists("true"::equals);
    }

    /**
     * The secret at this key, if it is there. One that no protocol could carry (see {@link Secret#RULE}) is a fault; its
     * value is never shown.
     */
    public Option<Secret> secret(String key) {
        return read(key)
                .flatMap(text -> Secret.RULE
                        .check(text.resolved())
                        .peekLeft(invalid -> error(key, "must be " + invalid.rule() + "; its value is not shown"))
                        .toOption()
                        .map(Secret::of));
    }

    /** The section at this key; an empty one if it is not there. Its faults are collected here too. */
    public SettingsReader section(String key) {
        return subsections.computeIfAbsent(key, this::openSection);
    }

    /** Whether this key is there at all, with whatever value. */
    public boolean has(String key) {
        return section.entries().containsKey(key);
    }

    /** Whether this section was not in the configuration or holds nothing. */
    public boolean isEmpty() {
        return section.entries().isEmpty();
    }

    /** Every key in this section, in the order of the file, without reading any. */
    public List<String> keys() {
        return List.ofAll(section.entries().keySet());
    }

    /**
     * Notes that the setting at this key is wrong. A value that cannot be read at all has one fault, which says that.
     *
     * @param problem the end of a sentence that begins with the key; it must not quote the value
     */
    public void error(String key, String problem) {
        ConfigNode node = section.entries().get(key);
        Option<Integer> line = Option.of(node).flatMap(ConfigNode::line).orElse(section.line());
        if (!(node instanceof ConfigNode.Other other)) {
            faults.add(new ConfigError(pathOf(key), line, problem));
        } else if (unreadable.add(key)) {
            faults.add(new ConfigError(pathOf(key), line, other.problem()));
        }
    }

    /** Whether a fault at this key was noted already. */
    public boolean hasError(String key) {
        return faults.stream().anyMatch(fault -> fault.key().equals(pathOf(key)));
    }

    /**
     * Ends the reading.
     *
     * @param make called only if there is no fault, so that everything required is known to be there
     * @return what was made, or all faults: those noted while reading and a fault for each key that nobody asked for
     */
    public <T> Either<List<ConfigError>, T> finish(Supplier<? extends T> make) {
        noteUnknownKeys();
        return faults.isEmpty() ? Either.right(make.get()) : Either.left(List.ofAll(faults));
    }

    private void noteUnknownKeys() {
        section.entries().forEach((key, node) -> {
            if (!known.contains(key)) {
                faults.add(ConfigError.unknownKey(path, node.line(), key, List.ofAll(known)));
            }
        });
        subsections.values().forEach(SettingsReader::noteUnknownKeys);
    }

    private boolean missing(String key) {
        return !section.entries().containsKey(key);
    }

    private Option<ConfigNode.Text> read(String key) {
        known.add(key);
        ConfigNode node = section.entries().get(key);
        if (node == null) {
            return Option.none();
        }
        if (node instanceof ConfigNode.Text text) {
            return Option.some(text);
        }
        error(key, "must be a single value, but is " + formOf(node));
        return Option.none();
    }

    private SettingsReader openSection(String key) {
        known.add(key);
        ConfigNode node = section.entries().get(key);
        if (node != null && !(node instanceof ConfigNode.Section)) {
            error(key, "must be a section of settings, but is " + formOf(node));
        }
        ConfigNode.Section inner = node instanceof ConfigNode.Section found
                ? found
                : new ConfigNode.Section(Map.of(), Option.<ConfigNode>of(node).flatMap(ConfigNode::line));
        return new SettingsReader(pathOf(key), inner, faults);
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String formOf(ConfigNode node) {
        return node instanceof ConfigNode.Section ? "a section" : "a single value";
    }

    private String shown(ConfigNode.Text text) {
        return text.quoted()
                .filter(quoted -> !isConfidential)
                .map(quoted -> ", but is " + quoted)
                .getOrElse("; its value is not shown, because it may be a secret");
    }
}
