package io.otabridge.spring;

import io.otabridge.app.OtaConfig;
import io.otabridge.domain.backend.BackendContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;

/** The configuration of the application: its properties, or a configuration file. */
final class ConfigurationSource {

    static final String CONFIG = "ota.config";

    private static final String IN_MEMORY = "ota.in-memory";
    private static final String CLASS_PATH = "classpath:";
    private static final String FILE = "file:";

    private final Environment environment;

    ConfigurationSource(Environment environment) {
        this.environment = environment;
    }

    /** Returns the configuration. It is checked when it is opened. */
    OtaConfig config(BackendContext context) {
        Map<String, Object> properties = new PropertyTree(environment).read();
        String location = environment.getProperty(CONFIG, "");
        if (location.isBlank()) {
            return OtaConfig.of(properties);
        }
        if (!properties.isEmpty()) {
            Set<String> both =
                    Set.of(CONFIG, "ota." + properties.keySet().iterator().next());
            throw new MutuallyExclusiveConfigurationPropertiesException(both, both);
        }
        return location.startsWith(CLASS_PATH)
                ? OtaConfig.parse(text(location), context)
                : OtaConfig.read(
                        Path.of(location.startsWith(FILE) ? location.substring(FILE.length()) : location), context);
    }

    /**
     * Returns the names of the backends that are kept in memory for a test, the default backend first; empty if the real
     * ones are used.
     */
    List<String> inMemory() {
        List<String> names = Binder.get(environment)
                .bind(IN_MEMORY, Bindable.listOf(String.class))
                .orElse(List.of());
        if (!names.equals(List.of("*"))) {
            return names;
        }
        OtaConfig config = config(BackendContext.system());
        return config.backendNames().isEmpty()
                ? List.of("test")
                : config.backendNames()
                        .sortBy(name -> !config.defaultBackend().contains(name))
                        .asJava();
    }

    private static String text(String location) {
        try (InputStream in = new ClassPathResource(location.substring(CLASS_PATH.length())).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new InvalidConfigurationPropertyValueException(
                    CONFIG, location, "the resource does not exist or cannot be read");
        }
    }
}
