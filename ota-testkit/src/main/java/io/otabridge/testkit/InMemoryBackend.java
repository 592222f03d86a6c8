package io.otabridge.testkit;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/** A backend without a vendor, for tests of applications and as the plainest example of an adapter. Safe for many threads. */
public final class InMemoryBackend implements Backend {

    /** The vendor name it answers with. */
    public static final Vendor VENDOR = Vendor.of("memory");

    private static final int PAGE = 2;

    private final String name;
    private final Map<FirmwareId, Firmware> firmware = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<OtaModule> modules = new CopyOnWriteArrayList<>();
    private volatile Option<Function<Origin, OtaFailure>> trouble = Option.none();

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
        modules.add(added);
        return this;
    }

    /** From now on every call answers this failure. */
    public void failWith(Function<Origin, OtaFailure> failure) {
        trouble = Option.some(failure);
    }

    /** From now on calls are answered again. */
    public void recover() {
        trouble = Option.none();
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

    @Override
    public FirmwareQueryPort firmware() {
        return new FirmwareQueryPort() {
            @Override
            public Either<OtaFailure, Firmware> find(FirmwareId id) {
                return answer("FindFirmware", Option.of(firmware.get(id)), "firmware " + id);
            }

            /** In the order of their ids, two a page, so that a walk has pages to turn. */
            @Override
            public Either<OtaFailure, Page<FirmwareSummary>> list(FirmwareFilter filter, PageToken from) {
                List<FirmwareSummary> matching = List.ofAll(firmware.values())
                        .map(FirmwareSummary::of)
                        .filter(filter::matches)
                        .sortBy(summary -> summary.id().value());
                return pageOf("ListFirmware", matching, from);
            }
        };
    }

    @Override
    public ModuleQueryPort modules() {
        return new ModuleQueryPort() {
            @Override
            public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
                return answer(
                        "FindModule",
                        Option.ofOptional(modules.stream().filter(matches(ref)).findFirst()),
                        ref.toString());
            }

            /** In the order of adding, two a page, so that a walk has pages to turn. */
            @Override
            public Either<OtaFailure, Page<OtaModule>> list(ProductId product, PageToken from) {
                List<OtaModule> ofProduct = List.ofAll(modules)
                        .filter(module -> module.product().id().equals(product));
                return pageOf("ListModules", ofProduct, from);
            }
        };
    }

    private <T> Either<OtaFailure, Page<T>> pageOf(String operation, List<T> all, PageToken from) {
        if (!from.value().matches("[0-9]{0,6}")) {
            return Either.left(new OtaFailure.Rejected(FailureDetails.of(
                    new Origin(name, VENDOR, operation),
                    "\"" + from + "\" is no place in this list of backend " + name,
                    "Use a token of this list, or begin with the first page")));
        }
        int start = from.equals(PageToken.FIRST) ? 0 : Integer.parseInt(from.value());
        int end = start + PAGE;
        List<T> items = all.slice(start, end);
        Page<T> page = end < all.size() ? Page.before(new PageToken(String.valueOf(end)), items) : Page.last(items);
        return answer(operation, Option.some(page), operation);
    }

    private <T> Either<OtaFailure, T> answer(String operation, Option<T> found, String subject) {
        Origin origin = new Origin(name, VENDOR, operation);
        Option<Function<Origin, OtaFailure>> failing = trouble;
        if (failing.isDefined()) {
            return Either.left(failing.get().apply(origin));
        }
        return found.toEither(() -> new OtaFailure.NotFound(FailureDetails.of(
                origin, "Backend " + name + " has no " + subject, "Add it to the backend, or ask for another")));
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
