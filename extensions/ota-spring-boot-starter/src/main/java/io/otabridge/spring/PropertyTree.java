package io.otabridge.spring;

import io.otabridge.domain.spi.ConfigNode;
import io.vavr.control.Option;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
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

    /** Properties of this starter, which a configuration file does not have. */
    private static final List<String> OF_STARTER = List.of(
            "enabled", "config", "sharedhttpclient", "problemdetails", "inmemory", "healthttl", "healthtimeout");

    /** Switches. YAML reads {@code on} and {@code off} as booleans. */
    private static final Set<String> SWITCHES = Set.of("pacing", "circuit-breaker");

    private static final Map<String, String> KEYS = keys("", OtaSettings.BackendSettings.class, new LinkedHashMap<>());

    /** Placeholders whose names can be shown. Others may be a misplaced secret. */
    private static final Pattern USUAL_PLACEHOLDER =
            Pattern.compile("\\$\\{([A-Z][A-Z0-9]{0,15}(_[A-Z0-9]{1,16})*|[a-z]{1,16}([.-][a-z]{1,16}){0,6})}");

    private final Environment environment;

    PropertyTree(Environment environment) {
        this.environment = environment;
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
        List<Entry> entries = entries();
        Map<String, String> names = new LinkedHashMap<>();
        entries.stream()
                .filter(entry -> entry.isOfBackend() && !entry.isVariable())
                .forEach(entry -> names.putIfAbsent(
                        uniform(entry.path().get(1)), entry.path().get(1)));
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Entry entry : entries) {
            put(tree, entry.isVariable() && entry.isOfBackend() ? named(entry, names) : entry);
        }
        if (tree.get(BACKENDS) instanceof Map<?, ?> backends) {
            // Environment variables with another purpose, such as OTA_BACKENDS_PORT, which Kubernetes sets for a
            // service.
            backends.entrySet()
                    .removeIf(backend -> !names.containsValue(String.valueOf(backend.getKey()))
                            && !(backend.getValue() instanceof Map<?, ?> settings && settings.containsKey("vendor")));
        }
        return tree;
    }

    /** Returns where the property with this key was set, such as a line of a file. */
    Option<Origin> origin(String key) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(ROOT + "." + key, '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return Option.of(property.getOrigin());
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
                    @Nullable List<String> path = path(elements(name), isVariable);
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
    private static @Nullable List<String> path(List<String> written, boolean isVariable) {
        String uniform = uniform(String.join("", written));
        if (OF_STARTER.stream().anyMatch(uniform::startsWith)) {
            return null;
        }
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
        return isVariable && !isKnown ? null : written;
    }

    private void put(Map<String, Object> tree, Entry entry) {
        Map<String, Object> section = tree;
        List<String> path = entry.path();
        for (String key : path.subList(0, path.size() - 1)) {
            section = section(section, key);
        }
        section.putIfAbsent(path.get(path.size() - 1), node(entry));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.compute(
                key, (same, found) -> found instanceof Map ? found : new LinkedHashMap<String, Object>());
    }

    private ConfigNode node(Entry entry) {
        String written = String.valueOf(entry.property().getValue());
        String resolved = environment.resolvePlaceholders(written);
        if (resolved.contains("${") && !written.contains("\\${")) {
            String subject = USUAL_PLACEHOLDER.matcher(written).matches() ? written : "a property";
            return new ConfigNode.Other("refers to " + subject + ", which is not set", Option.none());
        }
        if (SWITCHES.contains(entry.path().get(entry.path().size() - 1))) {
            resolved = resolved.equals("true") ? "on" : resolved.equals("false") ? "off" : resolved;
        }
        return new ConfigNode.Text(written, resolved, Option.none());
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
            }
        }
        return keys;
    }

    /** Returns the text without what Spring Boot's relaxed binding ignores. */
    private static String uniform(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }
}
