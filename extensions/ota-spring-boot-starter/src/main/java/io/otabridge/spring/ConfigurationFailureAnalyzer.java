package io.otabridge.spring;

import io.otabridge.app.ConfigurationException;
import io.otabridge.domain.spi.ConfigError;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Describes all errors of a configuration when the application fails to start. Shows no value. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {

    private final Environment environment;

    ConfigurationFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
        String location = environment.getProperty(ConfigurationSource.CONFIG, "");
        String subject = location.isBlank() ? "the properties below \"ota\"" : location;
        int count = cause.errors().size();
        String headline = "The configuration of OTA Bridge, " + subject + ", has "
                + (count == 1 ? "1 error:" : count + " errors:");
        String description = cause.errors()
                .map(error -> "\n    " + (location.isBlank() ? described(error) : error.toString()))
                .mkString(headline + "\n", "", "");
        return new FailureAnalysis(
                description,
                "Correct all of these settings. ota.enabled=false starts the application without OTA Bridge.",
                cause);
    }

    private String described(ConfigError error) {
        return "ota." + error.key() + " " + error.problem()
                + new PropertyTree(environment)
                        .origin(error.key())
                        .map(origin -> " (" + origin + ")")
                        .getOrElse("");
    }
}
