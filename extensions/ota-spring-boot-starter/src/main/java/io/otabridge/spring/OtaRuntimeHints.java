package io.otabridge.spring;

import io.otabridge.domain.spi.BackendProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.util.ClassUtils;

/**
 * What a native image needs: the types of requests and responses of the adapters on the class path, which are in packages
 * named {@code wire}, and the properties of a configuration file on the class path.
 */
final class OtaRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        for (Class<?> section : OtaSettings.class.getDeclaredClasses()) {
            hints.reflection().registerType(section, MemberCategory.INVOKE_DECLARED_METHODS);
        }
        hints.resources().registerPattern("ota.yaml");
        ClassLoader loader = classLoader == null ? getClass().getClassLoader() : classLoader;
        try {
            SimpleMetadataReaderFactory metadata = new SimpleMetadataReaderFactory(loader);
            PathMatchingResourcePatternResolver files = new PathMatchingResourcePatternResolver(loader);
            for (BackendProvider provider : ServiceLoader.load(BackendProvider.class, loader)) {
                String adapter = provider.getClass().getPackageName().replace('.', '/');
                for (Resource file : files.getResources("classpath*:" + adapter + "/wire/*.class")) {
                    String name =
                            metadata.getMetadataReader(file).getClassMetadata().getClassName();
                    register(hints, ClassUtils.resolveClassName(name, loader));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void register(RuntimeHints hints, Class<?> type) {
        if (type.isInterface()) {
            hints.proxies().registerJdkProxy(type);
            hints.reflection().registerType(type, MemberCategory.INVOKE_DECLARED_METHODS);
        } else {
            new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), type);
        }
    }
}
