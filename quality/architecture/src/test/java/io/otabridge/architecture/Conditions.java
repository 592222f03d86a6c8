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

/** What ArchUnit has no words for. */
final class Conditions {

    private Conditions() {}

    /** Parameters and return types, type arguments included, come from these packages. */
    static ArchCondition<JavaMethod> speakOnly(String... packages) {
        return new ArchCondition<>("speak only of " + List.of(packages)) {
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
                                method, method.getFullName() + " speaks of " + type.getName())));
            }
        };
    }

    /** No parameter is of this type. */
    static ArchCondition<JavaMethod> takeNo(Class<?> parameter) {
        return new ArchCondition<>("take no " + parameter.getSimpleName()) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (method.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(parameter))) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " takes a " + parameter.getSimpleName()));
                }
            }
        };
    }

    /**
     * The result is of one of these types, a port of the same kind, or a stream whose elements hold one, each together with
     * what it is for. A bare stream of results would let callers count failures.
     */
    static ArchCondition<JavaMethod> answerWith(Class<?>... answers) {
        return new ArchCondition<>("answer with one of " + names(answers)
                + ", a stream of elements that hold one, or a port" + " of the same kind") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                JavaClass type = method.getRawReturnType();
                boolean isStreamOfIt = type.isEquivalentTo(Stream.class)
                        && method.getReturnType().getAllInvolvedRawTypes().stream()
                                .flatMap(part -> part.getFields().stream())
                                .anyMatch(field -> isOne(field.getRawType(), answers));
                boolean isSameKindOfPort = type.equals(method.getOwner());
                if (!isOne(type, answers) && !isStreamOfIt && !isSameKindOfPort) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " answers with " + type.getName()));
                }
            }
        };
    }

    private static boolean isOne(JavaClass type, Class<?>... answers) {
        return Stream.of(answers).anyMatch(type::isEquivalentTo);
    }

    private static List<String> names(Class<?>... types) {
        return Stream.of(types).map(Class::getSimpleName).toList();
    }

    /** The package says so itself, so that the null checker looks at it. */
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

    /** The package has no more types than that, besides those nested in others. */
    static ArchCondition<JavaClass> beOneOfAtMost(int most) {
        return new ArchCondition<>("be one of at most " + most + " types in the package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                long count = type.getPackage().getClasses().stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(other -> !other.getName().endsWith(".package-info"))
                        .count();
                if (count > most) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getPackageName() + " has " + count + " types, one is " + type.getSimpleName()));
                }
            }
        };
    }

    /** The compiled class holds none of these words, neither in a name nor in a text. */
    static ArchCondition<JavaClass> holdNoText(String... words) {
        return new ArchCondition<>("hold none of the words " + List.of(words)) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String content = bytesOf(type).toLowerCase(Locale.ROOT);
                for (String word : words) {
                    if (content.contains(word)) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " names " + word));
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
