package io.otabridge.testkit;

import io.vavr.control.Option;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Watches the tests of a class that implements contracts, and writes down at its end what it has proved. It changes no
 * outcome. {@link BackendContract} brings it along and describes the file.
 */
final class ConformanceReport
        implements BeforeAllCallback,
                BeforeTestExecutionCallback,
                InvocationInterceptor,
                TestWatcher,
                AfterAllCallback {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ConformanceReport.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE).put(Conformance.class, new Conformance(context.getRequiredTestClass()));
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        if (context.getRequiredTestInstance() instanceof BackendContract contract) {
            of(context).forEach(conformance -> conformance.meet(contract));
        }
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        of(context).forEach(conformance -> conformance.expect(context.getUniqueId(), invocationContext.getArguments()));
        invocation.proceed();
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        add(context, Conformance.Outcome.PASSED, Option.none());
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        add(context, Conformance.Outcome.FAILED, reason(cause));
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        add(
                context,
                Conformance.Outcome.SKIPPED,
                reason(cause).map(words -> words.replaceFirst("^Assumption failed: ", "")));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        add(context, Conformance.Outcome.NOT_RUN, Option.ofOptional(reason));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Path directory = Path.of(context.getConfigurationParameter(BackendContract.REPORT_DIRECTORY)
                .orElse("target/ota-conformance"));
        of(context).forEach(conformance -> conformance.write(directory));
    }

    private static void add(ExtensionContext context, Conformance.Outcome outcome, Option<String> reason) {
        of(context)
                .forEach(conformance ->
                        conformance.add(context.getUniqueId(), context.getRequiredTestMethod(), outcome, reason));
    }

    /** A test's own store is closed before its outcome is told, so the parent's is asked. */
    private static Option<Conformance> of(ExtensionContext context) {
        ExtensionContext open =
                context.getTestMethod().isPresent() ? context.getParent().orElse(context) : context;
        return Option.of(open.getStore(NAMESPACE).get(Conformance.class, Conformance.class));
    }

    private static Option<String> reason(@Nullable Throwable cause) {
        return Option.of(cause).map(problem -> {
            @Nullable String message = problem.getMessage();
            return message == null || message.isBlank() ? problem.getClass().getSimpleName() : message;
        });
    }
}
