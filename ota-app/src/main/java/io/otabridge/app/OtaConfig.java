package io.otabridge.app;

import io.otabridge.app.config.ConfigFileReader;
import io.otabridge.app.config.EnvironmentPlaceholders;
import io.otabridge.app.config.YamlConfigParser;
import io.otabridge.domain.backend.BackendConfig;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.ConfigNode;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;

/**
 * The configuration of all backends. {@link OtaBridge} checks it and reports all errors at once. Immutable. {@code
 * toString} shows no settings, because some are secret.
 */
public final class OtaConfig {

    private final Option<Path> file;
    private final ConfigNode.Section root;

    private OtaConfig(Option<Path> file, ConfigNode.Section root) {
        this.file = file;
        this.root = root;
    }

    /** Returns a builder for a configuration created in Java. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns commented settings for a new configuration file, by vendor, of all adapters on the class path that have
     * such a template; see {@link BackendProvider#configTemplate}.
     *
     * @throws ConfigurationException if an adapter cannot be loaded
     */
    public static NavigableMap<String, String> templates() {
        return ProviderRegistry.onClassPath().templates();
    }

    /**
     * Reads a YAML file.
     *
     * @param context the environment variables for placeholders
     * @throws ConfigurationException if the file cannot be read or is not valid YAML
     */
    public static OtaConfig read(Path file, BackendContext context) {
        return parsed(Option.some(file), ConfigFileReader.text(file), context);
    }

    /**
     * Reads the text of a YAML file, for example of a resource on the class path.
     *
     * @param context the environment variables for placeholders
     * @throws ConfigurationException if it is not valid YAML
     */
    public static OtaConfig parse(String yaml, BackendContext context) {
        return parsed(Option.none(), Either.right(yaml), context);
    }

    private static OtaConfig parsed(Option<Path> file, Either<ConfigError, String> yaml, BackendContext context) {
        return yaml.flatMap(text -> YamlConfigParser.read(text, new EnvironmentPlaceholders(context)))
                .map(root -> new OtaConfig(file, root))
                .getOrElseThrow(error -> new ConfigurationException(file, List.of(error)));
    }

    /**
     * Returns a configuration with the keys of a file, for frameworks with another source of settings. It is checked
     * when it is opened, as a file is.
     *
     * @param settings by key: a map for a section, a text, {@link io.otabridge.domain.backend.Secret}, number, boolean
     *     or {@link ConfigNode} for a value
     * @throws IllegalArgumentException if a value has another type
     */
    public static OtaConfig of(Map<String, ?> settings) {
        return new OtaConfig(Option.none(), ConfigNode.section("configuration", settings));
    }

    /** Returns the names of the backends, in the order of the configuration. Nothing is checked. */
    public List<String> backendNames() {
        return root.entries().get("backends") instanceof ConfigNode.Section backends
                ? List.ofAll(backends.entries().keySet())
                : List.empty();
    }

    /** Returns the name of the default backend; absent if there is none. Nothing is checked. */
    public Option<String> defaultBackend() {
        return root.entries().get("default") instanceof ConfigNode.Text text
                ? Option.some(text.resolved())
                : backendNames().length() == 1 ? backendNames().headOption() : Option.none();
    }

    /**
     * Returns the names of the backends whose access keys come from the application: {@code credentials: { source:
     * application }}. Nothing is checked.
     */
    public List<String> backendsWithApplicationKeys() {
        return backendNames()
                .filter(name -> section(root, "backends")
                        .flatMap(backends -> section(backends, name))
                        .flatMap(backend -> section(backend, "credentials"))
                        .exists(credentials -> credentials.entries().get("source") instanceof ConfigNode.Text source
                                && source.resolved().equals("application")));
    }

    private static Option<ConfigNode.Section> section(ConfigNode.Section parent, String key) {
        return parent.entries().get(key) instanceof ConfigNode.Section found ? Option.some(found) : Option.none();
    }

    Option<Path> file() {
        return file;
    }

    /**
     * Returns the root section: {@code default}, {@code backends} with a section for each backend, {@code products}.
     */
    ConfigNode.Section root() {
        return root;
    }

    @Override
    public String toString() {
        return "OtaConfig[" + file.map(Path::toString).getOrElse("made in Java") + "]";
    }

    /**
     * A builder. Placeholders <code>${NAME}</code> in values are not replaced, unlike in a file. Not safe for use by
     * multiple threads.
     */
    public static final class Builder {

        private final Map<String, ConfigNode> backends = new LinkedHashMap<>();
        private final Map<String, ConfigNode> products = new LinkedHashMap<>();
        private Option<String> defaultBackend = Option.none();
        private Option<Path> auditLog = Option.none();

        private Builder() {}

        /**
         * Adds a backend.
         *
         * @param name its name in the configuration
         * @param vendor the vendor of its adapter, as after {@code vendor:} in a file
         * @param settings its other settings by key: a text, {@link io.otabridge.domain.backend.Secret}, number or
         *     boolean, or a map of these for a section
         * @throws IllegalArgumentException if the name already exists, or a value has another type
         */
        public Builder backend(String name, String vendor, Map<String, ?> settings) {
            if (backends.containsKey(name)) {
                throw new IllegalArgumentException(ConfigurationReader.pathOf(name) + " already exists");
            }
            if (settings.containsKey("vendor")) {
                throw new IllegalArgumentException(
                        ConfigurationReader.pathOf(name) + " has a second vendor among its settings");
            }
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            entries.put("vendor", text(vendor));
            entries.putAll(ConfigNode.section(ConfigurationReader.pathOf(name), settings)
                    .entries());
            backends.put(name, section(entries));
            return this;
        }

        /**
         * Adds a backend with the settings of a vendor's builder, such as {@code HuaweiConfig} and {@code AliyunConfig}
         * in the adapters. The settings are checked when the backend is opened.
         *
         * @param name its name in the configuration
         * @throws IllegalArgumentException if the name already exists
         */
        public Builder backend(String name, BackendConfig config) {
            return backend(name, config.vendor().name(), config.settings());
        }

        /**
         * Adds a product name.
         *
         * @param name the name, which can be used instead of an id
         * @param ids the product's id on each backend, by the name of the backend
         * @throws IllegalArgumentException if the name already exists
         */
        public Builder product(String name, Map<String, String> ids) {
            if (products.containsKey(name)) {
                throw new IllegalArgumentException(ProductsSection.pathOf(name) + " already exists");
            }
            products.put(name, ConfigNode.section(ProductsSection.pathOf(name), ids));
            return this;
        }

        /** Sets the default backend; not needed for a single backend. */
        public Builder defaultBackend(String name) {
            this.defaultBackend = Option.some(name);
            return this;
        }

        /** Records each change that is sent to a vendor in this file, see {@link io.otabridge.app.audit.AuditLog}. */
        public Builder auditLog(Path file) {
            this.auditLog = Option.some(file);
            return this;
        }

        /** Builds the configuration. It is checked when it is opened. */
        public OtaConfig build() {
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            defaultBackend.forEach(name -> entries.put("default", text(name)));
            entries.put("backends", section(backends));
            if (!products.isEmpty()) {
                entries.put("products", section(products));
            }
            auditLog.forEach(path -> entries.put("audit-log", text(path.toString())));
            return new OtaConfig(Option.none(), section(entries));
        }

        private static ConfigNode.Text text(String value) {
            return new ConfigNode.Text(value, value, Option.none());
        }

        private static ConfigNode.Section section(Map<String, ConfigNode> entries) {
            return new ConfigNode.Section(entries, Option.none());
        }
    }
}
