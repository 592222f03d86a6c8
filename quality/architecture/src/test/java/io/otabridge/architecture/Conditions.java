package io.otabridge.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Conditions that ArchUnit does not provide. */
final class Conditions {

    private Conditions() {}

    /** Requires parameter and return types, type arguments included, from these packages. */
    static ArchCondition<JavaMethod> useOnlyTypesFrom(String... packages) {
        return new ArchCondition<>("use only types from " + List.of(packages)) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Stream<JavaType> types =
                        Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream());
                types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .filter(type -> !type.isPrimitive())
                        .filter(type -> Stream.of(packages)
                                .noneMatch(allowed -> type.getPackageName().equals(allowed)
                                        || type.getPackageName().startsWith(allowed + ".")))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " uses " + type.getName())));
            }
        };
    }

    /** Requires that no parameter has this type. */
    static ArchCondition<JavaMethod> haveNoParameterOf(Class<?> parameter) {
        return new ArchCondition<>("have no parameter of type " + parameter.getSimpleName()) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (method.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(parameter))) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " has a parameter of type " + parameter.getSimpleName()));
                }
            }
        };
    }

    /**
     * Requires that a method returns one of these types, a port of the same type, or a stream of elements that contain
     * one of these types. A stream of bare results would let callers count failures as results.
     */
    static ArchCondition<JavaMethod> returnOneOf(Class<?>... types) {
        return new ArchCondition<>("return one of " + names(types)
                + ", a stream of elements that contain one, or a port of the same type") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                JavaClass type = method.getRawReturnType();
                boolean isStreamOfOne = type.isEquivalentTo(Stream.class)
                        && method.getReturnType().getAllInvolvedRawTypes().stream()
                                .flatMap(part -> part.getFields().stream())
                                .anyMatch(field -> isOne(field.getRawType(), types));
                boolean isSamePort = type.equals(method.getOwner());
                if (!isOne(type, types) && !isStreamOfOne && !isSamePort) {
                    events.add(
                            SimpleConditionEvent.violated(method, method.getFullName() + " returns " + type.getName()));
                }
            }
        };
    }

    private static boolean isOne(JavaClass type, Class<?>... types) {
        return Stream.of(types).anyMatch(type::isEquivalentTo);
    }

    private static List<String> names(Class<?>... types) {
        return Stream.of(types).map(Class::getSimpleName).toList();
    }

    /** Requires the annotation {@code @NullMarked} on the package, which enables the null checks of the compiler. */
    static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a null-marked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " is in a package without @NullMarked"));
                }
            }
        };
    }

    /** Requires a package with at most this number of top-level types. */
    static ArchCondition<JavaClass> resideInAPackageOfAtMost(int max) {
        return new ArchCondition<>("reside in a package of at most " + max + " types") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                long count = type.getPackage().getClasses().stream()
                        .filter(other -> !other.isArray() && !other.getName().contains("$"))
                        .filter(other -> !other.getName().endsWith(".package-info"))
                        .count();
                if (count > max) {
                    events.add(SimpleConditionEvent.violated(
                            type,
                            type.getPackageName() + " has " + count + " types, for example " + type.getSimpleName()));
                }
            }
        };
    }

    /** Requires that the compiled class contains none of these texts, neither in a name nor in a string. */
    static ArchCondition<JavaClass> notContain(String... texts) {
        return new ArchCondition<>("not contain " + List.of(texts)) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String content = bytesOf(type).toLowerCase(Locale.ROOT);
                for (String text : texts) {
                    if (content.contains(text)) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " contains " + text));
                    }
                }
            }
        };
    }

    private static String bytesOf(JavaClass type) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
