package io.otabridge.spring;

import io.otabridge.domain.spi.BackendProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
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
 * named {@code wire} or have names that end with {@code Dto}, the requests for temporary credentials, and the properties
 * of a configuration file on the class path.
 */
final class OtaRuntimeHints implements RuntimeHintsRegistrar {

    private static final String CREDENTIAL_ENDPOINTS = "classpath*:io/otabridge/client/credentials/*$Api.class";

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
            Set<String> patterns = new LinkedHashSet<>(List.of(CREDENTIAL_ENDPOINTS));
            for (BackendProvider provider : ServiceLoader.load(BackendProvider.class, loader)) {
                String adapter = provider.getClass().getPackageName().replace('.', '/');
                patterns.add("classpath*:" + adapter + "/wire/*.class");
                patterns.add("classpath*:" + adapter + "/**/*Dto.class");
            }
            for (String pattern : patterns) {
                for (Resource file : files.getResources(pattern)) {
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
