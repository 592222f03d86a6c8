package io.otabridge.spring.health;

import io.otabridge.app.OtaBridge;
import io.otabridge.spring.OtaAutoConfiguration;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Health of each backend, in a health group {@code ota} of its own: an unavailable vendor does not change the health of
 * the application, from which a platform may conclude to restart it.
 */
@AutoConfiguration(after = OtaAutoConfiguration.class)
@ConditionalOnBean(OtaBridge.class)
@ConditionalOnProperty(prefix = "management.health.ota", name = "enabled", matchIfMissing = true)
@Import({Boot3Health.class, Boot4Health.class})
public class OtaHealthAutoConfiguration {

    @Bean
    OtaHealth otaHealth(OtaBridge ota, Environment environment) {
        return OtaHealth.of(
                ota, duration(environment, "ota.health.ttl", "60s"), duration(environment, "ota.health.timeout", "5s"));
    }

    private static Duration duration(Environment environment, String key, String defaultValue) {
        String written = environment.getProperty(key, defaultValue);
        try {
            return DurationStyle.detectAndParse(written);
        } catch (IllegalArgumentException invalid) {
            throw new InvalidConfigurationPropertyValueException(key, written, "It must be a duration such as 30s.");
        }
    }
}
