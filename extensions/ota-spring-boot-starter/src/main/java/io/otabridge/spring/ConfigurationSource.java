package io.otabridge.spring;

import io.otabridge.app.ConfigurationException;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.client.credentials.AccessKeyProvider;
import io.otabridge.domain.backend.BackendContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
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
        PropertyTree tree = new PropertyTree(environment);
        Map<String, Object> properties = tree.read();
        String location = environment.getProperty(CONFIG, "");
        if (location.isBlank()) {
            return OtaConfig.of(properties);
        }
        if (!properties.isEmpty()) {
            List<String> errors = new ArrayList<>(tree.ownErrors());
            errors.add(CONFIG + " names a configuration file, and the properties ota."
                    + properties.keySet().iterator().next()
                    + " are set too; remove one of them. The environment variable OTA_CONFIG, which the command ota reads, is"
                    + " the property " + CONFIG + tree.shownOrigin("config"));
            throw new PropertiesException(errors);
        }
        return location.startsWith(CLASS_PATH)
                ? OtaConfig.parse(text(location), context)
                : OtaConfig.read(
                        Path.of(location.startsWith(FILE) ? location.substring(FILE.length()) : location), context);
    }

    /**
     * Returns what is opened if there is no error in it, or in the other properties.
     *
     * @throws PropertiesException if there are errors, with all of them
     */
    OtaBridge checked(BackendContext context, Supplier<OtaBridge> opener) {
        PropertyTree tree = new PropertyTree(environment);
        List<String> errors = new ArrayList<>(tree.ownErrors());
        errors.addAll(keyErrors(tree, context));
        String file = environment.getProperty(CONFIG, "");
        try {
            OtaBridge opened = opener.get();
            if (errors.isEmpty()) {
                return opened;
            }
            opened.close();
        } catch (ConfigurationException invalid) {
            if (!file.isBlank() && errors.isEmpty()) {
                throw invalid;
            }
            // The tree that was read has other entries than this one only if the environment changed between.
            invalid.errors().forEach(error -> errors.add(file.isBlank() ? tree.described(error) : file + ": " + error));
        }
        throw new PropertiesException(errors);
    }

    /** Returns the errors of backends for which no bean with access keys can be chosen. */
    private List<String> keyErrors(PropertyTree tree, BackendContext context) {
        List<String> errors = new ArrayList<>();
        if (inMemory().isEmpty()
                && context.resource(AccessKeyProvider.class).getOrNull() instanceof AccessKeyBeans beans) {
            String file = environment.getProperty(CONFIG, "");
            for (String backend : backendsWithApplicationKeys(context)) {
                String key = "backends." + backend + ".credentials.source";
                String path = file.isBlank() ? "ota." + key : file + ": " + key;
                beans.error(backend)
                        .forEach(error -> errors.add(path + " must not be application here: " + error
                                + (file.isBlank() ? tree.shownOrigin(key) : "")));
            }
        }
        return errors;
    }

    private io.vavr.collection.List<String> backendsWithApplicationKeys(BackendContext context) {
        try {
            return config(context).backendsWithApplicationKeys();
        } catch (ConfigurationException invalid) {
            // It is reported when the configuration is opened.
            return io.vavr.collection.List.empty();
        }
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
