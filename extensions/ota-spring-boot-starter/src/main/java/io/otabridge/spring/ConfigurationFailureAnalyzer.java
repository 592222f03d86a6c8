package io.otabridge.spring;

import io.otabridge.app.ConfigurationException;
import io.otabridge.domain.spi.ConfigError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/** Describes all errors of a configuration when the application fails to start. Shows no value. */
final class ConfigurationFailureAnalyzer implements FailureAnalyzer {

    private final Environment environment;

    ConfigurationFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof PropertiesException invalid) {
                return analysis("the properties below \"ota\"", invalid.errors(), invalid);
            }
            if (cause instanceof ConfigurationException invalid) {
                String location = environment.getProperty(ConfigurationSource.CONFIG, "the configuration");
                return analysis(
                        location, invalid.errors().map(ConfigError::toString).asJava(), invalid);
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static FailureAnalysis analysis(String subject, List<String> errors, Throwable cause) {
        return new FailureAnalysis(
                "The configuration of OTA Bridge, " + subject + ", has "
                        + (errors.size() == 1 ? "1 error:" : errors.size() + " errors:") + "\n"
                        + PropertiesException.listed(errors),
                "Correct all of these settings. ota.enabled=false starts the application without OTA Bridge.",
                cause);
    }
}
