package io.otabridge.contracts.faults;

import io.otabridge.contracts.BackendContract;
import io.otabridge.contracts.DiagnosisContract;
import io.otabridge.contracts.DownloadContract;
import io.otabridge.contracts.FirmwareCommandContract;
import io.otabridge.contracts.FirmwareQueryContract;
import io.otabridge.contracts.FirmwareSearchContract;
import io.otabridge.contracts.ModuleCommandContract;
import io.otabridge.contracts.ModuleQueryContract;
import io.otabridge.contracts.OperationContract;
import io.otabridge.contracts.PublishContract;
import io.otabridge.contracts.ResourceListContract;
import io.otabridge.contracts.job.DeviceContract;
import io.otabridge.contracts.job.JobContract;
import io.otabridge.contracts.job.JobCreationContract;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.VersionComparator;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.product.ProductQueryPort;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Mistakes that adapters make, each with the contract test that must detect it. */
enum PlantedFault {

    // Failures

    THROTTLING_AS_OUTAGE(
            OperationContract.class,
            "returns_the_expected_failure_for",
            failing(OtaFailure.RateLimited.class, OtaFailure.Unavailable::new)),
    NOT_FOUND_AS_REJECTED(
            FirmwareQueryContract.class,
            "returns_not_found_for_unknown_firmware",
            failing(OtaFailure.NotFound.class, OtaFailure.Rejected::new)),
    EXCEPTION_INSTEAD_OF_FAILURE(OperationContract.class, "returns_the_expected_failure_for", failing(failure -> {
        throw new IllegalStateException(failure.summary());
    })),
    SECRET_IN_A_MESSAGE(
            OperationContract.class,
            "returns_the_expected_failure_for",
            (correct, access) -> failing(failure -> failure.withDetails(failure.details()
                            .withVendorError(
                                    failure.vendorCode(),
                                    Option.some("No such token: " + access.secret()),
                                    failure.requestId())))
                    .apply(correct, access)),
    SECRET_IN_ITS_TEXT(
            BackendContract.class, "describes_itself_without_secrets", (correct, access) -> new FaultyBackend(correct) {
                @Override
                public String toString() {
                    return "Backend[token=" + access.secret() + "]";
                }
            }),
    DIAGNOSIS_WITHOUT_FAILURE(
            DiagnosisContract.class,
            "diagnosis_finds_the_failure_and_shows_no_secret",
            (correct, access) -> diagnosed(correct, Finding.ok(Check.SERVICE, "The service responds"))),
    NEVER_RETRYABLE(
            OperationContract.class,
            "returns_the_expected_failure_for",
            failing(failure -> failure.withDetails(plain(failure)))),
    ALWAYS_RETRYABLE(
            OperationContract.class,
            "returns_the_expected_failure_for",
            failing(failure -> failure.withDetails(failure.details().withRetry(Option.none())))),
    NAME_OF_ANOTHER_BACKEND(
            OperationContract.class,
            "returns_the_expected_failure_for",
            failing(failure -> failure.withDetails(FailureDetails.of(
                    new OperationContext("another", failure.details().origin().vendor(), failure.operation()),
                    failure.summary(),
                    failure.advice())))),
    NO_ADVICE(
            ModuleQueryContract.class,
            "returns_not_found_for_an_unknown_module",
            failing(failure ->
                    failure.withDetails(FailureDetails.of(failure.details().origin(), failure.summary(), "")))),
    FAILED_DELETION_OF_A_MODULE_AS_SUCCESS(
            OperationContract.class,
            "returns_the_expected_failure_for",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
                    return Either.right(super.delete(ref).getOrElse(DeleteResult.NOT_FOUND_AFTER_RETRY));
                }
            }),
    DRY_RUN_SUCCEEDS_IN_AN_OUTAGE(
            OperationContract.class,
            "returns_the_expected_failure_for",
            (correct, access) -> predictingSuccess(correct)),

    // Lists

    LOST_PAGE(
            FirmwareQueryContract.class,
            "each_pagination_lists_every_firmware_once",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
                    return super.page(filter, from)
                            .flatMap(page -> page.next()
                                    .filter(next -> from.equals(PageToken.FIRST))
                                    .map(next -> super.page(filter, next)
                                            .map(skipped -> new Page<>(page.items(), skipped.next())))
                                    .getOrElse(Either.right(page)));
                }
            }),
    DOUBLED_PAGE(
            FirmwareQueryContract.class,
            "lists_firmware_page_by_page",
            (correct, access) -> new FaultyBackend(correct) {
                private final AtomicBoolean isDoubled = new AtomicBoolean();

                @Override
                Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
                    return super.page(filter, from)
                            .map(page -> page.next().isDefined() && !isDoubled.getAndSet(true)
                                    ? Page.before(from, page.items())
                                    : page);
                }
            }),
    EMPTY_LIST_IN_PLACE_OF_A_FAILURE(
            OperationContract.class,
            "returns_the_expected_failure_for",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
                    return Either.right(super.page(filter, from).getOrElse(Page.last(List.empty())));
                }
            }),
    PAGE_REQUESTED_TOO_EARLY(
            ModuleQueryContract.class,
            "requests_no_page_that_is_not_consumed",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                <T> Pages<T> list(Function<PageToken, Either<OtaFailure, Page<T>>> pages) {
                    var first = pages.apply(PageToken.FIRST);
                    return super.list(from -> from.equals(PageToken.FIRST) ? first : pages.apply(from));
                }
            }),
    FOREIGN_TOKEN_ACCEPTED(
            FirmwareQueryContract.class,
            "rejects_the_token_of_another_list_of_firmware",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                <T> Pages<T> list(Function<PageToken, Either<OtaFailure, Page<T>>> pages) {
                    return super.list(from -> pages.apply(from).orElse(() -> pages.apply(PageToken.FIRST)));
                }
            }),
    STREAM_OF_MODULES_SILENTLY_TRUNCATED(
            ModuleQueryContract.class,
            "passes_on_earlier_modules_before_the_failure_of_a_later_page",
            (correct, access) -> shortAfterTheFirstPage(correct)),
    INCOMPLETE_LIST_ACCEPTED(
            FirmwareQueryContract.class,
            "fails_if_the_firmware_list_stays_incomplete",
            Host.MEMORY,
            (correct, access) -> withoutFailureInStreams(correct)),
    INCOMPLETE_LIST_NOT_READ_AGAIN(
            FirmwareQueryContract.class,
            "lists_firmware_again_if_the_list_was_incomplete",
            Host.MEMORY,
            (correct, access) -> new FaultyBackend(correct)),
    ONLY_THE_FIRST_PAGE_OF_PRODUCTS(
            ResourceListContract.class,
            "each_pagination_lists_every_entry_once_or_is_unsupported",
            Host.MEMORY,
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                public ProductQueryPort products() {
                    return () ->
                            list(from -> correct().products().list().page(from).map(page -> Page.last(page.items())));
                }
            }),
    UNDECLARED_LIST_OF_DEVICE_GROUPS(
            ResourceListContract.class,
            "each_pagination_lists_every_entry_once_or_is_unsupported",
            Host.MEMORY,
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                public Capabilities capabilities() {
                    return super.capabilities().without(Capability.LIST_DEVICE_GROUPS, "Use the console");
                }
            }),
    FILTER_IGNORED(
            FirmwareQueryContract.class,
            "lists_only_firmware_that_matches_the_filter",
            filtering(filter -> FirmwareFilter.all())),
    VERIFICATION_IGNORED(
            FirmwareSearchContract.class,
            "lists_only_verified_firmware",
            Host.MEMORY,
            filtering(filter -> new FirmwareFilter(filter.product(), filter.target(), filter.version(), false))),

    // Firmware

    FIELDS_SWAPPED(
            FirmwareQueryContract.class,
            "finds_firmware_with_all_its_fields",
            finding(found -> changed(found, found.description(), found.name(), found.kind(), found.files()))),
    HUGE_FILE_TRUNCATED(
            FirmwareQueryContract.class,
            "finds_firmware_despite",
            finding(found -> changed(
                    found,
                    found.name(),
                    found.description(),
                    found.kind(),
                    found.files()
                            .map(file -> new FirmwareFile(
                                    file.name(),
                                    file.size().map(bytes -> (long) bytes.intValue()),
                                    file.checksums(),
                                    file.location()))))),
    REQUIRED_MEMBER_INVENTED(
            OperationContract.class,
            "returns_the_expected_failure_for",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, Firmware> find(FirmwareId id) {
                    return super.find(id)
                            .orElse(() -> Either.right(Firmware.builder(id, FirmwareVersion.of("0"))
                                    .build()));
                }
            }),
    COORDINATES_CASE_INSENSITIVE(
            FirmwareSearchContract.class,
            "returns_not_found_for_coordinates_that_differ_in_one_part",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
                    return coordinates.target() instanceof FirmwareTarget.Module module
                            ? super.find(coordinates)
                                    .orElse(() -> super.find(FirmwareCoordinates.of(
                                            coordinates.product(),
                                            ModuleName.of(module.name().value().toUpperCase(Locale.ROOT)),
                                            coordinates.version())))
                            : super.find(coordinates);
                }
            }),
    FIRST_OF_SEVERAL_RETURNED(
            FirmwareSearchContract.class,
            "names_all_packages_that_have_the_same_coordinates",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
                    return search().first(coordinates.toFilter()).flatMap(first -> find(first.id()));
                }
            }),
    VERSIONS_ORDERED_AS_TEXT(
            FirmwareSearchContract.class,
            "returns_the_newest_by_the_given_version_order",
            newest((filter, order) -> order instanceof FirmwareOrder.ByVersion
                    ? FirmwareOrder.byVersion(VersionComparator.of(Comparator.comparing(FirmwareVersion::value)))
                    : order)),
    INCOMPARABLE_VERSIONS_ORDERED_AS_TEXT(
            FirmwareSearchContract.class,
            "rejects_versions_of_different_formats",
            newest((filter, order) -> order instanceof FirmwareOrder.ByVersion
                    ? FirmwareOrder.byVersion(VersionComparator.of(VersionComparator.FOR_LISTS))
                    : order)),
    ARGUMENT_STORED_IN_A_FIELD(
            FirmwareSearchContract.class,
            "concurrent_callers_each_receive_the_requested_firmware",
            (correct, access) -> new FaultyBackend(correct) {
                private volatile @Nullable FirmwareId stored;

                @Override
                Either<OtaFailure, Firmware> find(FirmwareId id) {
                    stored = id;
                    return super.page(FirmwareFilter.all(), PageToken.FIRST).flatMap(page -> super.find(stored));
                }
            }),
    ABSENT_FIRMWARE_AS_FAILURE(
            FirmwareCommandContract.class,
            "returns_absent_when_the_firmware_does_not_exist",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
                    return super.delete(id)
                            .flatMap(done -> done == DeleteResult.NOT_FOUND
                                    ? Either.left(new OtaFailure.NotFound(FailureDetails.of(
                                            new OperationContext(name(), vendor(), "Delete"), "No", "Stop")))
                                    : Either.right(done));
                }
            }),
    LOST_DELETION_OF_FIRMWARE_AS_ABSENT(
            FirmwareCommandContract.class,
            "deletes_firmware_although_the_response_is_lost",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
                    return super.delete(id)
                            .map(done -> done == DeleteResult.NOT_FOUND_AFTER_RETRY ? DeleteResult.NOT_FOUND : done);
                }
            }),

    // Modules

    CONCURRENT_DELETION_OF_A_MODULE_AS_FAILURE(
            ModuleCommandContract.class,
            "returns_absent_when_another_caller_deletes_the_module_first",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
                    return find(ref).isLeft()
                            ? super.delete(ref)
                            : super.delete(ref)
                                    .filterOrElse(done -> done == DeleteResult.DELETED, gone -> vanished(this));
                }
            }),
    MODULE_NAMES_CASE_INSENSITIVE(
            ModuleQueryContract.class,
            "module_names_are_case_sensitive",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, OtaModule> find(ModuleRef ref) {
                    return super.find(ref).orElse(() -> super.find(inUpperCase(ref)));
                }
            }),
    DELETES_A_NAME_IN_ANOTHER_CASE(
            ModuleCommandContract.class,
            "deletes_no_module_whose_name_differs_in_case",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
                    ModuleRef.ByName byName = (ModuleRef.ByName) ref;
                    return super.delete(ModuleRef.named(
                            byName.product(),
                            ModuleName.of(byName.name().value().toLowerCase(Locale.ROOT))));
                }
            }),
    CREATES_TWICE(
            ModuleCommandContract.class,
            "does_not_create_a_module_twice",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
                    return super.create(module).peek(created -> {
                        if (created.alreadyExisted()) {
                            access.add(module);
                        }
                    });
                }
            }),
    OTHER_DESCRIPTION_ACCEPTED(
            ModuleCommandContract.class,
            "rejects_creation_of_an_existing_module_with_another_description",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
                    return find(module.toRef())
                            .map(there -> new CreateResult<>(there, true))
                            .orElse(() -> super.create(module));
                }
            }),
    LOST_CREATION_AS_SUCCESS(
            ModuleCommandContract.class,
            "creates_one_module_although_the_response_is_lost",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
                    return super.create(module)
                            .orElse(() -> Either.right(new CreateResult<>(module.toModule(), false)));
                }
            }),
    CREATION_RETRIED_IN_AN_OUTAGE(
            ModuleCommandContract.class,
            "does_not_retry_a_creation_in_an_outage",
            (correct, access) -> retryingChanges(correct)),
    ALIAS_LOST_ON_UPDATE(
            ModuleCommandContract.class,
            "updates_the_description_and_keeps_the_alias",
            Host.MEMORY,
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
                    return super.update(
                            ref, new ModuleUpdate(change.alias().orElse(Option.some("lost")), change.description()));
                }
            }),
    UPDATE_CREATES(
            ModuleCommandContract.class,
            "returns_not_found_for_an_update_of_an_unknown_module",
            Host.MEMORY,
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
                    ModuleRef.ByName byName = (ModuleRef.ByName) ref;
                    return super.update(ref, change)
                            .orElse(() -> create(NewModule.named(byName.product(), byName.name()))
                                    .map(CreateResult::value));
                }
            }),

    // Dry runs

    DRY_RUN_CHANGES_SOMETHING(
            ModuleCommandContract.class, "dry_run_changes_nothing", (correct, access) -> new FaultyBackend(correct) {
                @Override
                ModuleCommandPort dryRunOfModules() {
                    return correct.moduleCommands();
                }
            }),
    DRY_RUN_PREDICTS_A_SECOND_MODULE(
            ModuleCommandContract.class,
            "dry_run_predicts_a_creation",
            (correct, access) -> predictingSuccess(correct)),

    // Interrupts

    INTERRUPT_CLEARED(
            OperationContract.class,
            "returns_cancelled_on_an_interrupted_thread",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                <T> Either<OtaFailure, T> call(Supplier<Either<OtaFailure, T>> call) {
                    Either<OtaFailure, T> result = super.call(call);
                    Thread.interrupted();
                    return result;
                }
            }),
    INTERRUPT_AS_OUTAGE(
            OperationContract.class,
            "returns_cancelled_on_an_interrupted_thread",
            failing(OtaFailure.Cancelled.class, OtaFailure.Unavailable::new)),

    // Batches

    FAILURES_OMITTED_FROM_A_BATCH(
            FirmwareQueryContract.class,
            "returns_one_result_for_each_firmware_id",
            batching(PlantedFault::withoutFailures)),
    ONE_FAILURE_FOR_A_BATCH(
            ModuleQueryContract.class,
            "returns_one_failure_for_each_module_reference_in_an_outage",
            batching(PlantedFault::firstAlone)),
    BATCH_REQUESTED_EAGERLY(
            FirmwareQueryContract.class,
            "sends_no_request_for_firmware_that_is_not_consumed",
            batching(PlantedFault::allAtOnce)),

    // Publications

    PUBLISHES_WITHOUT_LOOKING_FIRST("publishes_the_same_firmware_once", TransferFaults::publishingAgain),
    PUBLISHES_AGAIN_AFTER_A_LOST_RESPONSE(
            "a_lost_creation_response_never_makes_two_packages", TransferFaults::publishingAgain),
    OTHER_CONTENT_ACCEPTED("rejects_another_content_for_published_firmware", TransferFaults::returningExistingPackages),
    CHANGED_FILE_PUBLISHED(
            "a_file_that_changes_after_its_digest_was_computed_is_not_published",
            TransferFaults.publishing(TransferFaults::asItIsNow, UnaryOperator.identity())),
    DELTA_PUBLISHED_AS_A_FULL_IMAGE(
            "distinguishes_deltas_from_the_full_image_and_from_each_other",
            TransferFaults.publishing(UnaryOperator.identity(), TransferFaults::asFullImage)),
    DESCRIPTION_LOST(
            "publishes_firmware", TransferFaults.publishing(UnaryOperator.identity(), TransferFaults::withoutTexts)),
    DRY_RUN_PUBLISHES("dry_run_of_a_publication_sends_no_change", TransferFaults::publishingInDryRuns),
    EQUAL_TEXTS_SENT("updates_the_texts_of_firmware_or_returns_unsupported", TransferFaults::updatingTwice),
    USED_FILE_DELETED("keeps_a_file_that_another_package_uses", TransferFaults::deletingUsedFiles),

    // Downloads

    WRONG_DIGEST_ACCEPTED("keeps_nothing_of_a_file_with_a_wrong_digest", TransferFaults::acceptingEveryFile),
    EXISTING_FILE_DELETED_FIRST("keeps_an_existing_file_if_the_download_fails", TransferFaults::deletingTheTargetFirst),
    PART_OF_A_WRONG_FILE_KEPT("keeps_nothing_of_a_file_with_a_wrong_digest", TransferFaults::keepingParts),
    NEVER_RESUMED("continues_an_interrupted_download", TransferFaults::deletingParts),
    EXPECTED_DIGEST_IGNORED(
            "verifies_the_expected_digest",
            TransferFaults.downloading(download -> new Download(
                    download.target(),
                    download.fileName(),
                    Option.none(),
                    false,
                    download.maxBytes(),
                    download.listener()))),
    REQUIRED_DIGEST_IGNORED(
            "requires_a_digest_only_on_request",
            TransferFaults.downloading(download -> new Download(
                    download.target(),
                    download.fileName(),
                    download.expected(),
                    false,
                    download.maxBytes(),
                    download.listener()))),
    SIZE_LIMIT_IGNORED(
            "rejects_a_file_that_is_larger_than_the_limit",
            TransferFaults.downloading(download -> download.maxBytes(Download.DEFAULT_MAX_BYTES))),
    FILE_NAME_IGNORED(
            "returns_not_found_for_a_missing_package_or_file",
            TransferFaults.downloading(download -> Download.to(download.target()))),

    // Capabilities

    HIDES_DOWNLOADS(
            BackendContract.class,
            "an_operation_without_its_capability_is_unsupported_and_sends_nothing",
            Host.MEMORY,
            declaring(Capabilities.all().without(Capability.DOWNLOAD_FIRMWARE, "Use the console"))),
    DECLARES_MODULE_IDS(
            ModuleQueryContract.class, "finds_a_module_by_id_or_returns_unsupported", declaring(Capabilities.all())),
    HIDES_CONTENT_IN_LISTS(
            FirmwareSearchContract.class,
            "lists_have_size_and_checksums_if_the_capabilities_declare_them",
            declaring(Capabilities.all().without(Capability.CONTENT_IN_LISTS, "Look up each package"))),
    SENDS_WHAT_IT_DOES_NOT_DECLARE(
            ModuleQueryContract.class,
            "finds_a_module_by_id_or_returns_unsupported",
            (correct, access) -> new FaultyBackend(correct) {
                @Override
                Either<OtaFailure, OtaModule> find(ModuleRef ref) {
                    page(ProductId.of("any"), PageToken.FIRST);
                    return super.find(ref);
                }
            }),
    NO_ALTERNATIVE(
            BackendContract.class,
            "names_an_alternative_for_each_missing_capability",
            declaring(Capabilities.all().without(Capability.UPDATE_MODULE, " "))),

    // Devices and jobs

    DEVICE_OF_ANOTHER_PRODUCT("a_device_of_another_product_is_not_found", JobFaults::findingDevicesOfEveryProduct),
    DEVICES_OF_ALL_PRODUCTS_LOST(
            "a_list_without_a_product_has_the_devices_of_all_or_is_rejected_without_a_request",
            JobFaults::listingNoDevicesOfAllProducts),
    VERSIONS_OF_MODULES_LOST("a_device_has_every_version_that_it_reported", JobFaults::withoutVersionsOfModules),
    JOB_CREATED_AGAIN("a_repeated_creation_creates_nothing", JobFaults::creatingAgain),
    JOB_CREATED_AGAIN_AFTER_A_LOST_RESPONSE("a_lost_response_never_creates_a_second_job", JobFaults::creatingAgain),
    TOKEN_OF_AN_UNKNOWN_OUTCOME_LOST(
            "a_creation_that_never_arrived_is_unknown_and_can_be_repeated", JobFaults::forgettingTokens),
    JOB_OF_ANOTHER_PACKAGE_ADOPTED("rejects_another_package_under_the_same_token", JobFaults::adoptingEveryJob),
    JOB_FOUND_BY_THE_START_OF_ITS_TOKEN(
            "a_job_is_found_by_its_token_and_by_no_other", JobFaults::findingByStartOfToken),
    DRY_RUN_CREATES_A_JOB("a_dry_run_creates_nothing", JobFaults::creatingInDryRuns),
    DRY_RUN_CANCELS("a_dry_run_of_a_cancellation_changes_nothing", JobFaults::creatingInDryRuns),
    DEVICES_IN_PROGRESS_NOT_NAMED(
            "a_cancellation_names_the_devices_that_were_upgrading",
            JobFaults.cancelling(UnaryOperator.identity(), JobFaults::withoutDevicesInProgress)),
    REFUSALS_HIDDEN(
            "a_device_without_a_task_is_refused_by_name",
            JobFaults.cancelling(UnaryOperator.identity(), JobFaults::withoutRefusals)),
    EVERY_TASK_CANCELLED(
            "a_cancellation_of_some_devices_spares_the_others",
            JobFaults.cancelling(filter -> TaskFilter.all(), UnaryOperator.identity())),
    RUNNING_TASKS_CANCELLED(
            "a_cancellation_of_tasks_that_have_not_started_spares_running_ones",
            JobFaults.cancelling(filter -> TaskFilter.all(), UnaryOperator.identity())),
    FINISHED_DEVICES_CANCELLED(
            "a_cancellation_that_arrives_after_the_end_does_not_count_the_devices_that_finished",
            JobFaults.cancelling(UnaryOperator.identity(), JobFaults::acceptingTwo)),
    FINISHED_DEVICES_NOT_REFUSED(
            "a_cancellation_of_devices_that_finish_meanwhile_refuses_them",
            JobFaults.cancelling(UnaryOperator.identity(), JobFaults::withoutRefusals)),
    NOTHING_TO_CANCEL_NOT_REPORTED(
            "a_second_cancellation_changes_nothing",
            JobFaults.cancelling(UnaryOperator.identity(), JobFaults::withoutCount)),
    TASKS_OF_EVERY_DEVICE(
            "tasks_are_listed_by_state_and_by_device",
            JobFaults.listingTasks(JobFaults::withoutDevices, UnaryOperator.identity())),
    REASON_LOST(
            "a_failed_device_is_named_with_its_reason_and_can_be_retried",
            JobFaults.listingTasks(UnaryOperator.identity(), JobFaults::withoutFailure)),
    TASK_NOT_COUNTED("counts_agree_with_the_tasks", JobFaults::countingOneTaskLess),
    WRONG_OUTCOME_WATCHED("a_watch_reports_changes_until_the_job_ends", JobFaults::endingWithTheFirstPoll);

    private final Class<? extends BackendContract> contract;
    private final String test;
    private final Host host;
    private final BiFunction<Backend, Access, Backend> plant;

    PlantedFault(Class<? extends BackendContract> contract, String test, BiFunction<Backend, Access, Backend> plant) {
        this(contract, test, Host.ACME, plant);
    }

    /** A fault in what the in-memory backend supports and the example adapter lacks. */
    PlantedFault(String test, BiFunction<Backend, Access, Backend> plant) {
        this(contractWith(test), test, Host.MEMORY, plant);
    }

    private static Class<? extends BackendContract> contractWith(String test) {
        return Stream.of(
                        PublishContract.class,
                        DownloadContract.class,
                        DeviceContract.class,
                        JobCreationContract.class,
                        JobContract.class)
                .filter(contract -> Stream.of(contract.getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals(test)))
                .findFirst()
                .orElseThrow();
    }

    PlantedFault(
            Class<? extends BackendContract> contract,
            String test,
            Host host,
            BiFunction<Backend, Access, Backend> plant) {
        this.contract = contract;
        this.test = test;
        this.host = host;
        this.plant = plant;
    }

    /** Returns the contract that must detect the fault. */
    Class<? extends BackendContract> contract() {
        return contract;
    }

    /** Returns the test of the contract that must detect the fault. */
    String test() {
        return test;
    }

    Host host() {
        return host;
    }

    /** Returns this backend with the fault. */
    Backend in(Backend correct, Access access) {
        return plant.apply(correct, access);
    }

    /** The correct backend that the fault is added to. */
    enum Host {
        /** The example adapter, which lacks some capabilities. */
        ACME,
        /** The in-memory backend, which has all capabilities. */
        MEMORY
    }

    /** Access that some faults need in addition to a correct backend. */
    interface Access {

        String secret();

        /** Adds a module to the vendor, even if a module of this name exists. */
        void add(NewModule module);
    }

    private static OtaFailure vanished(Backend backend) {
        return new OtaFailure.NotFound(FailureDetails.of(
                new OperationContext(backend.name(), backend.vendor(), "Delete"), "It is gone", "Stop"));
    }

    private static Backend diagnosed(Backend correct, Finding finding) {
        return new FaultyBackend(correct) {
            @Override
            public Diagnosis diagnose() {
                return new Diagnosis(List.of(finding));
            }
        };
    }

    private static BiFunction<Backend, Access, Backend> failing(UnaryOperator<OtaFailure> wrong) {
        return (correct, access) -> new FaultyBackend(correct) {
            @Override
            <T> Either<OtaFailure, T> call(Supplier<Either<OtaFailure, T>> call) {
                return super.call(call).mapLeft(wrong);
            }
        };
    }

    private static BiFunction<Backend, Access, Backend> failing(
            Class<? extends OtaFailure> right, Function<FailureDetails, OtaFailure> wrong) {
        return failing(failure -> right.isInstance(failure) ? wrong.apply(failure.details()) : failure);
    }

    private static BiFunction<Backend, Access, Backend> filtering(UnaryOperator<FirmwareFilter> wrong) {
        return (correct, access) -> new FaultyBackend(correct) {
            @Override
            Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
                return super.page(wrong.apply(filter), from);
            }
        };
    }

    private static BiFunction<Backend, Access, Backend> finding(UnaryOperator<Firmware> wrong) {
        return (correct, access) -> new FaultyBackend(correct) {
            @Override
            Either<OtaFailure, Firmware> find(FirmwareId id) {
                return super.find(id).map(wrong);
            }
        };
    }

    /** A mistake in the results of a batch. */
    private interface BatchMistake {
        <I, T> Stream<LookupResult<I, T>> apply(Stream<LookupResult<I, T>> results);
    }

    private static BiFunction<Backend, Access, Backend> batching(BatchMistake wrong) {
        return (correct, access) -> new FaultyBackend(correct) {
            @Override
            <I, T> Stream<LookupResult<I, T>> batch(Supplier<Stream<LookupResult<I, T>>> batch) {
                return wrong.apply(super.batch(batch));
            }
        };
    }

    private static <I, T> Stream<LookupResult<I, T>> withoutFailures(Stream<LookupResult<I, T>> results) {
        return results.filter(result -> result.result().isRight());
    }

    private static <I, T> Stream<LookupResult<I, T>> firstAlone(Stream<LookupResult<I, T>> results) {
        return results.limit(1);
    }

    private static <I, T> Stream<LookupResult<I, T>> allAtOnce(Stream<LookupResult<I, T>> results) {
        return results.toList().stream();
    }

    private static BiFunction<Backend, Access, Backend> newest(
            BiFunction<FirmwareFilter, FirmwareOrder, FirmwareOrder> wrong) {
        return (correct, access) -> new FaultyBackend(correct) {
            @Override
            Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
                return super.newest(filter, wrong.apply(filter, order));
            }
        };
    }

    private static BiFunction<Backend, Access, Backend> declaring(Capabilities wrong) {
        return (correct, access) -> new FaultyBackend(correct) {
            @Override
            public Capabilities capabilities() {
                return wrong;
            }
        };
    }

    private static Backend withoutFailureInStreams(Backend correct) {
        return new FaultyBackend(correct) {
            @Override
            <T> Stream<Either<OtaFailure, T>> pagination(Supplier<Stream<Either<OtaFailure, T>>> results) {
                return super.pagination(results).filter(Either::isRight);
            }
        };
    }

    private static Backend shortAfterTheFirstPage(Backend correct) {
        return new FaultyBackend(correct) {
            @Override
            <T> Stream<Either<OtaFailure, T>> pagination(Supplier<Stream<Either<OtaFailure, T>>> results) {
                AtomicBoolean isUnderWay = new AtomicBoolean();
                return super.pagination(results).takeWhile(next -> next.isRight() | !isUnderWay.getAndSet(true));
            }
        };
    }

    private static Backend retryingChanges(Backend correct) {
        return new FaultyBackend(correct) {
            @Override
            <T> Either<OtaFailure, T> change(Supplier<Either<OtaFailure, T>> change) {
                Either<OtaFailure, T> first = super.change(change);
                return first.isLeft() && first.getLeft().isRetryable() ? super.change(change) : first;
            }
        };
    }

    private static Backend predictingSuccess(Backend correct) {
        return new FaultyBackend(correct) {
            @Override
            ModuleCommandPort dryRunOfModules() {
                return new FaultyBackend(correct) {
                    @Override
                    Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
                        return Either.right(new CreateResult<>(module.toModule(), false));
                    }
                }.moduleCommands();
            }
        };
    }

    private static ModuleRef inUpperCase(ModuleRef ref) {
        return ref instanceof ModuleRef.ByName byName
                ? ModuleRef.named(
                        byName.product(), ModuleName.of(byName.name().value().toUpperCase(Locale.ROOT)))
                : ref;
    }

    private static FailureDetails plain(OtaFailure failure) {
        return FailureDetails.of(failure.details().origin(), failure.summary(), failure.advice());
    }

    private static Firmware changed(
            Firmware found,
            Option<String> name,
            Option<String> description,
            UpdateKind kind,
            List<FirmwareFile> files) {
        return new Firmware(
                found.id(),
                name,
                found.product(),
                found.resourceSpace(),
                found.target(),
                found.version(),
                kind,
                found.sourceVersions(),
                found.verification(),
                files,
                found.customInfo(),
                description,
                found.created(),
                found.modified());
    }

    private static OtaModule changed(OtaModule found, Option<String> alias, Option<String> description) {
        return new OtaModule(
                found.id(),
                found.product(),
                found.name(),
                alias,
                description,
                found.resourceSpace(),
                found.created(),
                found.modified());
    }
}
