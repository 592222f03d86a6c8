package io.otabridge.jackson;

import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The functions that return the JSON of a value, by its type. */
final class JsonTypes {

    private final Map<Class<?>, Function<Object, @Nullable Object>> functions = new LinkedHashMap<>();

    <T> void describe(Class<T> type, Function<? super T, @Nullable Object> json) {
        functions.put(type, value -> json.apply(type.cast(value)));
    }

    void forEach(BiConsumer<Class<?>, Function<Object, @Nullable Object>> consumer) {
        functions.forEach(consumer);
    }

    Function<Object, @Nullable Object> function(Class<?> type) {
        return Objects.requireNonNull(functions.get(type));
    }

    /** Returns the code of a constant, such as {@code awaiting-retry}. */
    static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Creates an object from keys and values in turn. The content of an {@code Option} is its value, or null. */
    static Map<String, @Nullable Object> object(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            object.put(
                    String.valueOf(keysAndValues[i]), value instanceof Option<?> option ? option.getOrNull() : value);
        }
        return object;
    }
}
