package io.otabridge.spring.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Prepares the application context of tests with {@link OtaTest}. */
final class OtaTestCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        @Nullable OtaTest test = TestContextAnnotationUtils.findMergedAnnotation(testClass, OtaTest.class);
        return test == null ? null : new Customizer(List.of(test.value()));
    }

    /** A record, because equal customizers share a cached context. */
    private record Customizer(List<String> backends) implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            String names = backends.isEmpty() ? "*" : String.join(",", backends);
            TestPropertyValues.of("ota.in-memory=" + names).applyTo(context);
            context.getBeanFactory().registerSingleton(NoComponents.class.getName(), new NoComponents());
        }
    }

    /** Excludes everything that component scanning finds. */
    private static final class NoComponents extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory factory) {
            return true;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NoComponents;
        }

        @Override
        public int hashCode() {
            return NoComponents.class.hashCode();
        }
    }
}
