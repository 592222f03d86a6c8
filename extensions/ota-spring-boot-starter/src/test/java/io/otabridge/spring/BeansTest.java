package io.otabridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.otabridge.app.OtaBridge;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.credentials.AccessKeyProvider;
import io.otabridge.client.credentials.TemporaryAccessKey;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.jackson.OtaJackson2Module;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;
import org.springframework.mock.env.MockEnvironment;

/** Beans of the starter, and beans of the application that it uses. */
class BeansTest {

    private static final FirmwareId DOCUMENTED = FirmwareId.of(HuaweiSimulator.DOCUMENTED_PACKAGE);

    private static HuaweiSimulator cloud;

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(OtaAutoConfiguration.class));
    private final ApplicationContextRunner two = application.withPropertyValues(
            "ota.default=legacy",
            "ota.backends.prod.vendor=acme",
            "ota.backends.prod.tenant=one",
            "ota.backends.legacy.vendor=acme",
            "ota.backends.legacy.tenant=two");

    @BeforeAll
    static void start() {
        cloud = HuaweiSimulator.start();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private ApplicationContextRunner onSimulator(String... more) {
        return application
                .withPropertyValues(
                        "ota.backends.prod.vendor=huawei",
                        "ota.backends.prod.endpoint=" + cloud.endpoint(),
                        "ota.backends.prod.project-id=" + cloud.projectId())
                .withPropertyValues(more);
    }

    private String[] key() {
        return new String[] {
            "ota.backends.prod.credentials.access-key=" + cloud.accessKey(),
            "ota.backends.prod.credentials.secret-key=" + cloud.secretKey()
        };
    }

    private static Either<OtaFailure, Firmware> find(ApplicationContext context) {
        return context.getBean(OtaBridge.class).backend().firmware().find(DOCUMENTED);
    }

    @Configuration(proxyBeanMethods = false)
    static class Injected {

        @Autowired
        Backend defaultBackend;

        @Autowired
        @Qualifier("prod") Backend prod;
    }

    @Test
    void backends_are_injected_by_name_and_the_default_without() {
        two.withUserConfiguration(Injected.class).run(context -> {
            assertThat(context.getBean(Injected.class).defaultBackend.name()).isEqualTo("legacy");
            assertThat(context.getBean(Injected.class).prod.name()).isEqualTo("prod");
            assertThat(context.getBeansOfType(Backend.class)).containsOnlyKeys("prod", "legacy");
        });
    }

    @Test
    void a_bean_of_the_application_keeps_its_name() {
        two.withBean("prod", String.class, () -> "mine")
                .withUserConfiguration(Injected.class)
                .run(context -> {
                    assertThat(context.getBean("prod")).isEqualTo("mine");
                    assertThat(context.getBean(Injected.class).prod.name()).isEqualTo("prod");
                });
    }

    @Test
    void a_bridge_of_the_application_replaces_that_of_the_starter() {
        application
                .withBean(OtaBridge.class, () -> OtaBridge.over(InMemoryBackend.named("mine")))
                .run(context -> assertThat(context.getBean(OtaBridge.class).backendNames())
                        .containsExactly("mine"));
    }

    @Test
    void backends_are_closed_with_the_application() {
        int before = AcmeProvider.closed;
        two.run(context -> assertThat(context).hasNotFailed());

        assertThat(AcmeProvider.closed).isEqualTo(before + 2);
    }

    @Test
    void an_unavailable_vendor_does_not_prevent_the_start() {
        application
                .withPropertyValues(
                        "ota.backends.prod.vendor=tuya",
                        "ota.backends.prod.endpoint=http://localhost:1",
                        "ota.backends.prod.retries=0",
                        "ota.backends.prod.credentials.access-key=key",
                        "ota.backends.prod.credentials.secret-key=secret")
                .run(context -> assertThat(context.getBean(OtaBridge.class)
                                .backend()
                                .firmware()
                                .find(FirmwareId.of("167"))
                                .getLeft())
                        .isInstanceOf(OtaFailure.Unavailable.class));
    }

    @Test
    void keys_of_the_application_need_a_bean() {
        onSimulator("ota.backends.prod.credentials.source=application")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("backends.prod.credentials.source must not be application here"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Keys {

        @Bean
        @Qualifier("prod") AccessKeyProvider vault() {
            return backend -> Either.right(new TemporaryAccessKey(
                    new AccessKey(cloud.accessKey(), Secret.of(cloud.secretKey()), Option.none()),
                    Instant.now().plusSeconds(3600)));
        }

        @Bean
        AccessKeyProvider other() {
            return backend -> Either.left("wrong bean");
        }
    }

    @Test
    void keys_come_from_the_bean_with_the_name_of_the_backend() {
        onSimulator("ota.backends.prod.credentials.source=application")
                .withUserConfiguration(Keys.class)
                .run(context -> assertThat(find(context).isRight()).isTrue());
    }

    @Test
    void several_beans_of_which_none_has_the_name_of_a_backend_fail_the_start() {
        onSimulator("ota.backends.prod.credentials.source=application")
                .withBean("one", AccessKeyProvider.class, () -> backend -> Either.left("none"))
                .withBean("two", AccessKeyProvider.class, () -> backend -> Either.left("none"))
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("ota.backends.prod.credentials.source")
                        .hasMessageContaining("there are 2 beans of type AccessKeyProvider (one, two)"));
    }

    @Test
    void beans_without_the_name_of_a_backend_of_a_configuration_file_fail_the_start() {
        ApplicationContextRunner onFile = application.withPropertyValues(
                "ota.config=" + System.getProperty("test.sources", "src/test") + "/resources/application-keys.yaml");

        onFile.run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("backends.prod.credentials.source must not be application here")
                .hasMessageContaining("there is no bean of type AccessKeyProvider"));
        onFile.withBean("one", AccessKeyProvider.class, () -> backend -> Either.left("none"))
                .withBean("two", AccessKeyProvider.class, () -> backend -> Either.left("none"))
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("application-keys.yaml: backends.prod.credentials.source must not be")
                        .hasMessageContaining("there are 2 beans of type AccessKeyProvider (one, two)"));
        onFile.withUserConfiguration(Keys.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void a_context_of_the_application_has_its_own_access_keys() {
        onSimulator("ota.backends.prod.credentials.source=application")
                .withBean("one", AccessKeyProvider.class, () -> backend -> Either.left("none"))
                .withBean("two", AccessKeyProvider.class, () -> backend -> Either.left("none"))
                .withBean(
                        BackendContext.class,
                        () -> BackendContext.system().withResource(AccessKeyProvider.class, new Keys().vault()))
                .run(context -> assertThat(find(context).isRight()).isTrue());
    }

    @Test
    void a_rejected_key_is_replaced_by_the_next_one_of_the_bean() {
        AtomicInteger keys = new AtomicInteger();
        onSimulator("ota.backends.prod.credentials.source=application")
                .withBean(
                        AccessKeyProvider.class,
                        () -> backend -> Either.right(new TemporaryAccessKey(
                                new AccessKey(
                                        cloud.accessKey(),
                                        Secret.of(keys.getAndIncrement() == 0 ? "old" : cloud.secretKey()),
                                        Option.none()),
                                Instant.now().plusSeconds(3600))))
                .run(context -> assertThat(find(context).isRight()).isTrue());
        assertThat(keys).hasValue(2);
    }

    @Test
    void calls_use_the_http_client_of_the_application_unless_it_is_not_shared() {
        AtomicInteger calls = new AtomicInteger();
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    calls.incrementAndGet();
                    return chain.proceed(chain.request());
                })
                .build();

        onSimulator(key()).withBean(OkHttpClient.class, () -> client).run(context -> {
            assertThat(find(context).isRight()).isTrue();
            assertThat(calls).hasValue(1);
        });
        onSimulator(key())
                .withPropertyValues("ota.shared-http-client=false")
                .withBean(OkHttpClient.class, () -> client)
                .run(context -> assertThat(find(context).isRight()).isTrue());
        onSimulator(key())
                .withBean("one", OkHttpClient.class, () -> client)
                .withBean("two", OkHttpClient.class, () -> client)
                .run(context -> assertThat(find(context).isRight()).isTrue());
        assertThat(calls).hasValue(1);
    }

    @Test
    void calls_are_metrics_of_the_registry() {
        onSimulator(key())
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> {
                    assertThat(find(context).isRight()).isTrue();
                    assertThat(context.getBean(MeterRegistry.class)
                                    .get("ota.calls")
                                    .tag("backend", "prod")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void the_module_of_jackson_is_a_bean() {
        two.run(context -> assertThat(new ObjectMapper()
                        .registerModule(context.getBean(OtaJackson2Module.class))
                        .writeValueAsString(context.getBean(OtaBridge.class).backend()))
                .contains("\"legacy\""));
    }

    @Test
    void beans_can_be_processed_ahead_of_time() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setEnvironment(new MockEnvironment()
                .withProperty("ota.backends.prod.vendor", "acme")
                .withProperty("ota.backends.prod.tenant", "one"));
        context.register(OtaAutoConfiguration.class);
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get("com.example", "Main")), files);

        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        generation.writeGeneratedContent();

        assertThat(files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE).keySet())
                .anyMatch(name -> name.contains("OtaBridge"));
        assertThat(RuntimeHintsPredicates.reflection().onType(OtaSettings.BackendSettings.class))
                .accepts(generation.getRuntimeHints());
    }

    @Test
    void native_images_have_the_wire_types_of_both_adapters() throws ClassNotFoundException {
        RuntimeHints hints = new RuntimeHints();
        new OtaRuntimeHints().registerHints(hints, getClass().getClassLoader());

        for (String type : new String[] {
            "huawei.wire.OtaPackageDto",
            "huawei.auth.EcsAgencyKeyProvider$SecurityKeyDto",
            "huawei.auth.IamTokenProvider$TokenDto",
            "aliyun.wire.FirmwareInfoDto",
            "aliyun.auth.AliyunKeyProvider$KeyDto",
            "aliyun.config.AliyunCliProfile$ConfigDto"
        }) {
            assertThat(RuntimeHintsPredicates.reflection().onType(Class.forName("io.otabridge." + type)))
                    .accepts(hints);
        }
        for (String type : new String[] {
            "huawei.wire.HuaweiApi", "aliyun.wire.AliyunApi", "client.credentials.CredentialEndpointClient$Api"
        }) {
            assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Class.forName("io.otabridge." + type)))
                    .accepts(hints);
        }
        assertThat(RuntimeHintsPredicates.reflection().onType(OtaSettings.BackendSettings.class))
                .accepts(hints);
    }
}
