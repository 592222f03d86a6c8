package io.otabridge.app.migration;

import io.otabridge.app.copy.FirmwareMapping;
import io.otabridge.app.copy.FirmwareMapping.Mapped;
import io.otabridge.app.copy.ProductIds;
import io.otabridge.app.copy.TargetCheck;
import io.otabridge.app.copy.TargetCheck.Verdict;
import io.otabridge.app.migration.MigrationPlan.Action;
import io.otabridge.app.migration.MigrationPlan.Excluded;
import io.otabridge.app.migration.MigrationPlan.Planned;
import io.otabridge.app.migration.MigrationReport.Comparison;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.batch.ConcurrentLookup;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.module.NewModule;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/** Computes a plan. Sends only reads and dry runs. For one thread and a single use. */
final class MigrationPlanner {

    /** Source details and target package of a package that may be copied. */
    private record Draft(Firmware source, Mapped mapped) {

        Planned planned(Action action, Option<FirmwareId> copy, Mapped checked) {
            return new Planned(
                    FirmwareSummary.of(source),
                    action,
                    Option.some(checked.firmware()),
                    copy,
                    source.files(),
                    checked.losses(),
                    Comparison.NONE,
                    Option.none());
        }
    }

    /** What two packages on the target must not have in common. */
    private record Identity(
            ProductId product,
            FirmwareTarget target,
            FirmwareVersion version,
            String kind,
            Set<FirmwareVersion> sources) {}

    /** Product, target and version of a package on the target. */
    private record Place(ProductId product, FirmwareTarget target, FirmwareVersion version) {}

    private final Backend from;
    private final Backend to;
    private final MigrationRequest request;
    private final FirmwareMapping mapping;
    private final FirmwareFilter filter;
    private final java.util.List<Planned> planned = new ArrayList<>();
    private final java.util.List<Excluded> excluded = new ArrayList<>();
    private final java.util.Set<FirmwareId> mayExist = new HashSet<>();
    private final java.util.Map<FirmwareId, NewModule> missing = new java.util.HashMap<>();

    /** @throws IllegalArgumentException if the product of the request has no name, or no id on the source */
    MigrationPlanner(Backend from, Backend to, ProductIds products, MigrationRequest request) {
        this.from = from;
        this.to = to;
        this.request = request;
        this.mapping = new FirmwareMapping(from, to, products);
        this.filter = request.product()
                .map(name -> request.filter().product(product(name, products)))
                .getOrElse(request.filter());
    }

    /** A product without a name has no id on the target, so none of its packages could be copied. */
    private ProductId product(String nameOrId, ProductIds products) {
        ProductId id = products.resolve(nameOrId, from.name());
        if (products.name(from.name(), id).isEmpty()) {
            throw new IllegalArgumentException("product \"" + nameOrId + "\" of backend " + from.name()
                    + " has no name in the configuration (products:), so its id on backend " + to.name()
                    + " is unknown");
        }
        return id;
    }

    /** Returns the plan, or the first failure of a backend. */
    Either<OtaFailure, MigrationPlan> plan(LinkedHashMap<FirmwareId, MigrationJournal.Entry> journal) {
        return require(from, Capability.LIST_FIRMWARE, Capability.FIND_FIRMWARE, Capability.DOWNLOAD_FIRMWARE)
                .flatMap(ok ->
                        require(to, Capability.LIST_FIRMWARE, Capability.FIND_FIRMWARE, Capability.PUBLISH_FIRMWARE))
                .flatMap(ok -> from.firmware().list(filter).toList())
                .flatMap(sources -> to.firmware()
                        .list(FirmwareFilter.all())
                        .toList()
                        .flatMap(copies -> plan(oldestFirst(sources), copies, journal)));
    }

    static Either<OtaFailure, Backend> require(Backend backend, Capability... needed) {
        OperationContext origin = Migration.origin(backend);
        return List.of(needed)
                .foldLeft(
                        Either.<OtaFailure, Backend>right(backend),
                        (result, one) -> result.flatMap(ok ->
                                backend.capabilities().require(origin, one).map(has -> backend)));
    }

    /** Packages without a readable time come first, because they may be the oldest. */
    private static List<FirmwareSummary> oldestFirst(List<FirmwareSummary> sources) {
        return sources.sortBy(
                source -> source.created().flatMap(created -> created.instant()).getOrElse(Instant.MIN));
    }

    private Either<OtaFailure, MigrationPlan> plan(
            List<FirmwareSummary> sources,
            List<FirmwareSummary> copies,
            LinkedHashMap<FirmwareId, MigrationJournal.Entry> journal) {
        Map<FirmwareId, FirmwareSummary> existing = copies.toMap(FirmwareSummary::id, copy -> copy);
        List<FirmwareSummary> open = sources.filter(source -> !isInJournal(source, journal.get(source.id()), existing));
        return lookUp(open.map(FirmwareSummary::id), details(open))
                .map(details -> drafts(open, details))
                .flatMap(drafts -> lookUp(
                                drafts.map(draft -> draft.source().id()), checks(drafts, copies.groupBy(this::place)))
                        .map(verdicts -> judged(drafts, verdicts)))
                .map(creatable -> complete(creatable, sources, copies.size()));
    }

    /** Adds a package that an earlier run created, and that is still on the target. */
    private boolean isInJournal(
            FirmwareSummary source, Option<MigrationJournal.Entry> entry, Map<FirmwareId, FirmwareSummary> existing) {
        Option<MigrationJournal.Entry> created =
                entry.filter(one -> one.planned().copy().flatMap(existing::get).exists(copy -> isCopy(source, copy)));
        created.map(one -> created(source, one)).forEach(planned::add);
        return created.isDefined();
    }

    /** The journal may be of another account, or of a run with other products in the configuration. */
    private boolean isCopy(FirmwareSummary source, FirmwareSummary copy) {
        Option<ProductId> product = mapping.product(source).toOption();
        return copy.version().equals(source.version())
                && copy.target().equals(source.target())
                && product.isDefined()
                && product.map(to::canonical)
                        .equals(copy.product().map(Product::id).map(to::canonical));
    }

    private Planned created(FirmwareSummary source, MigrationJournal.Entry entry) {
        Planned recorded = entry.planned();
        boolean isVerified = entry.state() == MigrationState.VERIFIED && isSufficient(recorded.comparison());
        return recorded.onTarget(source, isVerified ? Action.NONE : Action.VERIFY);
    }

    private boolean isSufficient(Comparison comparison) {
        return request.isDeep() ? comparison == Comparison.BYTES : comparison != Comparison.NONE;
    }

    private Function<FirmwareId, Either<OtaFailure, Option<Firmware>>> details(List<FirmwareSummary> listed) {
        Map<FirmwareId, FirmwareSummary> byId = listed.toMap(FirmwareSummary::id, one -> one);
        return id -> {
            Either<OtaFailure, Firmware> found = details(byId.get(id).get());
            return found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound
                    ? Either.right(Option.none())
                    : found.map(Option::some);
        };
    }

    /** Returns the details of a listed package, after checking that they belong to it. */
    private Either<OtaFailure, Firmware> details(FirmwareSummary listed) {
        FirmwareFilter version = FirmwareFilter.all().version(listed.version());
        FirmwareFilter product =
                listed.product().map(of -> version.product(of.id())).getOrElse(version);
        boolean isTargetKnown = !(listed.target() instanceof FirmwareTarget.NotStated
                || listed.target() instanceof FirmwareTarget.Unknown);
        return from.firmware()
                .find(listed.id())
                .flatMap(details -> (isTargetKnown ? product.target(listed.target()) : product)
                        .requireDetails(
                                Migration.origin(from),
                                listed,
                                details,
                                (one, other) -> from.canonical(one).equals(from.canonical(other))));
    }

    private List<Draft> drafts(List<FirmwareSummary> open, Map<FirmwareId, Option<Firmware>> details) {
        java.util.Set<Identity> identities = new HashSet<>();
        return open.flatMap(source -> {
            Either<String, Draft> draft = details.get(source.id())
                    .flatMap(found -> found)
                    .toEither("it was deleted while the plan was made")
                    .flatMap(found -> mapping.map(found).map(mapped -> new Draft(found, mapped)))
                    .filterOrElse(
                            one -> identities.add(identity(one.mapped().firmware())),
                            one -> "another package becomes the same on backend " + to.name()
                                    + ": product, target, version, kind and source versions are equal");
            draft.peekLeft(reason -> excluded.add(new Excluded(source, Excluded.Cause.IMPOSSIBLE, reason)));
            return draft.toOption();
        });
    }

    private Identity identity(NewFirmware firmware) {
        return new Identity(
                to.canonical(firmware.coordinates().product()),
                firmware.coordinates().target(),
                firmware.coordinates().version(),
                to.capabilities().has(Capability.UPDATE_KIND) ? firmware.kind().code() : "",
                firmware.sourceVersions().toSet());
    }

    private Option<Place> place(FirmwareSummary copy) {
        return copy.product()
                .map(Product::id)
                .map(product -> new Place(to.canonical(product), copy.target(), copy.version()));
    }

    private Function<FirmwareId, Either<OtaFailure, Verdict>> checks(
            List<Draft> drafts, Map<Option<Place>, List<FirmwareSummary>> copies) {
        Map<FirmwareId, Draft> byId = drafts.toMap(draft -> draft.source().id(), draft -> draft);
        TargetCheck check = new TargetCheck(from, to);
        return id -> {
            Draft draft = byId.get(id).get();
            FirmwareCoordinates coordinates = draft.mapped().firmware().coordinates();
            Place place = new Place(to.canonical(coordinates.product()), coordinates.target(), coordinates.version());
            List<FirmwareId> candidates =
                    copies.get(Option.some(place)).getOrElse(List.empty()).map(FirmwareSummary::id);
            return check.check(draft.source(), draft.mapped(), candidates);
        };
    }

    private List<Planned> judged(List<Draft> drafts, Map<FirmwareId, Verdict> verdicts) {
        return drafts.flatMap(draft -> {
            Verdict verdict = verdicts.get(draft.source().id()).get();
            if (verdict instanceof Verdict.Creatable creatable) {
                creatable.module().forEach(module -> missing.put(draft.source().id(), module));
                Planned copy = draft.planned(Action.COPY, Option.none(), creatable.mapped());
                if (creatable.mayExist()) {
                    mayExist.add(draft.source().id());
                    return Option.some(copy.withLoss(Planned.MAY_EXIST));
                }
                return Option.some(copy);
            }
            if (verdict instanceof Verdict.Existing same) {
                Planned existing = draft.planned(
                                Action.NONE, Option.some(same.firmware().id()), same.mapped())
                        .withFiles(TargetCheck.asPublished(draft.source().files()));
                Comparison comparison =
                        Comparison.of(existing.files(), same.firmware().files());
                planned.add(existing.compared(
                                comparison, Option.some(same.firmware().verification()))
                        .onTarget(existing.source(), isSufficient(comparison) ? Action.NONE : Action.VERIFY));
            } else {
                FirmwareSummary source = FirmwareSummary.of(draft.source());
                excluded.add(
                        verdict instanceof Verdict.Conflict conflict
                                ? new Excluded(source, Excluded.Cause.CONFLICT, conflict.reason())
                                : new Excluded(
                                        source, Excluded.Cause.IMPOSSIBLE, ((Verdict.Refused) verdict).reason()));
            }
            return Option.none();
        });
    }

    private MigrationPlan complete(List<Planned> possible, List<FirmwareSummary> sources, int existing) {
        // Packages that the target has are counted, so that a repeated run selects no others.
        List<FirmwareId> available = available(sources, possible);
        Set<FirmwareId> newest =
                request.newest().map(available::takeRight).getOrElse(available).toSet();
        List<Planned> chosen =
                possible.filter(one -> newest.contains(one.source().id()));
        possible.removeAll(chosen)
                .forEach(draft -> excluded.add(new Excluded(
                        draft.source(),
                        Excluded.Cause.NOT_SELECTED,
                        "only the newest " + request.newest().get() + " packages are selected")));
        planned.addAll(chosen.asJava());
        Map<FirmwareId, Integer> order =
                HashMap.ofEntries(sources.zipWithIndex().map(indexed -> indexed.map1(FirmwareSummary::id)));
        MigrationPlan plan = new MigrationPlan(
                from.name(),
                to.name(),
                chosen.flatMap(one -> Option.of(missing.get(one.source().id()))).distinct(),
                withOrderNotes(List.ofAll(planned)
                        .sortBy(one -> order.get(one.source().id()).get())),
                List.ofAll(excluded).sortBy(one -> order.get(one.source().id()).get()),
                obstacle(existing, chosen, available),
                request.isDeep(),
                MigrationPlan.MinimumTime.UNKNOWN);
        return plan.withMinimumTime(from, to);
    }

    /**
     * Notes the packages that are created after newer ones, for example because they failed in an earlier run. Vendors
     * list packages by their creation.
     */
    private List<Planned> withOrderNotes(List<Planned> oldestFirst) {
        java.util.Set<List<Object>> present = new HashSet<>();
        return oldestFirst
                .reverse()
                .map(one -> {
                    List<Object> place = List.of(
                            one.source().product().map(Product::id),
                            one.source().target());
                    boolean isNew = one.action() == Action.COPY
                            && !mayExist.contains(one.source().id());
                    boolean isLate = isNew && present.contains(place);
                    if (!isNew) {
                        present.add(place);
                    }
                    return isLate
                            ? one.withLoss("backend " + to.name()
                                    + " has a newer package of it already, so this one becomes the newest by creation")
                            : one;
                })
                .reverse();
    }

    /** The packages that are on the target or can be created there, oldest first. */
    private List<FirmwareId> available(List<FirmwareSummary> sources, List<Planned> possible) {
        Set<FirmwareId> ids =
                possible.appendAll(planned).map(one -> one.source().id()).toSet();
        return sources.map(FirmwareSummary::id).filter(ids::contains);
    }

    private Option<String> obstacle(int existing, List<Planned> chosen, List<FirmwareId> available) {
        // A copy that may be there already is not counted twice: only publishing can tell.
        List<Planned> toCreate =
                chosen.reject(one -> mayExist.contains(one.source().id()));
        int toCopy = toCreate.size();
        return to.capabilities()
                .packageLimit()
                .filter(limit -> toCopy > 0 && existing + toCopy > limit.packages() && !request.ignoresPackageLimit())
                .map(limit -> "backend " + to.name() + " stores at most " + limit.packages() + " packages in the "
                        + limit.scope().description() + ", it has " + existing + ", and " + toCopy
                        + " are to be copied: "
                        + fitting(toCreate.takeRight(Math.max(0, limit.packages() - existing)), available)
                        + "delete packages on backend " + to.name()
                        + ", or ignore the limit if the vendor has increased it");
    }

    /** Returns the advice to select the packages for which the target has space. */
    private static String fitting(List<Planned> newest, List<FirmwareId> available) {
        return newest.headOption()
                .map(oldest ->
                        available.size() - available.indexOf(oldest.source().id()))
                .map(count -> "select the newest " + count + ", or ")
                .getOrElse("");
    }

    /** Looks up all ids at the same time, and returns the first failure. */
    static <T> Either<OtaFailure, Map<FirmwareId, T>> lookUp(
            List<FirmwareId> ids, Function<FirmwareId, Either<OtaFailure, T>> lookUp) {
        java.util.Map<FirmwareId, T> found = new java.util.HashMap<>();
        try (Stream<LookupResult<FirmwareId, T>> results =
                ConcurrentLookup.stream(ids, ConcurrentLookup.DEFAULT_CONCURRENCY, lookUp)) {
            for (Iterator<LookupResult<FirmwareId, T>> each = results.iterator(); each.hasNext(); ) {
                LookupResult<FirmwareId, T> one = each.next();
                if (one.result().isLeft()) {
                    return Either.left(one.result().getLeft());
                }
                found.put(one.id(), one.result().get());
            }
        }
        return Either.right(HashMap.ofAll(found));
    }
}
