package io.otabridge.quota.redis;

import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Calls one backend without pause and compares every result with the vendor's known data. Under faults a call may fail with a
 * retryable failure; any other failure or result is an error.
 */
final class SoakLoad {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int READERS = 12;
    private static final int WRITERS = 4;

    private final Backend backend;
    private final ProductId product;
    private final List<Firmware> expectedFirmware;
    private final List<FirmwareSummary> expectedList;
    private final BooleanSupplier isRunning;
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> outcomes = new ConcurrentSkipListMap<>();
    private final List<Thread> threads = List.range(0, READERS + WRITERS).map(this::thread);
    private final List<AtomicLong> successes = threads.map(thread -> new AtomicLong());

    /**
     * @param direct the account without a proxy; provides the expected data
     * @param backend the account through a fault proxy
     */
    SoakLoad(Backend direct, Backend backend, ProductId product, BooleanSupplier isRunning) {
        this.backend = backend;
        this.product = product;
        this.isRunning = isRunning;
        this.expectedList =
                direct.firmware().list(FirmwareFilter.all()).toList().get();
        this.expectedFirmware =
                expectedList.map(summary -> direct.firmware().find(summary.id()).get());
    }

    void start() {
        threads.forEach(Thread::start);
    }

    void await() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Unexpected results and failures; empty if there are none. */
    List<String> errors() {
        return List.ofAll(errors);
    }

    /** The number of calls by outcome. */
    Map<String, AtomicLong> outcomes() {
        return outcomes;
    }

    /** The number of successful calls of the thread with the fewest. */
    long minSuccesses() {
        return successes.map(AtomicLong::get).min().get();
    }

    private Thread thread(int number) {
        Thread thread = new Thread(() -> work(number), "soak-" + number);
        thread.setUncaughtExceptionHandler((unused, exception) -> errors.add(number + " threw " + exception));
        return thread;
    }

    private void work(int number) {
        Random random = new Random(number);
        ModuleName module = ModuleName.of("soak-" + number);
        while (isRunning.getAsBoolean()) {
            if (number < WRITERS) {
                moduleLifecycle(number, NewModule.named(product, module).alias("round" + random.nextInt(1_000)));
            } else {
                read(number, random);
            }
        }
    }

    private void read(int number, Random random) {
        int which = random.nextInt(20);
        if (which == 0) {
            expect(number, "list", backend.firmware().list(FirmwareFilter.all()).toList(), expectedList);
        } else if (which == 1) {
            Either<OtaFailure, Firmware> result = backend.firmware().find(FirmwareId.of("unknown"));
            if (result.isLeft() && result.getLeft() instanceof OtaFailure.NotFound) {
                count("not found");
                successes.get(number).incrementAndGet();
            } else {
                expect(number, "unknown id", result, null);
            }
        } else {
            Firmware expected = expectedFirmware.get(random.nextInt(expectedFirmware.size()));
            expect(number, "find " + expected.id(), backend.firmware().find(expected.id()), expected);
        }
    }

    /** Creates, reads, updates and deletes a module. Retries each step until it succeeds. */
    private void moduleLifecycle(int number, NewModule module) {
        Option<OtaModule> created = untilSuccess(
                number, () -> backend.moduleCommands().create(module).map(CreateResult::value));
        Option<OtaModule> found = created.flatMap(
                any -> untilSuccess(number, () -> backend.modules().find(module.toRef())));
        found.filter(known -> !known.alias().equals(module.alias()))
                .forEach(known -> errors.add("module created as " + module + " is " + known));
        Option<OtaModule> changed = found.flatMap(known -> untilSuccess(
                number, () -> backend.moduleCommands().update(module.toRef(), ModuleUpdate.alias("changed"))));
        changed.filter(known -> !known.alias().contains("changed"))
                .forEach(known -> errors.add("module updated to alias changed is " + known));
        Option<DeleteResult> deleted =
                untilSuccess(number, () -> backend.moduleCommands().delete(module.toRef()));
        deleted.flatMap(any ->
                        untilSuccess(number, () -> backend.moduleCommands().delete(module.toRef())))
                .filter(again -> again != DeleteResult.NOT_FOUND)
                .forEach(again -> errors.add("module deleted twice: " + module));
    }

    private interface Step<T> {
        Either<OtaFailure, T> call();
    }

    private <T> Option<T> untilSuccess(int number, Step<T> step) {
        while (isRunning.getAsBoolean()) {
            Either<OtaFailure, T> result = step.call();
            if (result.isRight()) {
                count("success");
                successes.get(number).incrementAndGet();
                return result.toOption();
            }
            checkFailure("module lifecycle", true, result.getLeft());
        }
        return Option.none();
    }

    private <T> void expect(int number, String operation, Either<OtaFailure, T> result, T expected) {
        if (result.isLeft()) {
            checkFailure(operation, false, result.getLeft());
        } else if (result.get().equals(expected)) {
            count("success");
            successes.get(number).incrementAndGet();
        } else {
            errors.add(operation + " returned " + result.get());
        }
    }

    /**
     * Counts the failure and waits before the next call, for at least the failure's retry delay.
     *
     * @param mayChange whether the call is a change, whose outcome may be unknown
     */
    private void checkFailure(String operation, boolean mayChange, OtaFailure failure) {
        LockSupport.parkNanos(
                failure.retryAfter().getOrElse(Duration.ZERO).plus(PAUSE).toNanos());
        count(failure.getClass().getSimpleName());
        if (!failure.isRetryable()
                || !(failure instanceof OtaFailure.Unavailable
                        || (mayChange && failure instanceof OtaFailure.OutcomeUnknown)
                        || failure instanceof OtaFailure.DeadlineExceeded
                        || failure instanceof OtaFailure.CircuitOpen
                        || failure instanceof OtaFailure.RateLimited)) {
            errors.add(operation + " failed: " + failure);
        }
    }

    private void count(String outcome) {
        outcomes.computeIfAbsent(outcome, unused -> new AtomicLong()).incrementAndGet();
    }
}
