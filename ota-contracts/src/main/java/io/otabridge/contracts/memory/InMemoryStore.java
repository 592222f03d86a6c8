package io.otabridge.contracts.memory;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.VendorPage;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The data of an in-memory backend, and the failures that a test has set. Safe for use by multiple threads. */
final class InMemoryStore {

    static final int PAGE_SIZE = 2;

    private static final StringConstraint NUMBER =
            StringConstraint.matching("place in a list", "[0-9]{1,18}", "a number");

    /** The number of entries before the page, and the key of the last of them. */
    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,9}):(.*)");

    final Map<FirmwareId, Firmware> firmware = new ConcurrentHashMap<>();

    /** Modules by sequence number, in the order of lists. */
    final ConcurrentSkipListMap<Long, OtaModule> modules = new ConcurrentSkipListMap<>();

    final ObjectStorage objects = new ObjectStorage();
    final InMemoryJobs jobs = new InMemoryJobs(this);
    final Map<String, UnfinishedUpload> uploads = new ConcurrentHashMap<>();
    final AtomicInteger listsToCut = new AtomicInteger();
    final AtomicInteger cutDownloadsAt = new AtomicInteger(Integer.MAX_VALUE);
    final AtomicInteger changes = new AtomicInteger();
    final AtomicBoolean losesNextResponse = new AtomicBoolean();
    final AtomicBoolean dropsNextChange = new AtomicBoolean();
    final AtomicReference<@Nullable Runnable> beforeNextDeletion = new AtomicReference<>();
    final AtomicReference<@Nullable Runnable> beforeNextCancellation = new AtomicReference<>();

    volatile Capabilities capabilities = Capabilities.all();
    volatile int maxPackages = Integer.MAX_VALUE;
    volatile int maxJobDevices = Integer.MAX_VALUE;
    volatile Option<Function<OperationContext, OtaFailure>> failure = Option.none();
    volatile Option<Function<OperationContext, OtaFailure>> failureOnChanges = Option.none();

    private final String name;
    private final AtomicLong lastModule = new AtomicLong();
    private final AtomicLong lastNumber = new AtomicLong();
    private final AtomicReference<Instant> lastTime = new AtomicReference<>(Instant.EPOCH);

    InMemoryStore(String name) {
        this.name = name;
    }

    void add(OtaModule module) {
        modules.put(lastModule.incrementAndGet(), module);
    }

    /** Parses the key of a list that is ordered by number. */
    static Either<?, Long> number(String text) {
        return NUMBER.check(text).map(Long::valueOf);
    }

    /** Returns a number for the id of a new item. */
    long nextNumber() {
        return lastNumber.incrementAndGet();
    }

    /** Returns the time, later than that of every earlier call, so that items created in sequence have an order. */
    VendorTimestamp nextTime() {
        Instant now = Instant.now();
        Instant next = lastTime.updateAndGet(last -> now.isAfter(last) ? now : last.plusNanos(1));
        return VendorTimestamp.of(next.toString(), next);
    }

    /** Returns whether a package refers to this object. */
    boolean isUsed(FirmwareFile file) {
        return firmware.values().stream()
                .flatMap(existing -> existing.files().toJavaStream())
                .anyMatch(other -> ObjectStorage.location(other).isDefined()
                        && ObjectStorage.location(other).equals(ObjectStorage.location(file)));
    }

    OperationContext origin(String operation) {
        return new OperationContext(name, InMemoryBackend.VENDOR, operation);
    }

    OtaFailure unsupported(Capability missing) {
        return capabilities.unsupported(origin(missing.code()), missing);
    }

    OtaFailure rejected(String operation, String advice, String summary, Object... arguments) {
        return new OtaFailure.Rejected(
                FailureDetails.of(origin(operation), Message.of(summary, arguments), Message.of(advice)));
    }

    OtaFailure absent(String operation, String subject) {
        return new OtaFailure.NotFound(FailureDetails.of(
                origin(operation),
                Message.of("Backend {0} has no {1}", name, subject),
                Message.of("Add it to the backend, or look up another one")));
    }

    <T> Either<OtaFailure, T> read(Capability needed, String operation, Supplier<Either<OtaFailure, T>> read) {
        return this.<T>unsupportedOr(needed)
                .orElse(() -> failureOf(operation, failure))
                .getOrElse(read);
    }

    /** Executes one change at a time. Failures of changes do not affect dry runs. */
    <T> Either<OtaFailure, T> change(
            boolean isDry, Capability needed, String operation, Supplier<Either<OtaFailure, T>> change) {
        synchronized (modules) {
            if (isDry) {
                return read(needed, operation, change);
            }
            changes.incrementAndGet();
            return this.<T>unsupportedOr(needed)
                    .orElse(() -> failureOf(operation, failure.orElse(failureOnChanges)))
                    .orElse(() ->
                            Option.when(dropsNextChange.getAndSet(false), () -> Either.left(lostResponse(operation))))
                    .getOrElse(() -> losesNextResponse.getAndSet(false)
                            ? change.get().flatMap(done -> Either.left(lostResponse(operation)))
                            : change.get());
        }
    }

    <T> Either<OtaFailure, T> deletion(
            boolean isDry, Capability needed, String operation, Supplier<Either<OtaFailure, T>> deletion) {
        if (!isDry) {
            Option.of(beforeNextDeletion.getAndSet(null)).forEach(Runnable::run);
        }
        return change(isDry, needed, operation, deletion);
    }

    /** Returns the failure of a change that does not lose its response. */
    Option<OtaFailure> failureOfChange(String operation) {
        changes.incrementAndGet();
        return this.<Object>failureOf(operation, failure.orElse(failureOnChanges))
                .map(Either::getLeft);
    }

    /**
     * Returns a page of two entries. The next page begins after the key of the last entry, so that additions and
     * deletions in between do no harm.
     */
    <K, T> Either<OtaFailure, VendorPage<T>> pageOf(
            Capability needed,
            String operation,
            NavigableMap<K, T> all,
            PageToken from,
            Function<String, Either<?, K>> keyOf) {
        Matcher token = TOKEN.matcher(from.equals(PageToken.FIRST) ? "0:" : from.value());
        Option<K> after = token.matches() && !token.group(2).isEmpty()
                ? keyOf.apply(token.group(2)).toOption()
                : Option.none();
        return read(
                needed,
                operation,
                () -> !token.matches() || (after.isEmpty() && !token.group(2).isEmpty())
                        ? Either.left(rejected(
                                operation,
                                "Use a page token of this list, or start with the first page",
                                "\"{0}\" is not a page token of this list of backend {1}",
                                from,
                                name))
                        : Either.right(page(all, Long.parseLong(token.group(1)), after)));
    }

    private <K, T> VendorPage<T> page(NavigableMap<K, T> all, long before, Option<K> after) {
        NavigableMap<K, T> rest = after.map(key -> all.tailMap(key, false)).getOrElse(all);
        List<K> keys = List.ofAll(rest.keySet()).take(PAGE_SIZE);
        List<T> entries = keys.map(rest::get);
        boolean isLast = keys.size() == rest.size();
        if (isLast && entries.nonEmpty() && listsToCut.getAndUpdate(remaining -> Math.max(0, remaining - 1)) > 0) {
            entries = entries.init();
        }
        long received = before + entries.size();
        Option<PageToken> next = Option.when(!isLast, () -> new PageToken(received + ":" + keys.last()));
        return new VendorPage<>(entries, next, received, Option.some((long) all.size()));
    }

    private <T> Option<Either<OtaFailure, T>> unsupportedOr(Capability needed) {
        return Option.when(!capabilities.has(needed), () -> Either.left(unsupported(needed)));
    }

    private <T> Option<Either<OtaFailure, T>> failureOf(
            String operation, Option<Function<OperationContext, OtaFailure>> failure) {
        Option<OtaFailure> found = Thread.currentThread().isInterrupted()
                ? Option.some(cancelled(operation))
                : failure.map(function -> function.apply(origin(operation)));
        return found.map(Either::left);
    }

    private OtaFailure cancelled(String operation) {
        return new OtaFailure.Cancelled(FailureDetails.of(
                origin(operation),
                Message.of("The call to backend {0} was interrupted", name),
                Message.of("Retry the call if the interrupt was not meant for it")));
    }

    private OtaFailure lostResponse(String operation) {
        return new OtaFailure.OutcomeUnknown(
                FailureDetails.of(
                                origin(operation),
                                Message.of("The response of backend {0} was lost", name),
                                Message.of("The change may have been made. Retry the command"))
                        .withRetry(Option.none()),
                Option.none());
    }
}
