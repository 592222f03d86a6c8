package io.otabridge.jackson;

import io.otabridge.app.ProductAliases;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.Message;
import io.otabridge.domain.Reported;
import io.otabridge.domain.artifact.SignedLink;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Creates a value of any type in two variants, which differ in everything. */
final class Samples {

    private Samples() {}

    /** Creates a record whose component at an index is of the second variant, and the others of the first. */
    static Object record(Class<?> type, int different) {
        return record(type, index -> index == different ? 1 : 0);
    }

    private static Object record(Class<?> type, IntUnaryOperator variants) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = IntStream.range(0, components.length)
                .mapToObj(i -> of(components[i].getGenericType(), variants.applyAsInt(i)))
                .toArray();
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(parameters).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no sample of " + type, e);
        }
    }

    private static Object of(Type type, int variant) {
        if (type instanceof TypeVariable<?> variable) {
            return variable.getBounds()[0] == Object.class ? "text" + variant : Capability.values()[variant];
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Object content = of(arguments[arguments.length - 1], variant);
            Type container = generic.getRawType();
            if (container == Option.class) {
                return Option.some(content);
            }
            if (container == List.class && arguments[0] == FirmwareVersion.class) {
                // A version is not a source version of itself.
                return List.of(FirmwareVersion.of("source0"), FirmwareVersion.of("source" + variant));
            }
            if (container == List.class) {
                return List.of(content);
            }
            if (container == Either.class) {
                return Either.right(content);
            }
            if (container == Reported.class) {
                return new Reported<>(Capability.values()[variant], "text" + variant);
            }
            if (container == Map.class) {
                return LinkedHashMap.of(of(arguments[0], 0), content);
            }
            throw new IllegalStateException("no sample of " + type);
        }
        return of((Class<?>) type, variant);
    }

    private static Object of(Class<?> type, int variant) {
        if (type == String.class || type == Object.class) {
            return "text" + variant;
        }
        if (type == int.class || type == Integer.class) {
            return 10 + variant;
        }
        if (type == long.class || type == Long.class) {
            return 10L + variant;
        }
        if (type == boolean.class || type == Boolean.class) {
            return variant == 1;
        }
        if (type == BigDecimal.class) {
            return BigDecimal.valueOf(10 + variant);
        }
        if (type == Instant.class) {
            return Instant.ofEpochSecond(variant);
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(variant);
        }
        if (type == Message.class) {
            return Message.of("text" + variant);
        }
        if (type == SignedLink.class) {
            return SignedLink.of("https://store.example/" + variant);
        }
        if (type == UpdateKind.class) {
            return variant == 0 ? UpdateKind.full() : UpdateKind.delta(FirmwareVersion.of("source0"));
        }
        if (type == Path.class) {
            return Path.of("file" + variant);
        }
        if (type == Capabilities.class) {
            return Capabilities.of(Capability.values()[variant]);
        }
        if (type == ProductAliases.class) {
            return null;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[variant];
        }
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses())
                    .max(Comparator.comparing(each -> each.getRecordComponents().length))
                    .map(each -> of(each, variant))
                    .orElseThrow();
        }
        if (!type.isRecord()) {
            throw new IllegalStateException("no sample of " + type);
        }
        return record(type, index -> variant);
    }
}
