package io.otabridge.spring;

import io.otabridge.app.OtaConfig;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a bean for each backend, with its name as bean name and qualifier. The default backend is primary. If
 * another bean has the name, the bean of the backend is {@code otaBackend.NAME}, with the same qualifier.
 */
final class BackendBeans implements ImportBeanDefinitionRegistrar {

    /** Precedes the name of a backend if another bean has it. */
    static final String PREFIX = "otaBackend.";

    private final ConfigurationSource source;

    BackendBeans(Environment environment) {
        this.source = new ConfigurationSource(environment);
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        List<String> inMemory = source.inMemory();
        if (!inMemory.isEmpty()) {
            inMemory.forEach(name -> register(registry, name, InMemoryType.get(), name.equals(inMemory.get(0))));
            if (inMemory.size() > 1 && registry instanceof DefaultListableBeanFactory beans) {
                InMemoryCandidates.apply(beans, inMemory);
            }
            return;
        }
        OtaConfig config = source.config(BackendContext.system());
        for (String name : config.backendNames()) {
            register(registry, name, Backend.class, config.defaultBackend().contains(name));
        }
    }

    private static void register(
            BeanDefinitionRegistry registry, String name, Class<? extends Backend> type, boolean isDefault) {
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(type);
        definition.setFactoryBeanName(OtaAutoConfiguration.BRIDGE);
        definition.setFactoryMethodName("backend");
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
        definition.setLazyInit(true);
        definition.setPrimary(isDefault);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        registry.registerBeanDefinition(registry.isBeanNameInUse(name) ? PREFIX + name : name, definition);
    }

    /** Not part of the outer class, because ota-contracts is on the class path of tests only. */
    private static final class InMemoryType {

        static Class<? extends Backend> get() {
            return InMemoryBackend.class;
        }
    }
}
