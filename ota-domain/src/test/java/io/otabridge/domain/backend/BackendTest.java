package io.otabridge.domain.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BackendTest {

    @Test
    void a_forwarding_backend_forwards_every_method() {
        assertThat(Arrays.stream(Backend.class.getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .filter(method -> declaringClass(method) != Backend.Forwarding.class))
                .isEmpty();
    }

    private static Class<?> declaringClass(Method method) {
        try {
            return Backend.Forwarding.class
                    .getMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass();
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
