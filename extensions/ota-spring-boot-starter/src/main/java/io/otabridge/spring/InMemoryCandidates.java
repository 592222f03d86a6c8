package io.otabridge.spring;

import io.otabridge.contracts.memory.InMemoryBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
import org.springframework.core.MethodParameter;

/**
 * Injects the one of several backends in memory that has the name of the field or parameter. Otherwise all of them would be
 * the default backend, because it is primary. Does not apply to the type {@code Backend}, for which tests and application
 * get the same bean.
 */
final class InMemoryCandidates extends ContextAnnotationAutowireCandidateResolver {

    private final List<String> backends;

    private InMemoryCandidates(List<String> backends) {
        this.backends = backends;
    }

    static void apply(DefaultListableBeanFactory beans, List<String> backends) {
        InMemoryCandidates candidates = new InMemoryCandidates(backends);
        candidates.setBeanFactory(beans);
        beans.setAutowireCandidateResolver(candidates);
    }

    @Override
    public boolean isAutowireCandidate(BeanDefinitionHolder bean, DependencyDescriptor dependency) {
        if (!super.isAutowireCandidate(bean, dependency)) {
            return false;
        }
        String backend = backendOf(bean.getBeanName());
        if (declaredType(dependency) != InMemoryBackend.class
                || !backends.contains(backend)
                || hasQualifier(dependency)) {
            return true;
        }
        @Nullable String name = dependency.getDependencyName();
        if (name == null || !backends.contains(name)) {
            throw new NoUniqueBeanDefinitionException(
                    InMemoryBackend.class,
                    backends.size(),
                    "there are several backends in memory: " + String.join(", ", backends)
                            + ". Name the field or parameter after one of them, or add @Qualifier(\"" + backends.get(0) + "\")");
        }
        return backend.equals(name);
    }

    private static String backendOf(String bean) {
        return bean.startsWith(BackendBeans.PREFIX) ? bean.substring(BackendBeans.PREFIX.length()) : bean;
    }

    /** Returns the type of the field or parameter itself, not of the elements of a collection. */
    private static @Nullable Class<?> declaredType(DependencyDescriptor dependency) {
        if (dependency.getField() != null) {
            return dependency.getField().getType();
        }
        @Nullable MethodParameter parameter = dependency.getMethodParameter();
        return parameter == null ? null : parameter.getParameterType();
    }
}
