package io.otabridge.contracts.memory;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSearch;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.CompleteListIterator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A backend without a vendor, for tests of applications and as the plainest example of an adapter. Safe for many threads. */
public final class InMemoryBackend implements Backend {

    /** The vendor name it answers with. */
    public static final Vendor VENDOR = Vendor.of("memory");

    private static final int PAGE = 2;
    private static final String UPDATE_MODULE = "UpdateModule";
    private static final String LIST_FIRMWARE = "ListFirmware";
    private static final String LIST_MODULES = "ListModules";
    private static final String PACKAGES = "firmware packages";
    private static final String MODULES = "modules";

    /** How many entries came before, and the key of the last of them. */
    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,9}):(.*)");

    private static final StringConstraint NUMBER =
            StringConstraint.matching("place in a list", "[0-9]{1,18}", "a number");

    private final String name;
    private final Map<FirmwareId, Firmware> firmware = new ConcurrentHashMap<>();

    /** By the number of their adding, which is their order in lists. */
    private final ConcurrentSkipListMap<Long, OtaModule> modules = new ConcurrentSkipListMap<>();

    private final AtomicLong lastAdded = new AtomicLong();
    private final AtomicInteger listsToCut = new AtomicInteger();
    private final AtomicLong lastModule = new AtomicLong();
    private final AtomicBoolean losesNextAnswer = new AtomicBoolean();
    private final AtomicReference<@Nullable Runnable> beforeNextDeletion = new AtomicReference<>();
    private volatile Option<Function<OperationContext, OtaFailure>> trouble = Option.none();
    private volatile Option<Function<OperationContext, OtaFailure>> troubleWithChanges = Option.none();

    private volatile Diagnosis diagnosis = Diagnosis.skipped();
    private volatile Duration clockOffset = Duration.ZERO;

    private InMemoryBackend(String name) {
        this.name = name;
    }

    /** An empty backend with this name. */
    public static InMemoryBackend named(String name) {
        return new InMemoryBackend(name);
    }

    /** Keeps a firmware package; one with the same id is replaced. */
    public InMemoryBackend add(Firmware added) {
        firmware.put(added.id(), added);
        return this;
    }

    /** Keeps a module. */
    public InMemoryBackend add(OtaModule added) {
        modules.put(lastAdded.incrementAndGet(), added);
        return this;
    }

    /** From now on every call answers this failure. */
    public void failWith(Function<OperationContext, OtaFailure> failure) {
        trouble = Option.some(failure);
    }

    /** From now on every call that would create, change or delete something answers this failure. */
    public void failChangesWith(Function<OperationContext, OtaFailure> failure) {
        troubleWithChanges = Option.some(failure);
    }

    /** The next change is made, and its result is {@link OtaFailure.OutcomeUnknown}, as when a connection breaks. */
    public void loseNextAnswer() {
        losesNextAnswer.set(true);
    }

    /** Runs the action once, before the next deletion; it may delete the same thing. */
    public void beforeNextDeletion(Runnable action) {
        beforeNextDeletion.set(action);
    }

    private Either<OtaFailure, DeleteResult> deletion(
            boolean isDry, String operation, Supplier<Either<OtaFailure, DeleteResult>> deletion) {
        if (!isDry) {
            Option.of(beforeNextDeletion.getAndSet(null)).forEach(Runnable::run);
        }
        return change(isDry, operation, deletion);
    }

    /** The next listings leave out their last entry, although the announced total counts it. */
    public void cutNextLists(int listings) {
        listsToCut.set(listings);
    }

    /** From now on it is diagnosed like this; at first nobody looks. */
    public void diagnoseAs(Diagnosis told) {
        diagnosis = told;
    }

    /** From now on its time is so far ahead of the context's clock; at first it is not. */
    public void goAheadBy(Duration offset) {
        clockOffset = offset;
    }

    /** From now on calls are answered again. */
    public void recover() {
        trouble = Option.none();
        troubleWithChanges = Option.none();
        losesNextAnswer.set(false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Vendor vendor() {
        return VENDOR;
    }

    @Override
    public String endpoint() {
        return "in this process";
    }

    @Override
    public String authentication() {
        return "none";
    }

    /** This one: it answers at once. */
    @Override
    public Backend within(Duration deadline) {
        return this;
    }

    /** Everything. */
    @Override
    public Capabilities capabilities() {
        return Capabilities.all();
    }

    @Override
    public Diagnosis diagnose() {
        return diagnosis;
    }

    @Override
    public Duration clockOffset() {
        return clockOffset;
    }

    @Override
    public FirmwareQueryPort firmware() {
        return new FirmwareQueryPort() {
            @Override
            public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
                return new FirmwareSearch(this, origin(LIST_FIRMWARE)).find(coordinates);
            }

            @Override
            public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
                return new FirmwareSearch(this, origin(LIST_FIRMWARE)).newest(filter, order);
            }

            @Override
            public Either<OtaFailure, Firmware> find(FirmwareId id) {
                return answer("FindFirmware", Option.of(firmware.get(id)), "firmware " + id);
            }

            @Override
            public Pages<FirmwareSummary> list(FirmwareFilter filter) {
                return CompleteListIterator.byMarker(
                        origin(LIST_FIRMWARE), PACKAGES, FirmwareSummary::id, from -> entries(filter, from));
            }

            /** In the order of their ids. */
            private Either<OtaFailure, VendorPage<FirmwareSummary>> entries(FirmwareFilter filter, PageToken from) {
                NavigableMap<String, FirmwareSummary> matching = new TreeMap<>();
                firmware.values().stream()
                        .map(FirmwareSummary::of)
                        .filter(filter::matches)
                        .forEach(found -> matching.put(found.id().value(), found));
                return pageOf(LIST_FIRMWARE, matching, from, Either::right);
            }
        };
    }

    @Override
    public ModuleQueryPort modules() {
        return new ModuleQueryPort() {
            @Override
            public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
                return answer("FindModule", held(ref), ref.toString());
            }

            @Override
            public Pages<OtaModule> list(ProductId product) {
                return CompleteListIterator.byMarker(
                        origin(LIST_MODULES), MODULES, OtaModule::name, from -> entries(product, from));
            }

            /** In the order of adding. */
            private Either<OtaFailure, VendorPage<OtaModule>> entries(ProductId product, PageToken from) {
                NavigableMap<Long, OtaModule> ofProduct = new TreeMap<>(modules);
                ofProduct.values().removeIf(module -> !module.product().id().equals(product));
                return pageOf(
                        LIST_MODULES,
                        ofProduct,
                        from,
                        text -> NUMBER.check(text).map(Long::valueOf));
            }
        };
    }

    @Override
    public FirmwareCommandPort firmwareCommands() {
        return new FirmwareChanges(false);
    }

    private final class FirmwareChanges implements FirmwareCommandPort {

        private final boolean isDry;

        FirmwareChanges(boolean isDry) {
            this.isDry = isDry;
        }

        @Override
        public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
            return deletion(isDry, "DeleteFirmware", () -> {
                boolean isThere = isDry ? firmware.containsKey(id) : firmware.remove(id) != null;
                return Either.right(isThere ? DeleteResult.DELETED : DeleteResult.ABSENT);
            });
        }

        @Override
        public FirmwareCommandPort dryRun() {
            return new FirmwareChanges(true);
        }
    }

    @Override
    public ModuleCommandPort moduleCommands() {
        return new ModuleChanges(false);
    }

    private final class ModuleChanges implements ModuleCommandPort {

        private final boolean isDry;

        ModuleChanges(boolean isDry) {
            this.isDry = isDry;
        }

        @Override
        public Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
            return change(
                    isDry,
                    "CreateModule",
                    () -> held(module.toRef())
                            .map(there -> existing(module, there))
                            .getOrElse(() -> Either.right(
                                    new CreateResult<>(isDry ? module.toModule() : added(module), false))));
        }

        @Override
        public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
            return change(
                    isDry,
                    UPDATE_MODULE,
                    () -> held(ref)
                            .map(there -> isDry ? change.applyTo(there) : changed(there, change))
                            .toEither(() -> absent(UPDATE_MODULE, ref.toString())));
        }

        @Override
        public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
            return deletion(isDry, "DeleteModule", () -> {
                boolean isThere =
                        isDry ? held(ref).isDefined() : modules.values().removeIf(matches(ref));
                return Either.right(isThere ? DeleteResult.DELETED : DeleteResult.ABSENT);
            });
        }

        @Override
        public ModuleCommandPort dryRun() {
            return new ModuleChanges(true);
        }
    }

    private Either<OtaFailure, CreateResult<OtaModule>> existing(NewModule asked, OtaModule there) {
        return asked.describes(there)
                ? Either.right(new CreateResult<>(there, true))
                : Either.left(new OtaFailure.Rejected(FailureDetails.of(
                        origin("CreateModule"),
                        Message.of(
                                "Backend {0} has {1} already, with another alias or description", name, asked.toRef()),
                        Message.of("Change that module, or choose another name"))));
    }

    private OtaModule changed(OtaModule there, ModuleUpdate change) {
        OtaModule changed = change.applyTo(there);
        modules.replaceAll((number, module) -> module.equals(there) ? changed : module);
        return changed;
    }

    private OtaModule added(NewModule asked) {
        OtaModule made = asked.toModule().toBuilder()
                .id(ModuleId.of("module-" + lastModule.incrementAndGet()))
                .build();
        add(made);
        return made;
    }

    private Option<OtaModule> held(ModuleRef ref) {
        return Option.ofOptional(modules.values().stream().filter(matches(ref)).findFirst());
    }

    private OperationContext origin(String operation) {
        return new OperationContext(name, VENDOR, operation);
    }

    /** Two a page, so that lists have several. The next begins after the last entry's key, whatever is added or deleted. */
    private <K, T> Either<OtaFailure, VendorPage<T>> pageOf(
            String operation, NavigableMap<K, T> all, PageToken from, Function<String, Either<?, K>> keyOf) {
        Matcher token = TOKEN.matcher(from.equals(PageToken.FIRST) ? "0:" : from.value());
        Option<K> after = token.matches() && !token.group(2).isEmpty()
                ? keyOf.apply(token.group(2)).toOption()
                : Option.none();
        if (!token.matches() || (after.isEmpty() && !token.group(2).isEmpty())) {
            return Either.left(new OtaFailure.Rejected(FailureDetails.of(
                    origin(operation),
                    Message.of("\"{0}\" is not a page token of this list of backend {1}", from, name),
                    Message.of("Use a token of this list, or begin with the first page"))));
        }
        NavigableMap<K, T> rest = after.map(key -> all.tailMap(key, false)).getOrElse(all);
        List<K> keys = List.ofAll(rest.keySet()).take(PAGE);
        List<T> entries = keys.map(rest::get);
        boolean isLast = keys.size() == rest.size();
        if (isLast && entries.nonEmpty() && listsToCut.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            entries = entries.init();
        }
        long received = Long.parseLong(token.group(1)) + entries.size();
        Option<PageToken> next = Option.when(!isLast, () -> new PageToken(received + ":" + keys.last()));
        return answer(
                operation,
                Option.some(new VendorPage<>(entries, next, received, Option.some((long) all.size()))),
                operation);
    }

    private <T> Either<OtaFailure, T> answer(String operation, Option<T> found, String subject) {
        return this.<T>inTrouble(operation, trouble).getOrElse(() -> found.toEither(() -> absent(operation, subject)));
    }

    /** One change at a time; a dry run meets no trouble that only changes are in. */
    private <T> Either<OtaFailure, T> change(boolean isDry, String operation, Supplier<Either<OtaFailure, T>> change) {
        synchronized (modules) {
            if (isDry) {
                return this.<T>inTrouble(operation, trouble).getOrElse(change);
            }
            return this.<T>inTrouble(operation, trouble.orElse(troubleWithChanges))
                    .getOrElse(() -> losesNextAnswer.getAndSet(false)
                            ? change.get().flatMap(lost -> Either.left(lostAnswer(operation)))
                            : change.get());
        }
    }

    private <T> Option<Either<OtaFailure, T>> inTrouble(
            String operation, Option<Function<OperationContext, OtaFailure>> failure) {
        Option<OtaFailure> met = Thread.currentThread().isInterrupted()
                ? Option.some(cancelled(operation))
                : failure.map(failing -> failing.apply(origin(operation)));
        return met.map(Either::left);
    }

    private OtaFailure cancelled(String operation) {
        return new OtaFailure.Cancelled(FailureDetails.of(
                origin(operation),
                Message.of("The call to backend {0} was interrupted", name),
                Message.of("Retry the call if the interrupt was not meant for it")));
    }

    private OtaFailure absent(String operation, String subject) {
        return new OtaFailure.NotFound(FailureDetails.of(
                origin(operation),
                Message.of("Backend {0} has no {1}", name, subject),
                Message.of("Add it to the backend, or ask for another")));
    }

    private OtaFailure lostAnswer(String operation) {
        return new OtaFailure.OutcomeUnknown(
                FailureDetails.of(
                                origin(operation),
                                Message.of("The response of backend {0} was lost", name),
                                Message.of("The change may have been made. Repeat the command"))
                        .withRetry(Option.none()),
                Option.none());
    }

    private static Predicate<OtaModule> matches(ModuleRef ref) {
        if (ref instanceof ModuleRef.ById byId) {
            return module -> module.id().contains(byId.id());
        }
        ModuleRef.ByName byName = (ModuleRef.ByName) ref;
        return module ->
                module.product().id().equals(byName.product()) && module.name().equals(byName.name());
    }
}
