package io.otabridge.app.promotion;

import io.otabridge.app.copy.FirmwareMapping;
import io.otabridge.app.copy.FirmwareMapping.Mapped;
import io.otabridge.app.copy.LocalFailures;
import io.otabridge.app.copy.PackageFiles;
import io.otabridge.app.copy.ProductIds;
import io.otabridge.app.copy.Spool;
import io.otabridge.app.copy.TargetCheck;
import io.otabridge.app.copy.TargetCheck.Verdict;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.batch.ConcurrentLookup;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;

/** Publishes a package of one backend on others. For a single use. */
public final class Promoter {

    private static final String OPERATION = "promote";
    private static final int MAX_CONCURRENCY = 8;

    /** A target with the package to create there. */
    private record Target(Backend backend, Verdict verdict) {}

    private final Backend from;
    private final List<Backend> to;
    private final ProductIds products;
    private final PromotionRequest request;

    private Promoter(Backend from, List<Backend> to, ProductIds products, PromotionRequest request) {
        this.from = from;
        this.to = to;
        this.products = products;
        this.request = request;
    }

    /**
     * Executes a promotion between open backends.
     *
     * @param to the targets of the request, in its order
     * @param products the ids of products on all backends
     * @return a result for each target; the failure of the source if the package cannot be read or downloaded
     */
    public static Either<OtaFailure, PromotionReport> promote(
            Backend from, List<Backend> to, ProductIds products, PromotionRequest request) {
        return new Promoter(from, to, products, request).promote();
    }

    private Either<OtaFailure, PromotionReport> promote() {
        return from.firmware().find(request.firmware()).flatMap(firmware -> {
            Map<Backend, Either<OtaFailure, Target>> targets = onAll(to, backend -> check(firmware, backend));
            List<Target> creatable = targets.values()
                    .flatMap(target -> target)
                    .filter(target -> target.verdict() instanceof Verdict.Creatable)
                    .toList();
            return (creatable.isEmpty() || request.isDryRun()
                            ? Either.<OtaFailure, Map<Backend, PromotionReport.Result>>right(
                                    onAll(creatable, target -> publish(firmware, target, List.empty()))
                                            .mapKeys(Target::backend))
                            : downloadAndPublish(firmware, creatable))
                    .map(results -> new PromotionReport(
                            from.name(),
                            firmware,
                            to.map(backend -> results.get(backend)
                                    .getOrElse(() -> unpublished(
                                            firmware,
                                            backend,
                                            targets.get(backend).get())))));
        });
    }

    /** Applies a function to all items at the same time. */
    private static <I, T> Map<I, T> onAll(List<I> items, Function<I, T> function) {
        if (items.isEmpty()) {
            return HashMap.empty();
        }
        try (Stream<LookupResult<I, T>> results = ConcurrentLookup.stream(
                items, Math.min(items.size(), MAX_CONCURRENCY), item -> Either.right(function.apply(item)))) {
            return HashMap.ofAll(results, LookupResult::id, one -> one.result().get());
        }
    }

    private Either<OtaFailure, Target> check(Firmware firmware, Backend backend) {
        Either<String, Mapped> mapped = new FirmwareMapping(from, backend, products).map(firmware);
        if (mapped.isLeft()) {
            return Either.left(refused(backend, mapped.getLeft()));
        }
        return backend.firmware()
                .list(mapped.get().firmware().coordinates().toFilter())
                .toList()
                .flatMap(listed ->
                        new TargetCheck(from, backend).check(firmware, mapped.get(), listed.map(FirmwareSummary::id)))
                .map(verdict -> new Target(backend, verdict));
    }

    private OtaFailure refused(Backend backend, String reason) {
        return new OtaFailure.Rejected(FailureDetails.of(
                new OperationContext(backend.name(), backend.vendor(), OPERATION),
                Message.of(
                        "Firmware {0} of backend {1} cannot be published on backend {2}: {3}",
                        request.firmware(), from.name(), backend.name(), reason),
                Message.of("Correct the package or the configuration; nothing was changed on this backend")));
    }

    /** Returns the result of a target on which nothing has to be, or can be, created. */
    private PromotionReport.Result unpublished(Firmware source, Backend backend, Either<OtaFailure, Target> target) {
        return new PromotionReport.Result(
                backend.name(),
                target.flatMap(found -> found.verdict() instanceof Verdict.Existing existing
                        ? Either.right(new PublishResult(
                                Option.some(existing.firmware()),
                                true,
                                0,
                                existing.mapped().losses()))
                        : Either.left(refused(
                                backend,
                                found.verdict() instanceof Verdict.Conflict conflict
                                        ? conflict.reason()
                                        : ((Verdict.Refused) found.verdict()).reason()))),
                Option.none(),
                target.map(found -> found.verdict() instanceof Verdict.Existing existing
                                ? reported(source.files(), existing.firmware().files())
                                : source.files())
                        .getOrElse(source.files()));
    }

    private Either<OtaFailure, Map<Backend, PromotionReport.Result>> downloadAndPublish(
            Firmware firmware, List<Target> targets) {
        try {
            Path directory = request.spoolDirectory().isDefined()
                    ? Files.createTempDirectory(request.spoolDirectory().get(), "ota-promote-")
                    : Files.createTempDirectory("ota-promote-");
            Spool spool = new Spool(directory, Long.MAX_VALUE, 1);
            try {
                return new PackageFiles(from, OPERATION, spool)
                        .download(
                                firmware.id(),
                                firmware.files(),
                                List.empty(),
                                file -> request.maxBytes(),
                                request.listener().apply(from.name(), false))
                        .map(files -> onAll(targets, target -> publish(firmware, target, files))
                                .mapKeys(Target::backend));
            } finally {
                spool.deleteAll();
            }
        } catch (IOException failed) {
            return Either.left(LocalFailures.of(from, OPERATION, failed));
        }
    }

    /** @param files the files; empty for a dry run */
    private PromotionReport.Result publish(Firmware source, Target target, List<Artifact> files) {
        Backend backend = target.backend();
        Verdict.Creatable creatable = (Verdict.Creatable) target.verdict();
        Mapped mapped = creatable.mapped();
        Either<OtaFailure, Option<OtaModule>> module = creatable
                .module()
                .map(missing -> create(backend, missing))
                .getOrElse(() -> Either.right(Option.none()));
        Either<OtaFailure, PublishResult> published = module.flatMap(ready -> request.isDryRun()
                ? Either.right(new PublishResult(Option.none(), false, 0, mapped.losses()))
                : backend.firmwareCommands()
                        .publish(mapped.firmware(), files, request.listener().apply(backend.name(), true))
                        .map(result -> new PublishResult(
                                result.firmware(),
                                result.alreadyExisted(),
                                result.bytesSent(),
                                mapped.losses().appendAll(result.warnings()).distinct())));
        return new PromotionReport.Result(
                backend.name(),
                published,
                module.getOrElse(Option.none()),
                files.isEmpty() ? source.files() : files.map(Artifact::toFile));
    }

    /** The target may report a SHA-256 that the source does not. */
    private static List<FirmwareFile> reported(List<FirmwareFile> source, List<FirmwareFile> stored) {
        return source.size() != stored.size()
                ? source
                : source.zipWith(
                        stored,
                        (mine, theirs) -> new FirmwareFile(
                                mine.name(),
                                mine.size().orElse(theirs.size()),
                                mine.checksums().appendAll(theirs.checksums()).distinct(),
                                mine.location()));
    }

    private Either<OtaFailure, Option<OtaModule>> create(Backend backend, NewModule missing) {
        ModuleCommandPort commands =
                request.isDryRun() ? backend.moduleCommands().dryRun() : backend.moduleCommands();
        return commands.create(missing).map(CreateResult::value).map(Option::some);
    }
}
