package io.otabridge.app;

import io.otabridge.app.config.ConfigFileReader;
import io.otabridge.app.config.EnvironmentPlaceholders;
import io.otabridge.app.config.YamlConfigParser;
import io.otabridge.domain.backend.BackendConfig;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.ConfigNode;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which backends there are and how each is set up, as somebody wrote it down. Nothing is judged here: {@link OtaBridge}
 * checks a configuration when it opens it, so that all faults come at once. Immutable. Its {@code toString} leaves all
 * settings out, as some are secret.
 */
public final class OtaConfig {

    private final Option<Path> file;
    private final ConfigNode.Section root;

    private OtaConfig(Option<Path> file, ConfigNode.Section root) {
        this.file = file;
        this.root = root;
    }

    /** A configuration made in Java, without a file. */
    public static Builder builder() {
        return new Builder();
    }

    /** @throws ConfigurationException if the file cannot be read or is no YAML at all */
    static OtaConfig read(Path file, BackendContext context) {
        Either<ConfigError, ConfigNode.Section> root = ConfigFileReader.text(file)
                .flatMap(text -> YamlConfigParser.read(text, new EnvironmentPlaceholders(context)));
        return root.map(read -> new OtaConfig(Option.some(file), read))
                .getOrElseThrow(fault -> new ConfigurationException(Option.some(file), List.of(fault)));
    }

    Option<Path> file() {
        return file;
    }

    /** The whole as a section: {@code default}, {@code backends} with a section for each, {@code products}. */
    ConfigNode.Section root() {
        return root;
    }

    @Override
    public String toString() {
        return "OtaConfig[" + file.map(Path::toString).getOrElse("made in Java") + "]";
    }

    /**
     * Collects backends and names of products. Values are taken as they are: unlike in a file, <code>${NAME}</code> is not replaced. For one
     * thread.
     */
    public static final class Builder {

        private final Map<String, ConfigNode> backends = new LinkedHashMap<>();
        private final Map<String, ConfigNode> products = new LinkedHashMap<>();
        private Option<String> defaultBackend = Option.none();

        private Builder() {}

        /**
         * Adds a backend.
         *
         * @param name its name in the configuration
         * @param vendor the vendor word of its adapter, such as the one after {@code vendor:} in a file
         * @param settings its other settings by key: a text, {@link io.otabridge.domain.backend.Secret}, number or boolean, or a map of
         *     such for a section
         * @throws IllegalArgumentException if there is a backend of this name already, or a value is none of these
         */
        public Builder backend(String name, String vendor, Map<String, ?> settings) {
            if (backends.containsKey(name)) {
                throw new IllegalArgumentException(BackendFactory.pathOf(name) + " already exists");
            }
            if (settings.containsKey("vendor")) {
                throw new IllegalArgumentException(
                        BackendFactory.pathOf(name) + " has its vendor among its settings too");
            }
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            entries.put("vendor", text(vendor));
            entries.putAll(
                    ConfigNode.section(BackendFactory.pathOf(name), settings).entries());
            backends.put(name, section(entries));
            return this;
        }

        /**
         * Adds a backend with the settings of its vendor's builder, such as {@code HuaweiConfig} and {@code AliyunConfig} in
         * the adapters. The settings are checked when the backend is opened.
         *
         * @param name its name in the configuration
         * @throws IllegalArgumentException if there is a backend of this name already
         */
        public Builder backend(String name, BackendConfig config) {
            return backend(name, config.vendor().name(), config.settings());
        }

        /**
         * Gives a product a name of its own.
         *
         * @param name good wherever a product is asked for
         * @param ids its id on each backend that has it, by the name of the backend
         * @throws IllegalArgumentException if there is a product of this name already
         */
        public Builder product(String name, Map<String, String> ids) {
            if (products.containsKey(name)) {
                throw new IllegalArgumentException(ProductsSection.pathOf(name) + " already exists");
            }
            products.put(name, ConfigNode.section(ProductsSection.pathOf(name), ids));
            return this;
        }

        /** Names the backend that is meant where none is named; needless with a single backend. */
        public Builder defaultBackend(String name) {
            this.defaultBackend = Option.some(name);
            return this;
        }

        public OtaConfig build() {
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            defaultBackend.forEach(name -> entries.put("default", text(name)));
            entries.put("backends", section(backends));
            if (!products.isEmpty()) {
                entries.put("products", section(products));
            }
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
