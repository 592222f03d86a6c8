package io.otabridge.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.otabridge.app.OtaBridge;
import io.otabridge.client.credentials.AccessKeyProvider;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.jackson.OtaJackson2Module;
import io.otabridge.jackson.OtaJackson3Module;
import io.otabridge.micrometer.MicrometerObserver;
import io.vavr.control.Option;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * Creates an {@link OtaBridge} and a bean for each of its backends. All settings are checked at the start, which sends
 * nothing: an unavailable vendor does not prevent the start.
 */
@AutoConfiguration
@ConditionalOnProperty(prefix = "ota", name = "enabled", matchIfMissing = true)
@ImportRuntimeHints(OtaRuntimeHints.class)
public class OtaAutoConfiguration {

    static final String BRIDGE = "otaBridge";

    /** What Spring reads as false. */
    private static final Set<String> NO = Set.of("false", "off", "no", "0");

    /** The bridge, unless the application has one. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(OtaBridge.class)
    @Import(BackendBeans.class)
    static class Bridge {

        @Bean(BRIDGE)
        OtaBridge otaBridge(Environment environment, BackendContext context) {
            ConfigurationSource source = new ConfigurationSource(environment);
            return source.checked(context, () -> open(source, context));
        }

        private static OtaBridge open(ConfigurationSource source, BackendContext context) {
            List<String> inMemory = source.inMemory();
            if (!inMemory.isEmpty()) {
                return InMemory.bridge(inMemory);
            }
            OtaBridge ota = OtaBridge.of(source.config(context), context);
            try {
                ota.checkAll();
                return ota;
            } catch (RuntimeException invalid) {
                ota.close();
                throw invalid;
            }
        }

        @Bean
        @ConditionalOnMissingBean
        BackendContext otaBackendContext(
                Environment environment,
                ListableBeanFactory beans,
                ObjectProvider<HttpTransport> transports,
                ObjectProvider<OkHttpClient> clients,
                ObjectProvider<BackendObserver> observers) {
            BackendContext context = BackendContext.system();
            // Other values are reported with all other errors.
            boolean isShared = Binder.get(environment)
                    .bind("ota.shared-http-client", String.class)
                    .map(written -> !NO.contains(written.toLowerCase(Locale.ROOT)))
                    .orElse(true);
            @Nullable OkHttpClient client = isShared ? clients.getIfUnique() : null;
            Option<HttpTransport> transport = Option.of(transports.getIfUnique())
                    .orElse(() -> Option.of(client).map(HttpTransport::over));
            for (HttpTransport found : transport) {
                context = context.withResource(HttpTransport.class, found);
            }
            for (BackendObserver found : Option.of(observers.getIfUnique())) {
                context = context.withResource(BackendObserver.class, found);
            }
            return context.withResource(AccessKeyProvider.class, new AccessKeyBeans(beans));
        }
    }

    /** Not part of the outer class, because ota-contracts is on the class path of tests only. */
    private static final class InMemory {

        static OtaBridge bridge(List<String> names) {
            Backend[] more = names.stream().skip(1).map(InMemoryBackend::named).toArray(Backend[]::new);
            return OtaBridge.over(InMemoryBackend.named(names.get(0)), more);
        }
    }

    /** Metrics and traces, if the application has a meter registry. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
    static class Metrics {

        @Bean
        @ConditionalOnMissingBean
        BackendObserver otaObserver(
                ObjectProvider<MeterRegistry> meters, ObjectProvider<ObservationRegistry> observations) {
            return Option.of(meters.getIfUnique())
                    .<BackendObserver>map(registry -> Option.of(observations.getIfUnique())
                            .filter(found -> !found.isNoop())
                            .map(found -> MicrometerObserver.of(found, registry))
                            .getOrElse(() -> MicrometerObserver.of(registry)))
                    .getOrElse(BackendObserver.NONE);
        }
    }

    /** JSON with Jackson 2, which Spring Boot registers if it is a bean. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "com.fasterxml.jackson.databind.ObjectMapper")
    static class Jackson2 {

        @Bean
        @ConditionalOnMissingBean
        OtaJackson2Module otaJackson2Module() {
            return new OtaJackson2Module();
        }
    }

    /** JSON with Jackson 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "tools.jackson.databind.ObjectMapper")
    static class Jackson3 {

        @Bean
        @ConditionalOnMissingBean
        OtaJackson3Module otaJackson3Module() {
            return new OtaJackson3Module();
        }
    }
}
