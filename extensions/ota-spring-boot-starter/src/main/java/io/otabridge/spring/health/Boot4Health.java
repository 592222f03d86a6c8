package io.otabridge.spring.health;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health with the types of Spring Boot 4. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
class Boot4Health {

    @Bean
    CompositeHealthContributor otaBackendsHealthContributor(OtaHealth backends) {
        return CompositeHealthContributor.fromMap(
                backends.byName(), backend -> (HealthIndicator) () -> health(backend.check()));
    }

    private static Health health(BackendHealth.Result result) {
        return Health.status(result.state().name())
                .withDetails(result.details())
                .build();
    }

    @Bean
    HealthEndpointGroupsPostProcessor otaHealthGroup() {
        return groups -> {
            Map<String, HealthEndpointGroup> all = new LinkedHashMap<>();
            all.put(OtaHealth.GROUP, new Group(groups.getPrimary(), true));
            groups.getNames().forEach(name -> all.put(name, groups.get(name)));
            return HealthEndpointGroups.of(new Group(groups.getPrimary(), false), all);
        };
    }

    /** The primary group without backends, or a group of the backends with the other settings of the primary group. */
    private record Group(HealthEndpointGroup primary, boolean hasBackends) implements HealthEndpointGroup {

        @Override
        public boolean isMember(String name) {
            boolean isBackend = OtaHealth.isBackend(name);
            return hasBackends ? isBackend : !isBackend && primary.isMember(name);
        }

        @Override
        public boolean showComponents(SecurityContext context) {
            return primary.showComponents(context);
        }

        @Override
        public boolean showDetails(SecurityContext context) {
            return primary.showDetails(context);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return primary.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return primary.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return primary.getAdditionalPath();
        }
    }
}
