package io.otabridge.spring.test;

import io.otabridge.spring.OtaAutoConfiguration;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTestContextBootstrapper;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test with the beans of OTA Bridge and with backends in memory. Components of the application are not scanned; import
 * those under test:
 *
 * <pre>{@code
 * @OtaTest
 * @Import(UpdateCheck.class)
 * class UpdateCheckTest {
 *     @Autowired InMemoryBackend backend;
 *     @Autowired UpdateCheck check;
 * }
 * }</pre>
 *
 * <p>The backends are those of {@link #value}, otherwise the configured ones, and the first or default one is primary.
 * With several, a field or parameter of type {@code InMemoryBackend} needs the name of one, or a qualifier. Tests that share
 * an application context share the content of its backends. Needs {@code ota-contracts}. For a test of the whole application, set the property {@code ota.in-memory} in {@code
 * @SpringBootTest}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(SpringBootTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@ImportAutoConfiguration(OtaAutoConfiguration.class)
public @interface OtaTest {

    /** The names of the backends. By default those of the configuration; if there are none, {@code test}. */
    String[] value() default {};
}
