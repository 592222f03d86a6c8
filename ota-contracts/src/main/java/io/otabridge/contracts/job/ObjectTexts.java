package io.otabridge.contracts.job;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects every text that an object holds, directly or through other objects, by reflection. */
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
        } else if (value instanceof Iterable<?> elements) {
            elements.forEach(this::add);
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                add(Array.get(value, i));
            }
        }
        // Types of the platform are closed to reflection.
        for (Class<?> type = value.getClass(); isOpen(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    add(valueOf(field, value));
                }
            }
        }
    }

    private static boolean isOpen(@Nullable Class<?> type) {
        return type != null && !type.isArray() && !type.getName().startsWith("java.");
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
