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
 * Reads one section of a configuration and collects all errors, so that a user sees them at once. A method that reads a
 * key reports an error if the value violates its constraint, and returns absence. {@link #finish} reports keys that
 * were not read as errors.
 *
 * <p>Messages never quote a secret, or a key or value that may be a misplaced secret; within a section {@code
 * credentials} they quote nothing. For one thread and a single use.
 */
public final class SettingsReader {

    private final String path;
    private final ConfigNode.Section section;
    private final java.util.List<ConfigError> errors;
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, SettingsReader> subsections = new LinkedHashMap<>();
    private final Set<String> unreadable = new LinkedHashSet<>();

    /** Whether all keys and values in this section may be parts of secrets. */
    private final boolean isConfidential;

    private SettingsReader(String path, ConfigNode.Section section, java.util.List<ConfigError> errors) {
        this.path = path;
        this.section = section;
        this.errors = errors;
        this.isConfidential = ConfigTextMasker.isConfidential(path);
    }

    /**
     * Creates a reader of a section.
     *
     * @param path the path of the section, such as {@code backends.prod}; empty for the root
     */
    public static SettingsReader of(String path, ConfigNode.Section section) {
        return new SettingsReader(path, section, new ArrayList<>());
    }

    /**
     * Creates a reader of values from code, without placeholders: nested maps, texts, secrets, numbers and booleans.
     *
     * @throws IllegalArgumentException for a value of another type
     */
    public static SettingsReader of(String path, Map<String, ?> values) {
        return of(path, ConfigNode.section(path, values));
    }

    /**
     * Returns the text at this key; absent if the key is missing or the value violates the constraint, which is
     * reported as an error.
     */
    public Option<String> text(String key, StringConstraint rule) {
        return read(key)
                .flatMap(text -> rule.check(text.resolved())
                        .peekLeft(invalid -> error(key, "must be " + invalid.requirement() + shown(text)))
                        .toOption());
    }

    /**
     * Returns the text at this key. A missing key or a value that violates the constraint is reported as an error, and
     * the result is absent.
     */
    public Option<String> required(String key, StringConstraint rule) {
        if (missing(key)) {
            known.add(key);
            error(key, "is missing: it must be " + rule.description());
            return Option.none();
        }
        return text(key, rule);
    }

    /**
     * Returns the value at this key if it is one of the choices; any other value is reported as an error. Absent if the
     * key is missing.
     */
    public Option<String> choice(String key, String... choices) {
        return read(key).flatMap(text -> {
            for (String choice : choices) {
                if (choice.equals(text.resolved())) {
                    return Option.some(choice);
                }
            }
            error(key, "must be one of " + String.join(", ", choices) + shown(text));
            return Option.none();
        });
    }

    /** Returns the boolean at this key; false if the key is missing. */
    public boolean flag(String key) {
        return choice(key, "true", "false").exists("true"::equals);
    }

    /**
     * Returns the secret at this key; absent if the key is missing. A value that violates {@link Secret#CONSTRAINT} is
     * reported as an error; the value is never shown.
     */
    public Option<Secret> secret(String key) {
        return read(key)
                .flatMap(text -> Secret.CONSTRAINT
                        .check(text.resolved())
                        .peekLeft(
                                invalid -> error(key, "must be " + invalid.requirement() + "; its value is not shown"))
                        .toOption()
                        .map(Secret::of));
    }

    /**
     * Returns a reader of the section at this key; empty if the key is missing. Its errors are collected by this
     * reader.
     */
    public SettingsReader section(String key) {
        return subsections.computeIfAbsent(key, this::openSection);
    }

    /** Returns whether this key exists, with any value. */
    public boolean has(String key) {
        return section.entries().containsKey(key);
    }

    /** Returns whether this section is missing or empty. */
    public boolean isEmpty() {
        return section.entries().isEmpty();
    }

    /** Returns all keys of this section, in the order of the file, without reading them. */
    public List<String> keys() {
        return List.ofAll(section.entries().keySet());
    }

    /**
     * Reports an error at this key. A value that cannot be read at all has only one error, which says so.
     *
     * @param problem a phrase that follows the key in a sentence; it must not quote the value
     */
    public void error(String key, String problem) {
        ConfigNode node = section.entries().get(key);
        Option<Integer> line = Option.of(node).flatMap(ConfigNode::line).orElse(section.line());
        if (!(node instanceof ConfigNode.Other other)) {
            errors.add(new ConfigError(pathOf(key), line, problem));
        } else if (unreadable.add(key)) {
            errors.add(new ConfigError(pathOf(key), line, other.problem()));
        }
    }

    /** Returns whether an error at this key was reported. */
    public boolean hasError(String key) {
        return errors.stream().anyMatch(error -> error.key().equals(pathOf(key)));
    }

    /**
     * Finishes reading.
     *
     * @param make called only if there is no error, so all required values exist
     * @return the created value, or all errors: those reported while reading, and one for each key that was not read
     */
    public <T> Either<List<ConfigError>, T> finish(Supplier<? extends T> make) {
        reportUnknownKeys();
        return errors.isEmpty() ? Either.right(make.get()) : Either.left(List.ofAll(errors));
    }

    private void reportUnknownKeys() {
        section.entries().forEach((key, node) -> {
            if (!known.contains(key)) {
                errors.add(ConfigError.unknownKey(path, node.line(), key, List.ofAll(known)));
            }
        });
        subsections.values().forEach(SettingsReader::reportUnknownKeys);
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
        return new SettingsReader(pathOf(key), inner, errors);
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
