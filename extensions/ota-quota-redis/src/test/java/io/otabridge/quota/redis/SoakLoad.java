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
 * Asks one backend without a pause, and compares every answer with what the vendor is known to hold. Under faults a call may
 * fail in ways that say "later"; any other failure, and any other answer, is wrong.
 */
final class SoakLoad {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int READERS = 12;
    private static final int WRITERS = 4;

    private final Backend backend;
    private final ProductId product;
    private final List<Firmware> held;
    private final List<FirmwareSummary> listed;
    private final BooleanSupplier goesOn;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> outcomes = new ConcurrentSkipListMap<>();
    private final List<Thread> threads = List.range(0, READERS + WRITERS).map(this::thread);
    private final List<AtomicLong> served = threads.map(thread -> new AtomicLong());

    /**
     * @param well the same account over a good way, which says what it holds
     * @param backend the account over a bad way
     */
    SoakLoad(Backend well, Backend backend, ProductId product, BooleanSupplier goesOn) {
        this.backend = backend;
        this.product = product;
        this.goesOn = goesOn;
        this.listed = well.firmware().list(FirmwareFilter.all()).toList().get();
        this.held = listed.map(summary -> well.firmware().find(summary.id()).get());
    }

    void start() {
        threads.forEach(Thread::start);
    }

    void await() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** What should not have been answered; empty if all is well. */
    List<String> wrong() {
        return List.ofAll(wrong);
    }

    /** How many calls ended in which way. */
    Map<String, AtomicLong> outcomes() {
        return outcomes;
    }

    /** How often the thread that was served least got what it asked for. */
    long leastServed() {
        return served.map(AtomicLong::get).min().get();
    }

    private Thread thread(int number) {
        Thread thread = new Thread(() -> work(number), "soak-" + number);
        thread.setUncaughtExceptionHandler((which, mistake) -> wrong.add(number + " threw " + mistake));
        return thread;
    }

    private void work(int number) {
        Random random = new Random(number);
        ModuleName module = ModuleName.of("soak-" + number);
        while (goesOn.getAsBoolean()) {
            if (number < WRITERS) {
                keep(number, NewModule.named(product, module).alias("round" + random.nextInt(1_000)));
            } else {
                read(number, random);
            }
        }
    }

    private void read(int number, Random random) {
        int which = random.nextInt(20);
        if (which == 0) {
            expect(number, "list", backend.firmware().list(FirmwareFilter.all()).toList(), listed);
        } else if (which == 1) {
            Either<OtaFailure, Firmware> answer = backend.firmware().find(FirmwareId.of("nobody-has-this"));
            if (answer.isLeft() && answer.getLeft() instanceof OtaFailure.NotFound) {
                count("not there");
                served.get(number).incrementAndGet();
            } else {
                expect(number, "unknown id", answer, null);
            }
        } else {
            Firmware asked = held.get(random.nextInt(held.size()));
            expect(number, "find " + asked.id(), backend.firmware().find(asked.id()), asked);
        }
    }

    /** A module's whole life; each step is asked for until it is answered, as a careful application would. */
    private void keep(int number, NewModule module) {
        Option<OtaModule> made =
                insist(number, () -> backend.moduleCommands().create(module).map(CreateResult::value));
        Option<OtaModule> found =
                made.flatMap(any -> insist(number, () -> backend.modules().find(module.toRef())));
        found.filter(known -> !known.alias().equals(module.alias()))
                .forEach(known -> wrong.add("module made as " + module + " is " + known));
        Option<OtaModule> changed = found.flatMap(known ->
                insist(number, () -> backend.moduleCommands().update(module.toRef(), ModuleUpdate.alias("changed"))));
        changed.filter(known -> !known.alias().contains("changed"))
                .forEach(known -> wrong.add("module changed to alias changed is " + known));
        Option<DeleteResult> deleted =
                insist(number, () -> backend.moduleCommands().delete(module.toRef()));
        deleted.flatMap(any -> insist(number, () -> backend.moduleCommands().delete(module.toRef())))
                .filter(again -> again != DeleteResult.ABSENT)
                .forEach(again -> wrong.add("module deleted twice: " + module));
    }

    private interface Step<T> {
        Either<OtaFailure, T> ask();
    }

    private <T> Option<T> insist(int number, Step<T> step) {
        while (goesOn.getAsBoolean()) {
            Either<OtaFailure, T> answer = step.ask();
            if (answer.isRight()) {
                count("answered");
                served.get(number).incrementAndGet();
                return answer.toOption();
            }
            judge("keeping", true, answer.getLeft());
        }
        return Option.none();
    }

    private <T> void expect(int number, String question, Either<OtaFailure, T> answer, T expected) {
        if (answer.isLeft()) {
            judge(question, false, answer.getLeft());
        } else if (answer.get().equals(expected)) {
            count("answered");
            served.get(number).incrementAndGet();
        } else {
            wrong.add(question + " answered " + answer.get());
        }
    }

    /**
     * Waits before the next question, as an application would that is told to come later.
     *
     * @param mayChange whether the call may have changed something, so that its outcome may be unknown
     */
    private void judge(String question, boolean mayChange, OtaFailure failure) {
        LockSupport.parkNanos(
                failure.retryAfter().getOrElse(Duration.ZERO).plus(PAUSE).toNanos());
        count(failure.getClass().getSimpleName());
        if (!failure.isRetryable()
                || !(failure instanceof OtaFailure.Unavailable
                        || (mayChange && failure instanceof OtaFailure.OutcomeUnknown)
                        || failure instanceof OtaFailure.DeadlineExceeded
                        || failure instanceof OtaFailure.CircuitOpen
                        || failure instanceof OtaFailure.RateLimited)) {
            wrong.add(question + " failed: " + failure);
        }
    }

    private void count(String outcome) {
        outcomes.computeIfAbsent(outcome, unused -> new AtomicLong()).incrementAndGet();
    }
}
