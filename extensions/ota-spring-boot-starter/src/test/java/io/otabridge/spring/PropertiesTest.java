package io.otabridge.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.ConfigurationException;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.domain.spi.ConfigError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mock.env.MockEnvironment;

/** Properties and environment variables of the application. */
class PropertiesTest {

    private static final String SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(OtaAutoConfiguration.class));

    private static ApplicationContextRunner withVariables(ApplicationContextRunner application, String... pairs) {
        Map<String, Object> variables = new HashMap<>();
        for (String pair : pairs) {
            variables.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return application.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables)));
    }

    /** Returns the exception that all others wrap. */
    private static Throwable cause(AssertableApplicationContext context) {
        return NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure());
    }

    @Test
    void all_errors_of_all_backends_fail_the_start_at_once() {
        application
                .withPropertyValues(
                        "ota.defualt=prod",
                        "ota.backends.prod.vendor=acme",
                        "ota.backends.prod.tennant=one",
                        "ota.backends.legacy.vendor=aliyun",
                        "ota.backends.legacy.region=CN Shanghai",
                        "ota.backends.legacy.credentials.access-key=key",
                        "ota.backends.site.region=here")
                .run(context -> assertThat(cause(context))
                        .isInstanceOf(PropertiesException.class)
                        .hasMessageContaining("ota.defualt is not a known setting (did you mean default?)")
                        .hasMessageContaining("backends.prod.tenant is missing")
                        .hasMessageContaining("backends.prod.tennant is not a known setting (did you mean tenant?)")
                        .hasMessageContaining("backends.legacy.region must be a region")
                        .hasMessageContaining("backends.legacy.credentials.secret-key")
                        .hasMessageContaining("backends.site.vendor is missing"));
    }

    @Test
    void no_configuration_fails_the_start_unless_it_is_switched_off() {
        application.run(context -> assertThat(cause(context))
                .hasMessageContaining("backends is missing: it must contain a section for each backend"));
        application
                .withPropertyValues("ota.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(OtaBridge.class));
    }

    @Test
    void a_backend_that_is_not_a_section_is_an_error_without_its_value() {
        application
                .withPropertyValues("ota.backends.prod=" + SECRET)
                .run(context -> assertThat(cause(context))
                        .isInstanceOf(PropertiesException.class)
                        .hasMessageNotContaining(SECRET));
    }

    @Test
    void a_placeholder_that_is_not_set_is_an_error() {
        application
                .withPropertyValues(
                        "ota.backends.prod.vendor=acme",
                        "ota.backends.prod.tenant=${ACME_TENANT}",
                        "ota.backends.prod.project-id=a-${" + SECRET + "}")
                .run(context -> assertThat(cause(context))
                        .hasMessageContaining("backends.prod.tenant refers to ${ACME_TENANT}, which is not set")
                        .hasMessageContaining("backends.prod.project-id refers to a property, which is not set")
                        .hasMessageNotContaining(SECRET));
    }

    @Test
    void the_analysis_of_a_failed_start_shows_every_error_with_its_origin() {
        application
                .withPropertyValues("ota.backends.prod.vendor=acme", "ota.backends.prod.projectId=")
                .run(context -> {
                    FailureAnalysis analysis = new ConfigurationFailureAnalyzer(new MockEnvironment())
                            .analyze(context.getStartupFailure());

                    assertThat(analysis.getDescription())
                            .startsWith("The configuration of OTA Bridge, the properties below \"ota\", has 2 errors:")
                            .contains("\n    ota.backends.prod.tenant is missing")
                            .contains(
                                    "\n    ota.backends.prod.project-id must be",
                                    "(\"ota.backends.prod.projectId\" from");
                    assertThat(analysis.getAction()).contains("Correct all of these settings");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ota.backends.prod.project-id", "ota.backends.prod.projectId", "ota.backends.prod.project_id"})
    void spelling_of_a_property_is_relaxed(String key) {
        application
                .withPropertyValues("ota.backends.prod.vendor=acme", "ota.backends.prod.tenant=one", key + "=p1")
                .run(context -> assertThat(
                                context.getBean(OtaBridge.class).backend().endpoint())
                        .isEqualTo("one/default/p1/false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OTA_BACKENDS_MYPROD_PROJECTID", "OTA_BACKENDS_MYPROD_PROJECT_ID"})
    void an_environment_variable_replaces_a_property(String variable) {
        withVariables(application, variable + "=p2", "OTA_BACKENDS_MYPROD_CREDENTIALS_SECRETKEY=" + SECRET)
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addLast(new MapPropertySource(
                                "file",
                                Map.of(
                                        "ota.backends.my-prod.vendor", "acme",
                                        "ota.backends.my-prod.tenant", "one",
                                        "ota.backends.my-prod.project-id", "p1"))))
                .run(context -> assertThat(context.getBean(OtaBridge.class)
                                .backend("my-prod")
                                .endpoint())
                        .isEqualTo("one/default/p2/true"));
    }

    @Test
    void variables_alone_configure_a_backend() {
        withVariables(application, "OTA_BACKENDS_PROD_VENDOR=acme", "OTA_BACKENDS_PROD_TENANT=one")
                .run(context -> assertThat(
                                context.getBean(OtaBridge.class).backend().endpoint())
                        .isEqualTo("one/default/none/false"));
    }

    @Test
    void variables_with_another_purpose_are_ignored() {
        withVariables(
                        application,
                        "OTA_CLASSPATH=/lib",
                        "OTA_PORT=tcp://10.0.0.1:80",
                        "OTA_BACKENDS_PORT=tcp://10.0.0.1:80",
                        "OTA_BACKENDS_SERVICE_HOST=10.0.0.1")
                .withPropertyValues("ota.backends.prod.vendor=acme", "ota.backends.prod.tenant=one")
                .run(context -> assertThat(context.getBean(OtaBridge.class).backendNames())
                        .containsExactly("prod"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "false"})
    void a_switch_can_be_off_although_yaml_reads_it_as_false(String off) {
        application
                .withPropertyValues(
                        "ota.backends.prod.vendor=acme",
                        "ota.backends.prod.tenant=one",
                        "ota.backends.prod.pacing=" + off)
                .run(context -> assertThat(
                                context.getBean(OtaBridge.class).backend().endpoint())
                        .isEqualTo("one/off/none/false"));
    }

    @Test
    void products_have_names() {
        application
                .withPropertyValues(
                        "ota.backends.prod.vendor=acme",
                        "ota.backends.prod.tenant=one",
                        "ota.products.thermometer.prod=p-1",
                        "ota.products.[温度计].prod=p-2")
                .run(context -> {
                    OtaBridge ota = context.getBean(OtaBridge.class);
                    assertThat(ota.products().resolve("thermometer", "prod").value())
                            .isEqualTo("p-1");
                    assertThat(ota.products().resolve("温度计", "prod").value()).isEqualTo("p-2");
                });
    }

    @Test
    void a_file_and_properties_exclude_each_other() {
        application
                .withPropertyValues("ota.config=classpath:ota.yaml", "ota.backends.prod.vendor=acme")
                .run(context -> assertThat(cause(context))
                        .isInstanceOf(PropertiesException.class)
                        .hasMessageContaining("ota.config names a configuration file")
                        .hasMessageContaining("ota.backends"));
        withVariables(application, "OTA_CONFIG=/x/ota.yaml")
                .withPropertyValues("ota.backends.prod.vendor=acme", "ota.healt.ttl=5s")
                .run(context -> assertThat(analysis(context))
                        .contains("has 2 errors:", "ota.healt.ttl is not a known setting")
                        .contains("\"OTA_CONFIG\""));
    }

    private static String analysis(AssertableApplicationContext context) {
        FailureAnalysis analysis =
                new ConfigurationFailureAnalyzer(new MockEnvironment()).analyze(context.getStartupFailure());
        assertThat(analysis).isNotNull();
        return analysis.getDescription();
    }

    private ApplicationContextRunner withYaml(String... lines) {
        return application.withInitializer(context -> {
            try {
                new YamlPropertySourceLoader()
                        .load(
                                "application",
                                new ByteArrayResource(String.join("\n", lines).getBytes(UTF_8), "application.yaml"))
                        .forEach(context.getEnvironment().getPropertySources()::addLast);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }

    @Test
    void a_key_that_resembles_nothing_is_shown_with_its_line() {
        withYaml("ota:", "  backends:", "    prod:", "      vendor: acme", "      tenant: one", "      zzz: " + SECRET)
                .run(context -> assertThat(analysis(context))
                        .contains(
                                "ota.backends.prod.zzz is not a known setting; known here: ",
                                "application.yaml",
                                "6:12")
                        .doesNotContain(SECRET, "not shown"));
    }

    @Test
    void a_text_that_yaml_reads_as_a_number_must_be_quoted() {
        withYaml(
                        "ota:",
                        "  backends:",
                        "    prod: { vendor: huawei, region: cn-north-4, project-id: 0123, app-id: 1e5, retries: 1,",
                        "        credentials: { access-key: yes, secret-key: 0x1F } }",
                        "    legacy: { vendor: acme, tenant: one }",
                        "  default: legacy",
                        "  products.thermometer.legacy: 00123")
                .run(context -> assertThat(analysis(context))
                        .contains("has 5 errors:", "ota.backends.prod.project-id must be in quotation marks", "3:61")
                        .contains(
                                "ota.backends.prod.app-id must be", "ota.backends.prod.credentials.access-key must be")
                        .contains(
                                "ota.backends.prod.credentials.secret-key must be",
                                "ota.products.thermometer.legacy must")
                        .doesNotContain("83", "100000", "31 "));
    }

    @Test
    void a_name_that_is_not_allowed_is_shown_with_its_line() {
        withYaml("ota:", "  backends:", "    MyProd:", "      vendor: acme", "      tenant: one")
                .run(context -> assertThat(analysis(context))
                        .contains("ota.backends.MyProd has a name that is not allowed: it must be 1 to 64 lower-case")
                        .contains("application.yaml", "4:15"));
    }

    @Test
    void a_variable_of_an_unknown_setting_is_named() {
        withVariables(
                        application,
                        "OTA_BACKENDS_PROD_VENDOR=acme",
                        "OTA_BACKENDS_PROD_TENANT=one",
                        "OTA_BACKENDS_PROD_ZZZ=" + SECRET)
                .run(context -> assertThat(analysis(context))
                        .contains("\"OTA_BACKENDS_PROD_ZZZ\"")
                        .doesNotContain(SECRET));
    }

    @Test
    void a_part_of_a_value_after_a_comma_is_located_but_not_shown() {
        for (String line : List.of(
                "  backends: { prod: { vendor: acme, tenant: one, " + SECRET + " } }",
                "  backends: { prod: { vendor: acme, tenant: one, credentials: { secret-key: a," + SECRET + " } } }",
                "  " + SECRET + ": ")) {
            withYaml("ota:", line)
                    .run(context -> assertThat(analysis(context))
                            .contains("application.yaml", "2:")
                            .doesNotContain(SECRET));
        }
    }

    @Test
    void an_unknown_key_below_the_root_is_shown_with_all_known_ones() {
        withYaml("ota:", "  backends:", "    prod: { vendor: acme, tenant: one }", "  healt:", "    ttl: 5s")
                .run(context -> assertThat(analysis(context))
                        .contains("ota.healt.ttl is not a known setting (did you mean health?); known here: backends,")
                        .contains("config, enabled, health, shared-http-client, problem-details, in-memory")
                        .contains("application.yaml", "5:10"));
        withYaml("ota:", "  backends:", "    prod: { vendor: acme, tenant: one }", "  health.tttl: 5s")
                .run(context -> assertThat(analysis(context)).contains("ota.health.tttl is not", "did you mean ttl?"));
    }

    @Test
    void values_of_another_type_are_reported_with_the_other_errors() {
        withVariables(application, "OTA_HEALTH_TIMEOUT=soon", "OTA_SHARED_HTTP_CLIENT=perhaps")
                .withPropertyValues("ota.backends.prod.vendor=acme")
                .run(context -> assertThat(analysis(context))
                        .contains("has 3 errors:", "ota.backends.prod.tenant is missing")
                        .contains("ota.health.timeout must be a duration", "\"OTA_HEALTH_TIMEOUT\"")
                        .contains("ota.shared-http-client must be true or false")
                        .doesNotContain("soon", "perhaps"));
    }

    @Test
    void a_file_that_does_not_exist_fails_the_start() {
        application
                .withPropertyValues("ota.config=classpath:missing.yaml")
                .run(context ->
                        assertThat(cause(context)).isInstanceOf(InvalidConfigurationPropertyValueException.class));
        application
                .withPropertyValues("ota.config=file:missing.yaml")
                .run(context -> assertThat(cause(context))
                        .hasMessageContaining("missing.yaml")
                        .hasMessageContaining("does not exist"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classpath:ota.yaml", "src/test/resources/ota.yaml", "file:src/test/resources/ota.yaml"})
    void a_file_configures_backends(String location) {
        String path = location.replace("src/test", System.getProperty("test.sources", "src/test"));
        application.withPropertyValues("ota.config=" + path).run(context -> {
            OtaBridge ota = context.getBean(OtaBridge.class);
            assertThat(ota.backendNames()).containsExactly("first", "second");
            assertThat(ota.defaultBackend()).isEqualTo("second");
        });
    }

    /** An adapter lists its keys when one is unknown. */
    @ParameterizedTest
    @ValueSource(strings = {"huawei", "aliyun", "tuya"})
    void every_setting_of_an_adapter_is_described(String vendor) {
        for (String section : List.of("", "credentials", "obs", "cache")) {
            Map<String, Object> settings = new TreeMap<>(Map.of("vendor", vendor));
            settings.put(section.isEmpty() ? "an-unknown-key" : section, section.isEmpty() ? "1" : Map.of("zz", "1"));

            assertThat(known(settings, section.isEmpty() ? "backends.prod" : "backends.prod." + section))
                    .as(vendor + " " + section)
                    .allMatch(key -> isDescribed(section.isEmpty() ? key : section + "." + key));
        }
    }

    private static List<String> known(Map<String, Object> settings, String path) {
        OtaBridge ota = OtaBridge.of(OtaConfig.of(Map.of("backends", Map.of("prod", settings))));
        try {
            ota.checkAll();
            throw new AssertionError("an unknown key was accepted");
        } catch (ConfigurationException invalid) {
            return invalid.errors()
                    .filter(error -> error.key().equals(path))
                    .map(ConfigError::problem)
                    .flatMap(problem -> Pattern.compile("known here: (.*)")
                            .matcher(problem)
                            .results()
                            .toList())
                    .flatMap(found -> Arrays.asList(found.group(1).split(", ")))
                    .reject(key -> key.contains(" more"))
                    .asJava();
        } finally {
            ota.close();
        }
    }

    private static boolean isDescribed(String path) {
        Class<?> section = OtaSettings.BackendSettings.class;
        for (String key : path.split("\\.")) {
            Class<?> in = section;
            section = Stream.of(in.getRecordComponents())
                    .filter(component -> component.getName().equalsIgnoreCase(key.replace("-", "")))
                    .map(component -> (Class<?>) component.getType())
                    .findFirst()
                    .orElse(null);
            if (section == null) {
                return false;
            }
        }
        return true;
    }
}
