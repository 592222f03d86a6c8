package io.otabridge.contracts.job;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Collects every text that an object holds, directly or through other objects, by reflection. Bytes are read as text
 * too, because the body of a response may be kept as bytes.
 */
public final class ObjectTexts {

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> waiting = new ArrayDeque<>();
    private final List<String> texts = new ArrayList<>();

    private ObjectTexts() {}

    /** Returns the texts in the fields of an object, its elements, and everything that they refer to. */
    public static List<String> of(Object root) {
        ObjectTexts collector = new ObjectTexts();
        collector.add(root);
        while (!collector.waiting.isEmpty()) {
            collector.read(collector.waiting.remove());
        }
        return collector.texts;
    }

    private void add(@Nullable Object value) {
        if (value instanceof CharSequence || value instanceof Number) {
            texts.add(value.toString());
        } else if (value != null && !(value instanceof Class) && !(value instanceof Enum) && seen.add(value)) {
            waiting.add(value);
        }
    }

    private void read(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> {
                add(key);
                add(entry);
            });
        } else if (value instanceof Path) {
            // It contains itself.
            add(value.toString());
        } else if (value instanceof Iterable<?> elements) {
            elements.forEach(this::add);
        } else if (value instanceof byte[] bytes) {
            add(new String(bytes, StandardCharsets.ISO_8859_1));
        } else if (value instanceof char[] characters) {
            add(new String(characters));
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                add(Array.get(value, i));
            }
        } else if (!isOpen(value.getClass())) {
            readPlatformType(value);
        }
        for (Class<?> type = value.getClass(); isOpen(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    add(valueOf(field, value));
                }
            }
        }
        if (value instanceof Throwable thrown) {
            add(thrown.getMessage());
            add(thrown.getCause());
            add(thrown.getSuppressed());
        }
    }

    /** Types of the platform are closed to reflection. */
    private void readPlatformType(Object value) {
        if (value instanceof AtomicReference<?> reference) {
            add(reference.get());
        } else if (value instanceof Reference<?> reference) {
            add(reference.get());
        } else if (value instanceof Optional<?> optional) {
            add(optional.orElse(null));
        } else if (value instanceof Future<?> future) {
            addResult(future);
        } else if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.capacity()];
            buffer.duplicate().clear().get(bytes);
            add(bytes);
        } else {
            // For example the address of a URI.
            add(value.toString());
        }
    }

    private void addResult(Future<?> future) {
        if (future.isDone() && !future.isCancelled()) {
            try {
                add(future.get());
            } catch (ExecutionException e) {
                add(e.getCause());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static boolean isOpen(@Nullable Class<?> type) {
        return type != null
                && !type.isArray()
                && type.getClassLoader() != null
                && type.getClassLoader() != ClassLoader.getPlatformClassLoader();
    }

    private static @Nullable Object valueOf(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
