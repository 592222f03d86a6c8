package io.otabridge.testkit;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.Capability;
import io.otabridge.domain.backend.Backend;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** What a test class has proved of its backend, contract by contract. Safe for many threads. */
final class Conformance {

    private static final int SHOWN = 300;

    private final Class<?> testClass;
    private final List<Class<?>> contracts;
    private final Map<String, String> cases = new HashMap<>();
    private List<Result> results = List.empty();
    private Option<Backend> backend = Option.none();
    private List<String> secrets = List.empty();

    Conformance(Class<?> testClass) {
        this.testClass = testClass;
        Set<Class<?>> found = new LinkedHashSet<>();
        collectContracts(testClass, found);
        this.contracts = List.ofAll(found).sortBy(Class::getSimpleName);
    }

    /** Notes who is under test, the first time. */
    synchronized void meet(BackendContract contract) {
        if (backend.isEmpty()) {
            backend = Option.of(contract.backend());
            secrets = List.ofAll(contract.secrets());
        }
    }

    /** Notes what a parameterised test is about to try. */
    synchronized void expect(String uniqueId, java.util.List<@Nullable Object> arguments) {
        cases.put(uniqueId, List.ofAll(arguments).mkString(", "));
    }

    /** Notes how a test ended, if a contract demands it. */
    synchronized void add(String uniqueId, Method method, Outcome outcome, Option<String> reason) {
        Option<String> tried = Option.of(cases.remove(uniqueId));
        results = results.prependAll(contracts
                .filter(contract -> method.getDeclaringClass().equals(contract))
                .map(contract -> new Result(method, tried, outcome, reason.map(this::shown))));
    }

    synchronized void write(Path directory) {
        try {
            Files.createDirectories(directory);
            DefaultIndenter indent = new DefaultIndenter("  ", "\n");
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(indent)
                    .withArrayIndenter(indent);
            Files.writeString(
                    directory.resolve(testClass.getName() + ".json"),
                    new ObjectMapper().writer(printer).writeValueAsString(toJson()) + "\n");
        } catch (IOException problem) {
            throw new UncheckedIOException("cannot write the conformance report into " + directory, problem);
        }
    }

    private ObjectNode toJson() {
        List<ObjectNode> suites = List.empty();
        List<Result> all = List.empty();
        for (Class<?> contract : contracts) {
            List<Result> ofContract = resultsOf(contract);
            ObjectNode suite = object().put("contract", contract.getSimpleName());
            suite.set("counts", counts(ofContract));
            ArrayNode tests = suite.putArray("tests");
            ofContract.forEach(result -> tests.add(result.toJson()));
            suites = suites.append(suite);
            all = all.appendAll(ofContract);
        }
        ObjectNode report = object().put("format", 1)
                .put("library", BackendContract.class.getPackage().getImplementationVersion())
                .put("testClass", testClass.getName())
                .put("backend", backend.map(Backend::name).getOrNull())
                .put("vendor", backend.map(known -> known.vendor().name()).getOrNull());
        putCapabilities(report);
        report.put("verdict", verdict(all)).set("counts", counts(all));
        report.putArray("suites").addAll(suites.asJava());
        return report;
    }

    private void putCapabilities(ObjectNode report) {
        ArrayNode declared = report.putArray("capabilities");
        ArrayNode missing = report.putArray("missing");
        for (Backend known : backend) {
            for (Capability capability : Capability.values()) {
                if (known.capabilities().has(capability)) {
                    declared.add(capability.word());
                } else {
                    missing.addObject()
                            .put("capability", capability.word())
                            .put(
                                    "alternative",
                                    known.capabilities().alternative(capability).getOrNull());
                }
            }
        }
    }

    private static String verdict(List<Result> all) {
        if (all.exists(result -> result.outcome() == Outcome.FAILED)) {
            return "fails";
        }
        return all.exists(result -> result.outcome() == Outcome.NOT_RUN) ? "incomplete" : "conforms";
    }

    private static ObjectNode counts(List<Result> of) {
        ObjectNode counts = object();
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome.word(), of.count(result -> result.outcome() == outcome));
        }
        return counts;
    }

    /** What became of every test that the contract demands, in an order that does not depend on the run. */
    private List<Result> resultsOf(Class<?> contract) {
        return List.of(contract.getDeclaredMethods())
                .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                .flatMap(demanded -> {
                    Class<?> actual = actual(demanded).getDeclaringClass();
                    List<Result> seen = results.filter(result ->
                            contracts.contains(actual) && result.test().equals(demanded));
                    return seen.nonEmpty()
                            ? seen
                            : List.of(notRun(demanded, actual)).filter(result -> isOwn(contract, actual));
                })
                .sorted(Comparator.comparing((Result result) -> result.test().getName())
                        .thenComparing(result -> result.tried().getOrElse("")));
    }

    private static Result notRun(Method demanded, Class<?> actual) {
        String reason = actual.equals(demanded.getDeclaringClass())
                ? "it was left out of this run"
                : actual.getSimpleName() + " replaces it";
        return new Result(demanded, Option.none(), Outcome.NOT_RUN, Option.some(reason));
    }

    /** Whether no other contract has a test of this name in its place. */
    private boolean isOwn(Class<?> contract, Class<?> actual) {
        return actual.equals(contract) || !contracts.contains(actual);
    }

    private Method actual(Method demanded) {
        try {
            return testClass.getMethod(demanded.getName(), demanded.getParameterTypes());
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("a class has the methods of its interfaces", impossible);
        }
    }

    /** A failed test may quote the very secret that it has found. */
    private String shown(String reason) {
        String safe = secrets.filter(secret -> !secret.isEmpty())
                .foldLeft(reason, (text, secret) -> text.replace(secret, "***"))
                .strip()
                .replaceAll("\\s+", " ");
        return safe.length() > SHOWN ? safe.substring(0, SHOWN) + "…" : safe;
    }

    /** Only this kit's own interfaces demand anything; one of somebody else may add to them, or take their place. */
    private static boolean isContract(Class<?> type) {
        return type.isInterface()
                && BackendContract.class.isAssignableFrom(type)
                && type.getPackage().equals(BackendContract.class.getPackage());
    }

    private static void collectContracts(@Nullable Class<?> type, Set<Class<?>> found) {
        if (type == null) {
            return;
        }
        if (isContract(type)) {
            found.add(type);
        }
        Arrays.stream(type.getInterfaces()).forEach(inherited -> collectContracts(inherited, found));
        collectContracts(type.getSuperclass(), found);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** How a test ended. */
    enum Outcome {
        PASSED,
        FAILED,
        /** The contract itself saw that this cannot be tried with this vendor. */
        SKIPPED,
        /** Somebody left it out. */
        NOT_RUN;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private record Result(Method test, Option<String> tried, Outcome outcome, Option<String> reason) {

        ObjectNode toJson() {
            return object().put("test", test.getName())
                    .put("case", tried.getOrNull())
                    .put("outcome", outcome.word())
                    .put("reason", reason.getOrNull());
        }
    }
}
