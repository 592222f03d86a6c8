package io.otabridge.contracts.memory;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
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
import io.otabridge.domain.firmware.FirmwareFinder;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.product.DeviceGroupQueryPort;
import io.otabridge.domain.product.ProductQueryPort;
import io.otabridge.domain.product.ProductSummary;
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

/**
 * A backend that keeps its data in memory, for tests of applications and as a minimal example of an adapter. Safe for
 * use by multiple threads.
 */
public final class InMemoryBackend implements Backend {

    /** The vendor of this backend. */
    public static final Vendor VENDOR = Vendor.of("memory");

    private static final int PAGE_SIZE = 2;
    private static final String UPDATE_MODULE = "UpdateModule";
    private static final String LIST_FIRMWARE = "ListFirmware";
    private static final String LIST_MODULES = "ListModules";
    private static final String LIST_PRODUCTS = "ListProducts";
    private static final String LIST_DEVICE_GROUPS = "ListDeviceGroups";
    private static final String PACKAGES = "firmware packages";
    private static final String MODULES = "modules";

    /** The number of entries before the page, and the key of the last of them. */
    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,9}):(.*)");

    private static final StringConstraint NUMBER =
            StringConstraint.matching("place in a list", "[0-9]{1,18}", "a number");

    private final String name;
    private final Map<FirmwareId, Firmware> firmware = new ConcurrentHashMap<>();

    /** Modules by sequence number, in the order of lists. */
    private final ConcurrentSkipListMap<Long, OtaModule> modules = new ConcurrentSkipListMap<>();

    private final Map<ProductId, ProductSummary> products = new ConcurrentHashMap<>();
    private final Map<DeviceGroupId, DeviceGroup> deviceGroups = new ConcurrentHashMap<>();
    private final AtomicLong lastAdded = new AtomicLong();
    private final AtomicInteger listsToCut = new AtomicInteger();
    private final AtomicLong lastModule = new AtomicLong();
    private final AtomicBoolean losesNextResponse = new AtomicBoolean();
    private final AtomicReference<@Nullable Runnable> beforeNextDeletion = new AtomicReference<>();
    private volatile Option<Function<OperationContext, OtaFailure>> failure = Option.none();
    private volatile Option<Function<OperationContext, OtaFailure>> failureOnChanges = Option.none();

    private volatile Diagnosis diagnosis = Diagnosis.skipped();
    private volatile Duration clockOffset = Duration.ZERO;

    private InMemoryBackend(String name) {
        this.name = name;
    }

    /** Returns an empty backend with this name. */
    public static InMemoryBackend named(String name) {
        return new InMemoryBackend(name);
    }

    /** Adds a firmware package, or replaces the one with the same id. */
    public InMemoryBackend add(Firmware added) {
        firmware.put(added.id(), added);
        return this;
    }

    /** Adds a module. */
    public InMemoryBackend add(OtaModule added) {
        modules.put(lastAdded.incrementAndGet(), added);
        return this;
    }

    /** Adds a product, or replaces the one with the same id. Modules and packages do not need their product. */
    public InMemoryBackend add(ProductSummary added) {
        products.put(added.product().id(), added);
        return this;
    }

    /** Adds a device group, or replaces the one with the same id. */
    public InMemoryBackend add(DeviceGroup added) {
        deviceGroups.put(added.id(), added);
        return this;
    }

    /** Makes every call return this failure from now on. */
    public void failWith(Function<OperationContext, OtaFailure> failure) {
        this.failure = Option.some(failure);
    }

    /** Makes every call that creates, updates or deletes something return this failure from now on. */
    public void failChangesWith(Function<OperationContext, OtaFailure> failure) {
        failureOnChanges = Option.some(failure);
    }

    /** Executes the next change but returns {@link OtaFailure.OutcomeUnknown}, as if the response were lost. */
    public void loseNextResponse() {
        losesNextResponse.set(true);
    }

    /** Runs this action once, before the next deletion. The action may delete the same item. */
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

    /** Omits the last entry from this number of listings. The announced total still counts it. */
    public void cutNextLists(int listings) {
        listsToCut.set(listings);
    }

    /** Sets the result of {@link #diagnose}. By default all checks are skipped. */
    public void setDiagnosis(Diagnosis newDiagnosis) {
        diagnosis = newDiagnosis;
    }

    /** Sets how far the vendor's clock is ahead of the local clock. The default is zero. */
    public void setClockOffset(Duration offset) {
        clockOffset = offset;
    }

    /** Ends all failures that were set. Calls succeed again. */
    public void recover() {
        failure = Option.none();
        failureOnChanges = Option.none();
        losesNextResponse.set(false);
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

    /** Returns this backend. Calls do not block. */
    @Override
    public Backend within(Duration deadline) {
        return this;
    }

    /** Returns all capabilities. */
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
            public OtaFailure unsupported(Capability missing) {
                return capabilities().unsupported(origin(missing.code()), missing);
            }

            @Override
            public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
                return new FirmwareFinder(this, origin(LIST_FIRMWARE)).find(coordinates);
            }

            @Override
            public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
                return new FirmwareFinder(this, origin(LIST_FIRMWARE)).newest(filter, order);
            }

            @Override
            public Either<OtaFailure, Firmware> find(FirmwareId id) {
                return result("FindFirmware", Option.of(firmware.get(id)), "firmware " + id);
            }

            @Override
            public Pages<FirmwareSummary> list(FirmwareFilter filter) {
                return CompleteListPaginator.byMarker(
                        origin(LIST_FIRMWARE), PACKAGES, FirmwareSummary::id, from -> entries(filter, from));
            }

            /** Returns a page in the order of ids. */
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
                return result("FindModule", findModule(ref), ref.toString());
            }

            @Override
            public Pages<OtaModule> list(ProductId product) {
                return CompleteListPaginator.byMarker(
                        origin(LIST_MODULES), MODULES, OtaModule::name, from -> entries(product, from));
            }

            /** Returns a page in the order in which modules were added. */
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

    /** Lists are in the order of ids. */
    @Override
    public ProductQueryPort products() {
        return () -> listById(
                LIST_PRODUCTS,
                "products",
                products,
                ProductId::value,
                found -> found.product().id());
    }

    /** Lists are in the order of ids. */
    @Override
    public DeviceGroupQueryPort deviceGroups() {
        return () -> listById(LIST_DEVICE_GROUPS, "device groups", deviceGroups, DeviceGroupId::value, DeviceGroup::id);
    }

    private <I, T> Pages<T> listById(
            String operation, String entries, Map<I, T> stored, Function<I, String> text, Function<T, I> id) {
        return CompleteListPaginator.byMarker(origin(operation), entries, id, from -> {
            NavigableMap<String, T> sorted = new TreeMap<>();
            stored.forEach((key, value) -> sorted.put(text.apply(key), value));
            return pageOf(operation, sorted, from, Either::right);
        });
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
                boolean exists = isDry ? firmware.containsKey(id) : firmware.remove(id) != null;
                return Either.right(exists ? DeleteResult.DELETED : DeleteResult.NOT_FOUND);
            });
        }

        @Override
        public OtaFailure unsupported(Capability missing) {
            return capabilities().unsupported(origin(missing.code()), missing);
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
                    () -> findModule(module.toRef())
                            .map(found -> existing(module, found))
                            .getOrElse(() -> Either.right(
                                    new CreateResult<>(isDry ? module.toModule() : added(module), false))));
        }

        @Override
        public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
            return change(
                    isDry,
                    UPDATE_MODULE,
                    () -> findModule(ref)
                            .map(found -> isDry ? change.applyTo(found) : changed(found, change))
                            .toEither(() -> absent(UPDATE_MODULE, ref.toString())));
        }

        @Override
        public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
            return deletion(isDry, "DeleteModule", () -> {
                boolean exists =
                        isDry ? findModule(ref).isDefined() : modules.values().removeIf(matches(ref));
                return Either.right(exists ? DeleteResult.DELETED : DeleteResult.NOT_FOUND);
            });
        }

        @Override
        public ModuleCommandPort dryRun() {
            return new ModuleChanges(true);
        }
    }

    private Either<OtaFailure, CreateResult<OtaModule>> existing(NewModule module, OtaModule existing) {
        return module.describes(existing)
                ? Either.right(new CreateResult<>(existing, true))
                : Either.left(new OtaFailure.Rejected(FailureDetails.of(
                        origin("CreateModule"),
                        Message.of(
                                "{1} already exists in backend {0} with another alias or description",
                                name, module.toRef()),
                        Message.of("Update the existing module or choose another name"))));
    }

    private OtaModule changed(OtaModule existing, ModuleUpdate change) {
        OtaModule changed = change.applyTo(existing);
        modules.replaceAll((number, module) -> module.equals(existing) ? changed : module);
        return changed;
    }

    private OtaModule added(NewModule module) {
        OtaModule made = module.toModule().toBuilder()
                .id(ModuleId.of("module-" + lastModule.incrementAndGet()))
                .build();
        add(made);
        return made;
    }

    private Option<OtaModule> findModule(ModuleRef ref) {
        return Option.ofOptional(modules.values().stream().filter(matches(ref)).findFirst());
    }

    private OperationContext origin(String operation) {
        return new OperationContext(name, VENDOR, operation);
    }

    /**
     * Returns a page of two entries. The next page begins after the key of the last entry, so that additions and
     * deletions in between do no harm.
     */
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
                    Message.of("Use a page token of this list, or start with the first page"))));
        }
        NavigableMap<K, T> rest = after.map(key -> all.tailMap(key, false)).getOrElse(all);
        List<K> keys = List.ofAll(rest.keySet()).take(PAGE_SIZE);
        List<T> entries = keys.map(rest::get);
        boolean isLast = keys.size() == rest.size();
        if (isLast && entries.nonEmpty() && listsToCut.getAndUpdate(remaining -> Math.max(0, remaining - 1)) > 0) {
            entries = entries.init();
        }
        long received = Long.parseLong(token.group(1)) + entries.size();
        Option<PageToken> next = Option.when(!isLast, () -> new PageToken(received + ":" + keys.last()));
        return result(
                operation,
                Option.some(new VendorPage<>(entries, next, received, Option.some((long) all.size()))),
                operation);
    }

    private <T> Either<OtaFailure, T> result(String operation, Option<T> found, String subject) {
        return this.<T>failureOf(operation, failure).getOrElse(() -> found.toEither(() -> absent(operation, subject)));
    }

    /** Executes one change at a time. Failures of changes do not affect dry runs. */
    private <T> Either<OtaFailure, T> change(boolean isDry, String operation, Supplier<Either<OtaFailure, T>> change) {
        synchronized (modules) {
            if (isDry) {
                return this.<T>failureOf(operation, failure).getOrElse(change);
            }
            return this.<T>failureOf(operation, failure.orElse(failureOnChanges))
                    .getOrElse(() -> losesNextResponse.getAndSet(false)
                            ? change.get().flatMap(done -> Either.left(lostResponse(operation)))
                            : change.get());
        }
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

    private OtaFailure absent(String operation, String subject) {
        return new OtaFailure.NotFound(FailureDetails.of(
                origin(operation),
                Message.of("Backend {0} has no {1}", name, subject),
                Message.of("Add it to the backend, or look up another one")));
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

    private static Predicate<OtaModule> matches(ModuleRef ref) {
        if (ref instanceof ModuleRef.ById byId) {
            return module -> module.id().contains(byId.id());
        }
        ModuleRef.ByName byName = (ModuleRef.ByName) ref;
        return module ->
                module.product().id().equals(byName.product()) && module.name().equals(byName.name());
    }
}
