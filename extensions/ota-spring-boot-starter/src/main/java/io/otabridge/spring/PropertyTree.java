package io.otabridge.spring;

import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.ConfigNode;
import io.vavr.control.Option;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The properties below {@code ota} as a tree with the keys of a configuration file. Binding is relaxed: {@code accessKey}
 * and the environment variables {@code …_CREDENTIALS_ACCESSKEY} and {@code …_CREDENTIALS_ACCESS_KEY} are all {@code
 * credentials.access-key}. Unlike Spring Boot's binder, it keeps unknown keys, so that they are reported, and never shows
 * a value.
 */
final class PropertyTree {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("ota");
    private static final String BACKENDS = "backends";

    /** The properties of this starter, which a configuration file does not have, with their types. */
    private static final Map<String, Class<?>> OF_STARTER = ofStarter();

    /** All keys directly below the root. */
    private static final List<String> ROOT_KEYS = List.of(
            BACKENDS,
            "default",
            "products",
            "audit-log",
            "config",
            "enabled",
            "health",
            "shared-http-client",
            "problem-details",
            "in-memory");

    /** An error in the name of a backend or product, which does not show it. */
    private static final String UNNAMED = "contains a name that is not allowed";

    private static final List<String> HEALTH_KEYS = List.of("ttl", "timeout");

    private static Map<String, Class<?>> ofStarter() {
        Map<String, Class<?>> types = new LinkedHashMap<>();
        types.put("enabled", Boolean.class);
        types.put("shared-http-client", Boolean.class);
        types.put("problem-details", Boolean.class);
        types.put("health.ttl", Duration.class);
        types.put("health.timeout", Duration.class);
        return types;
    }

    /** Switches. YAML reads {@code on} and {@code off} as booleans. */
    private static final Set<String> SWITCHES = Set.of("pacing", "circuit-breaker");

    /** Settings of a backend that are texts. */
    private static final Set<String> TEXTS = new HashSet<>();

    private static final Map<String, String> KEYS = keys("", OtaSettings.BackendSettings.class, new LinkedHashMap<>());

    /** Placeholders whose names can be shown. Others may be a misplaced secret. */
    private static final Pattern USUAL_PLACEHOLDER =
            Pattern.compile("\\$\\{([A-Z][A-Z0-9]{0,15}(_[A-Z0-9]{1,16})*|[a-z]{1,16}([.-][a-z]{1,16}){0,6})}");

    private final Environment environment;

    /** The properties of the tree. The line of a node is the number of its property, from 1. */
    private final List<Entry> entries;

    PropertyTree(Environment environment) {
        this.environment = environment;
        this.entries = entries();
    }

    /** A property, with its path in a configuration file. */
    private record Entry(List<String> path, ConfigurationProperty property, boolean isVariable) {

        boolean isOfBackend() {
            return path.size() > 1 && path.get(0).equals(BACKENDS);
        }

        Entry withBackend(String name) {
            List<String> changed = new ArrayList<>(path);
            changed.set(1, name);
            return new Entry(changed, property, isVariable);
        }
    }

    /** Returns the settings by key: a map for a section, a node for a value. Sections are modifiable. */
    Map<String, Object> read() {
        Map<String, String> names = new LinkedHashMap<>();
        entries.stream()
                .filter(entry -> entry.isOfBackend() && !entry.isVariable())
                .forEach(entry -> names.putIfAbsent(
                        uniform(entry.path().get(1)), entry.path().get(1)));
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            put(tree, entry.isVariable() && entry.isOfBackend() ? named(entry, names) : entry, i + 1);
        }
        if (tree.get(BACKENDS) instanceof Map<?, ?> backends) {
            // Environment variables with another purpose, such as OTA_BACKENDS_PORT, which Kubernetes sets for a
            // service.
            backends.entrySet()
                    .removeIf(backend -> !names.containsValue(String.valueOf(backend.getKey()))
                            && !(backend.getValue() instanceof Map<?, ?> settings && settings.containsKey("vendor")));
        }
        Map<String, Object> sections = new LinkedHashMap<>();
        tree.forEach((key, node) -> sections.put(key, node instanceof Map<?, ?> map ? section(map) : node));
        return sections;
    }

    /** Returns a section whose line is that of its first property. */
    private static ConfigNode.Section section(Map<?, ?> values) {
        Map<String, ConfigNode> nodes = new LinkedHashMap<>();
        values.forEach((key, value) ->
                nodes.put(String.valueOf(key), value instanceof Map<?, ?> map ? section(map) : (ConfigNode) value));
        return new ConfigNode.Section(
                nodes, nodes.values().stream().findFirst().map(ConfigNode::line).orElse(Option.none()));
    }

    /** Returns the errors of the properties that a configuration file does not have, and of unknown ones. */
    List<String> ownErrors() {
        List<String> errors = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names
                    && !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
                names.stream()
                        .filter(ROOT::isAncestorOf)
                        .forEach(name -> unknown(elements(name), source.getConfigurationProperty(name))
                                .forEach(errors::add));
            }
        }
        OF_STARTER.forEach((key, type) -> {
            try {
                Binder.get(environment).bind(ROOT + "." + key, type);
            } catch (BindException invalid) {
                String expected = type == Duration.class ? "a duration such as 30s" : "true or false";
                errors.add(ROOT + "." + key + " must be " + expected + shown(property(key)));
            }
        });
        return errors;
    }

    /** Returns the error of a property that neither the starter nor a configuration file has. */
    private static Option<String> unknown(List<String> written, @Nullable ConfigurationProperty property) {
        String root = uniform(written.get(0));
        boolean isHealth = root.equals("health");
        if (ROOT_KEYS.stream().noneMatch(key -> uniform(key).equals(root))) {
            return Option.some(unknown(written, 0, ROOT_KEYS, property));
        }
        boolean isValid = !isHealth || (written.size() == 2 && HEALTH_KEYS.contains(uniform(written.get(1))));
        return isValid || written.size() == 1 ? Option.none() : Option.some(unknown(written, 1, HEALTH_KEYS, property));
    }

    private static String unknown(
            List<String> written, int at, List<String> known, @Nullable ConfigurationProperty property) {
        io.vavr.collection.List<String> names = io.vavr.collection.List.ofAll(known);
        boolean isNamed = property == null || isNamed(property);
        String key = isNamed ? "." + String.join(".", written) : "";
        return ROOT + key
                + (isNamed
                        ? " is not a known setting" + ConfigError.suggestion(written.get(at), names)
                        : " has an unknown setting (not shown, because it may be part of a secret)")
                + "; known here: " + String.join(", ", known)
                + (isNamed ? shown(Option.of(property)) : shownWithoutName(Option.of(property)));
    }

    /**
     * Returns whether the name of a property can be shown. A part of a value after a comma, or an entry without a space
     * after its colon, becomes the name of a property without a value.
     */
    private static boolean isNamed(ConfigurationProperty property) {
        return !String.valueOf(property.getValue()).isEmpty();
    }

    /** Returns an error of the configuration, with the property and its origin. */
    String described(ConfigError error) {
        Option<Entry> entry = error.line()
                .filter(line -> line <= entries.size())
                .map(line -> entries.get(line - 1))
                .filter(found -> String.join(".", found.path()).startsWith(error.key()));
        Option<ConfigurationProperty> property = entry.map(Entry::property).orElse(() -> property(error.key()));
        if (error.problem().startsWith(UNNAMED) && entry.exists(found -> isNamed(found.property()))) {
            List<String> path = entry.get().path();
            return ROOT + "." + path.get(0) + "." + path.get(1) + " has"
                    + error.problem().substring(8) + shown(property);
        }
        boolean isHidden = error.problem().startsWith("has an unknown setting");
        String key = error.key().equals("the configuration") ? ROOT.toString() : ROOT + "." + error.key();
        if (isHidden && entry.exists(found -> isNamed(found.property()))) {
            String known = error.problem().substring(error.problem().indexOf("; known here"));
            return ROOT + "." + String.join(".", entry.get().path()) + " is not a known setting" + known
                    + shown(property);
        }
        return key + " " + error.problem() + (isHidden ? shownWithoutName(property) : shown(property));
    }

    /** Returns the name and the origin of a property with this key, in brackets. */
    String shownOrigin(String key) {
        return shown(property(key));
    }

    private static String shown(Option<ConfigurationProperty> property) {
        return property.flatMap(found -> Option.of(found.getOrigin()))
                .map(origin -> " (" + origin + ")")
                .getOrElse("");
    }

    /** Returns the file and line of a property whose name is not shown. */
    private static String shownWithoutName(Option<ConfigurationProperty> property) {
        return property.flatMap(found -> Option.of(found.getOrigin()))
                .map(origin -> origin instanceof PropertySourceOrigin source
                        ? Option.<Object>of(source.getOrigin())
                                .getOrElse(source.getPropertySource().getName())
                        : origin)
                .map(origin -> " (" + origin + ")")
                .getOrElse("");
    }

    /** Returns the property with this key. */
    private Option<ConfigurationProperty> property(String key) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(ROOT + "." + key, '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return Option.of(property);
            }
        }
        return Option.none();
    }

    private static Entry named(Entry entry, Map<String, String> names) {
        String written = entry.path().get(1);
        return entry.withBackend(names.getOrDefault(uniform(written), written));
    }

    /** Returns all properties, the ones with the highest precedence first. */
    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names) {
                boolean isVariable = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                names.stream().filter(ROOT::isAncestorOf).forEach(name -> {
                    @Nullable List<String> path = path(elements(name));
                    @Nullable ConfigurationProperty property = source.getConfigurationProperty(name);
                    if (path != null && property != null) {
                        entries.add(new Entry(path, property, isVariable));
                    }
                });
            }
        }
        return entries;
    }

    private static List<String> elements(ConfigurationPropertyName name) {
        return IntStream.range(1, name.getNumberOfElements())
                .mapToObj(index -> name.getElement(index, Form.ORIGINAL))
                .toList();
    }

    /** Returns the path in a configuration file; null if this is no setting of it. */
    private static @Nullable List<String> path(List<String> written) {
        String uniform = uniform(String.join("", written));
        if (uniform.equals("auditlog")) {
            return List.of("audit-log");
        }
        if (written.get(0).equals(BACKENDS) && written.size() > 2) {
            List<String> path = new ArrayList<>(written.subList(0, 2));
            List<String> keys = written.subList(2, written.size());
            @Nullable String known = KEYS.get(uniform(String.join("", keys)));
            path.addAll(known == null ? keys : List.of(known.split("\\.")));
            return path;
        }
        boolean isKnown = Set.of(BACKENDS, "products", "default").contains(written.get(0));
        return isKnown ? written : null;
    }

    private void put(Map<String, Object> tree, Entry entry, int line) {
        Map<String, Object> section = tree;
        List<String> path = entry.path();
        for (String key : path.subList(0, path.size() - 1)) {
            section = section(section, key);
        }
        section.putIfAbsent(path.get(path.size() - 1), node(entry, line));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.compute(
                key, (same, found) -> found instanceof Map ? found : new LinkedHashMap<String, Object>());
    }

    private ConfigNode node(Entry entry, int line) {
        Object value = entry.property().getValue();
        if (isText(entry.path()) && (value instanceof Number || value instanceof Boolean)) {
            return new ConfigNode.Other(
                    "must be in quotation marks: without them it is read as a number or as true or false, which may"
                            + " change it",
                    Option.some(line));
        }
        String written = String.valueOf(entry.property().getValue());
        String resolved = environment.resolvePlaceholders(written);
        if (resolved.contains("${") && !written.contains("\\${")) {
            String subject = USUAL_PLACEHOLDER.matcher(written).matches() ? written : "a property";
            return new ConfigNode.Other("refers to " + subject + ", which is not set", Option.some(line));
        }
        if (SWITCHES.contains(entry.path().get(entry.path().size() - 1))) {
            resolved = resolved.equals("true") ? "on" : resolved.equals("false") ? "off" : resolved;
        }
        return new ConfigNode.Text(written, resolved, Option.some(line));
    }

    /** Returns whether a setting is a text such as an id, of which YAML drops leading zeros if it looks like a number. */
    private static boolean isText(List<String> path) {
        return path.get(0).equals("products")
                || (path.size() > 2 && TEXTS.contains(String.join(".", path.subList(2, path.size()))));
    }

    /** Collects the paths of all settings by their uniform text. */
    private static Map<String, String> keys(String prefix, Class<?> section, Map<String, String> keys) {
        for (RecordComponent component : section.getRecordComponents()) {
            String key =
                    prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                keys(key + ".", component.getType(), keys);
            } else {
                keys.put(uniform(key), key);
                if (component.getType() == String.class) {
                    TEXTS.add(key);
                }
            }
        }
        return keys;
    }

    /** Returns the text without what Spring Boot's relaxed binding ignores. */
    private static String uniform(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }
}
