package io.otabridge.contracts.faults;

import io.otabridge.contracts.BackendContract;
import io.otabridge.contracts.DiagnosisContract;
import io.otabridge.contracts.FirmwareCommandContract;
import io.otabridge.contracts.FirmwareQueryContract;
import io.otabridge.contracts.FirmwareSearchContract;
import io.otabridge.contracts.ModuleCommandContract;
import io.otabridge.contracts.ModuleQueryContract;
import io.otabridge.contracts.OperationContract;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.otabridge.domain.batch.BatchResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFile;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.VersionComparator;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
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

/** What adapters get wrong, each with the test that must catch it. */
enum PlantedFault {

    // Failures

    THROTTLING_AS_OUTAGE(
            OperationContract.class,
            "answers_the_right_failure_when",
            failing(OtaFailure.RateLimited.class, OtaFailure.Unavailable::new)),
    NOT_FOUND_AS_REJECTED(
            FirmwareQueryContract.class,
            "answers_not_found_for_firmware_nobody_knows",
            failing(OtaFailure.NotFound.class, OtaFailure.Rejected::new)),
    EXCEPTION_INSTEAD_OF_FAILURE(OperationContract.class, "answers_the_right_failure_when", failing(failure -> {
        throw new IllegalStateException(failure.summary());
    })),
    SECRET_IN_A_MESSAGE(
            OperationContract.class,
            "answers_the_right_failure_when",
            (sound, accomplice) -> failing(failure -> failure.withDetails(failure.details()
                            .withVendorError(
                                    failure.vendorCode(),
                                    Option.some("No such token: " + accomplice.secret()),
                                    failure.requestId())))
                    .apply(sound, accomplice)),
    SECRET_IN_ITS_TEXT(
            BackendContract.class, "tells_of_itself_without_a_secret", (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                public String toString() {
                    return "Backend[token=" + accomplice.secret() + "]";
                }
            }),
    DIAGNOSIS_THAT_SEES_NO_TROUBLE(
            DiagnosisContract.class,
            "diagnoses_itself_without_a_secret_when",
            (sound, accomplice) -> diagnosed(sound, Finding.ok(Check.SERVICE, "the service answers"))),
    RETRY_NEVER(
            OperationContract.class,
            "answers_the_right_failure_when",
            failing(failure -> failure.withDetails(plain(failure)))),
    RETRY_ALWAYS_FOR_CHANGES(
            OperationContract.class,
            "answers_the_right_failure_when",
            failing(failure -> failure.withDetails(failure.details().withRetry(Option.none())))),
    NAME_OF_ANOTHER_BACKEND(
            OperationContract.class,
            "answers_the_right_failure_when",
            failing(failure -> failure.withDetails(FailureDetails.of(
                    new OperationContext("another", failure.details().origin().vendor(), failure.operation()),
                    failure.summary(),
                    failure.advice())))),
    NO_ADVICE(
            ModuleQueryContract.class,
            "answers_not_found_for_a_module_nobody_knows",
            failing(failure ->
                    failure.withDetails(FailureDetails.of(failure.details().origin(), failure.summary(), "")))),
    FAILED_DELETION_OF_A_MODULE_AS_SUCCESS(
            OperationContract.class, "answers_the_right_failure_when", (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
                    return Either.right(super.delete(ref).getOrElse(DeleteResult.GONE));
                }
            }),
    DRY_RUN_PROMISES_IN_AN_OUTAGE(
            OperationContract.class,
            "answers_the_right_failure_when",
            (sound, accomplice) -> promisingEverything(sound)),

    // Lists

    LOST_PAGE(
            FirmwareQueryContract.class,
            "lists_every_firmware_once_in_each_pagination",
            (sound, accomplice) -> new FaultyBackend(sound) {
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
            (sound, accomplice) -> new FaultyBackend(sound) {
                private final AtomicBoolean isDoubled = new AtomicBoolean();

                @Override
                Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
                    return super.page(filter, from)
                            .map(page -> page.next().isDefined() && !isDoubled.getAndSet(true)
                                    ? Page.before(from, page.items())
                                    : page);
                }
            }),
    EMPTY_LIST_FOR_A_FAILURE(
            OperationContract.class, "answers_the_right_failure_when", (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
                    return Either.right(super.page(filter, from).getOrElse(Page.last(List.empty())));
                }
            }),
    PAGE_REQUESTED_TOO_EARLY(
            ModuleQueryContract.class,
            "asks_for_no_page_that_nobody_wants",
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                <T> Pages<T> list(Function<PageToken, Either<OtaFailure, Page<T>>> pages) {
                    var first = pages.apply(PageToken.FIRST);
                    return super.list(from -> from.equals(PageToken.FIRST) ? first : pages.apply(from));
                }
            }),
    FOREIGN_TOKEN_TAKEN_FOR_THE_FIRST(
            FirmwareQueryContract.class,
            "rejects_the_token_of_another_list_of_firmware",
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                <T> Pages<T> list(Function<PageToken, Either<OtaFailure, Page<T>>> pages) {
                    return super.list(from -> pages.apply(from).orElse(() -> pages.apply(PageToken.FIRST)));
                }
            }),
    STREAM_OF_MODULES_SILENTLY_SHORT(
            ModuleQueryContract.class,
            "ends_with_the_failure_when_a_later_page_fails",
            (sound, accomplice) -> shortAfterTheFirstPage(sound)),
    SHORT_LIST_TAKEN_FOR_WHOLE(
            FirmwareQueryContract.class,
            "fails_if_the_firmware_list_stays_short",
            Host.MEMORY,
            (sound, accomplice) -> withoutFailureInStreams(sound)),
    SHORT_LIST_NOT_READ_AGAIN(
            FirmwareQueryContract.class,
            "lists_firmware_again_if_the_list_was_short",
            Host.MEMORY,
            (sound, accomplice) -> new FaultyBackend(sound)),
    FILTER_IGNORED(
            FirmwareQueryContract.class,
            "lists_only_firmware_that_the_filter_means",
            filtering(filter -> FirmwareFilter.all())),
    VERIFICATION_IGNORED(
            FirmwareSearchContract.class,
            "lists_only_what_is_verified",
            Host.MEMORY,
            filtering(filter -> new FirmwareFilter(filter.product(), filter.target(), filter.version(), false))),

    // Firmware

    FIELDS_SWAPPED(
            FirmwareQueryContract.class,
            "finds_firmware_with_all_the_vendor_says",
            finding(found -> changed(found, found.description(), found.name(), found.kind(), found.files()))),
    HUGE_FILE_TRUNCATED(
            FirmwareQueryContract.class,
            "finds_firmware_in_spite_of",
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
    REQUIRED_MEMBER_GUESSED(
            OperationContract.class, "answers_the_right_failure_when", (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, Firmware> find(FirmwareId id) {
                    return super.find(id)
                            .orElse(() -> Either.right(Firmware.builder(id, FirmwareVersion.of("0"))
                                    .build()));
                }
            }),
    COORDINATES_FOLDED(
            FirmwareSearchContract.class,
            "answers_not_found_for_coordinates_that_differ_in_one_part",
            (sound, accomplice) -> new FaultyBackend(sound) {
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
    FIRST_OF_SEVERAL_TAKEN(
            FirmwareSearchContract.class,
            "names_all_when_several_have_the_same_coordinates",
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
                    return search().first(coordinates.toFilter()).flatMap(first -> find(first.id()));
                }
            }),
    NEWEST_BY_TEXT(
            FirmwareSearchContract.class,
            "answers_the_newest_by_the_version_order_of_the_caller",
            newest((filter, order) -> order instanceof FirmwareOrder.ByVersion
                    ? FirmwareOrder.byVersion(VersionComparator.of(Comparator.comparing(FirmwareVersion::value)))
                    : order)),
    INCOMPARABLE_VERSIONS_ORDERED_AS_TEXT(
            FirmwareSearchContract.class,
            "refuses_to_order_versions_of_different_forms",
            newest((filter, order) -> order instanceof FirmwareOrder.ByVersion
                    ? FirmwareOrder.byVersion(VersionComparator.of(VersionComparator.FOR_LISTS))
                    : order)),
    QUESTION_KEPT_IN_A_FIELD(
            FirmwareSearchContract.class,
            "answers_many_threads_each_about_its_own_firmware",
            (sound, accomplice) -> new FaultyBackend(sound) {
                private volatile @Nullable FirmwareId asked;

                @Override
                Either<OtaFailure, Firmware> find(FirmwareId id) {
                    asked = id;
                    return super.page(FirmwareFilter.all(), PageToken.FIRST).flatMap(page -> super.find(asked));
                }
            }),
    ABSENT_FIRMWARE_AS_FAILURE(
            FirmwareCommandContract.class,
            "has_deleted_firmware_that_is_not_there",
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
                    return super.delete(id)
                            .flatMap(done -> done == DeleteResult.ABSENT
                                    ? Either.left(new OtaFailure.NotFound(FailureDetails.of(
                                            new OperationContext(name(), vendor(), "Delete"), "No", "Stop")))
                                    : Either.right(done));
                }
            }),
    LOST_DELETION_OF_FIRMWARE_TAKEN_FOR_ABSENCE(
            FirmwareCommandContract.class,
            "has_deleted_firmware_though_the_answer_was_lost",
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
                    return super.delete(id).map(done -> done == DeleteResult.GONE ? DeleteResult.ABSENT : done);
                }
            }),

    // Modules

    LOSER_OF_A_DELETION_OF_A_MODULE_FAILS(
            ModuleCommandContract.class,
            "has_deleted_a_module_that_another_caller_deletes",
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
                    return find(ref).isLeft()
                            ? super.delete(ref)
                            : super.delete(ref)
                                    .filterOrElse(done -> done == DeleteResult.DELETED, gone -> vanished(this));
                }
            }),
    MODULE_NAMES_FOLDED(
            ModuleQueryContract.class,
            "tells_module_names_apart_by_case",
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, OtaModule> find(ModuleRef ref) {
                    return super.find(ref).orElse(() -> super.find(inUpperCase(ref)));
                }
            }),
    DELETES_ANOTHER_SPELLING(
            ModuleCommandContract.class,
            "deletes_no_module_of_another_spelling",
            (sound, accomplice) -> new FaultyBackend(sound) {
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
            "creates_no_second_module_when_asked_twice",
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
                    return super.create(module).peek(created -> {
                        if (created.alreadyExisted()) {
                            accomplice.add(module);
                        }
                    });
                }
            }),
    OTHER_WORDS_ACCEPTED(
            ModuleCommandContract.class,
            "refuses_to_create_a_module_that_is_there_with_other_words",
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
                    return find(module.toRef())
                            .map(there -> new CreateResult<>(there, true))
                            .orElse(() -> super.create(module));
                }
            }),
    LOST_CREATION_AS_SUCCESS(
            ModuleCommandContract.class,
            "creates_one_module_though_the_answer_was_lost",
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
                    return super.create(module)
                            .orElse(() -> Either.right(new CreateResult<>(module.toModule(), false)));
                }
            }),
    CREATION_SENT_AGAIN_IN_AN_OUTAGE(
            ModuleCommandContract.class,
            "sends_a_creation_once_in_an_outage",
            (sound, accomplice) -> sendingAgain(sound)),
    ALIAS_LOST_ON_UPDATE(
            ModuleCommandContract.class,
            "changes_a_description_and_keeps_the_alias",
            Host.MEMORY,
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
                    return super.update(
                            ref, new ModuleUpdate(change.alias().orElse(Option.some("lost")), change.description()));
                }
            }),
    UPDATE_CREATES(
            ModuleCommandContract.class,
            "answers_not_found_for_a_change_of_a_module_nobody_knows",
            Host.MEMORY,
            (sound, accomplice) -> new FaultyBackend(sound) {
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
            ModuleCommandContract.class,
            "changes_nothing_in_a_dry_run",
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                ModuleCommandPort dryRunOfModules() {
                    return sound.moduleCommands();
                }
            }),
    DRY_RUN_PROMISES_A_SECOND_MODULE(
            ModuleCommandContract.class, "foresees_a_creation", (sound, accomplice) -> promisingEverything(sound)),

    // Interrupts

    INTERRUPT_CLEARED(
            OperationContract.class, "answers_an_interrupted_thread", (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                <T> Either<OtaFailure, T> call(Supplier<Either<OtaFailure, T>> call) {
                    Either<OtaFailure, T> answer = super.call(call);
                    Thread.interrupted();
                    return answer;
                }
            }),
    INTERRUPT_AS_OUTAGE(
            OperationContract.class,
            "answers_an_interrupted_thread",
            failing(OtaFailure.Cancelled.class, OtaFailure.Unavailable::new)),

    // Many at once

    FAILURES_LEFT_OUT_OF_MANY(
            FirmwareQueryContract.class,
            "answers_for_each_firmware_id_of_many",
            answering(PlantedFault::withoutFailures)),
    ONE_OUTAGE_FOR_ALL(
            ModuleQueryContract.class,
            "answers_for_each_module_ref_of_many_in_an_outage",
            answering(PlantedFault::firstAlone)),
    MANY_ASKED_FOR_AT_ONCE(
            FirmwareQueryContract.class,
            "asks_for_no_firmware_of_many_that_nobody_wants",
            answering(PlantedFault::allAtOnce)),

    // Capabilities

    DECLARES_MODULE_IDS(
            ModuleQueryContract.class, "finds_a_module_by_id_or_says_it_cannot", declaring(Capabilities.all())),
    HIDES_CONTENT_IN_LISTS(
            FirmwareSearchContract.class,
            "tells_in_lists_of_size_and_digests_what_the_backend_declares",
            declaring(Capabilities.all().without(Capability.CONTENT_IN_LISTS, "Ask for each"))),
    SENDS_WHAT_IT_DOES_NOT_DECLARE(
            ModuleQueryContract.class,
            "finds_a_module_by_id_or_says_it_cannot",
            (sound, accomplice) -> new FaultyBackend(sound) {
                @Override
                Either<OtaFailure, OtaModule> find(ModuleRef ref) {
                    page(ProductId.of("any"), PageToken.FIRST);
                    return super.find(ref);
                }
            }),
    NO_ALTERNATIVE(
            BackendContract.class,
            "says_what_to_do_instead_of_what_it_cannot",
            declaring(Capabilities.all().without(Capability.UPDATE_MODULE, " ")));

    private final Class<? extends BackendContract> contract;
    private final String test;
    private final Host host;
    private final BiFunction<Backend, Accomplice, Backend> plant;

    PlantedFault(
            Class<? extends BackendContract> contract, String test, BiFunction<Backend, Accomplice, Backend> plant) {
        this(contract, test, Host.ACME, plant);
    }

    PlantedFault(
            Class<? extends BackendContract> contract,
            String test,
            Host host,
            BiFunction<Backend, Accomplice, Backend> plant) {
        this.contract = contract;
        this.test = test;
        this.host = host;
        this.plant = plant;
    }

    /** The contract that must catch it. */
    Class<? extends BackendContract> contract() {
        return contract;
    }

    /** The test of the contract that must catch it. */
    String test() {
        return test;
    }

    Host host() {
        return host;
    }

    /** This backend with the fault. */
    Backend in(Backend sound, Accomplice accomplice) {
        return plant.apply(sound, accomplice);
    }

    /** The sound backend that is made faulty. */
    enum Host {
        /** The vendor that does not exist, which lacks some capabilities. */
        ACME,
        /** The backend in memory, which has all. */
        MEMORY
    }

    /** What a fault needs beside a sound backend. */
    interface Accomplice {

        String secret();

        /** Puts a module into the vendor's hands, even if it has one of this name. */
        void add(NewModule module);
    }

    private static OtaFailure vanished(Backend backend) {
        return new OtaFailure.NotFound(FailureDetails.of(
                new OperationContext(backend.name(), backend.vendor(), "Delete"), "It is gone", "Stop"));
    }

    private static Backend diagnosed(Backend sound, Finding finding) {
        return new FaultyBackend(sound) {
            @Override
            public Diagnosis diagnose() {
                return new Diagnosis(List.of(finding));
            }
        };
    }

    private static BiFunction<Backend, Accomplice, Backend> failing(UnaryOperator<OtaFailure> wrong) {
        return (sound, accomplice) -> new FaultyBackend(sound) {
            @Override
            <T> Either<OtaFailure, T> call(Supplier<Either<OtaFailure, T>> call) {
                return super.call(call).mapLeft(wrong);
            }
        };
    }

    private static BiFunction<Backend, Accomplice, Backend> failing(
            Class<? extends OtaFailure> right, Function<FailureDetails, OtaFailure> wrong) {
        return failing(failure -> right.isInstance(failure) ? wrong.apply(failure.details()) : failure);
    }

    private static BiFunction<Backend, Accomplice, Backend> filtering(UnaryOperator<FirmwareFilter> wrong) {
        return (sound, accomplice) -> new FaultyBackend(sound) {
            @Override
            Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
                return super.page(wrong.apply(filter), from);
            }
        };
    }

    private static BiFunction<Backend, Accomplice, Backend> finding(UnaryOperator<Firmware> wrong) {
        return (sound, accomplice) -> new FaultyBackend(sound) {
            @Override
            Either<OtaFailure, Firmware> find(FirmwareId id) {
                return super.find(id).map(wrong);
            }
        };
    }

    /** What somebody makes of the answers to many questions. */
    private interface OfMany {
        <I, T> Stream<BatchResult<I, T>> wrong(Stream<BatchResult<I, T>> answers);
    }

    private static BiFunction<Backend, Accomplice, Backend> answering(OfMany wrong) {
        return (sound, accomplice) -> new FaultyBackend(sound) {
            @Override
            <I, T> Stream<BatchResult<I, T>> answers(Supplier<Stream<BatchResult<I, T>>> batch) {
                return wrong.wrong(super.answers(batch));
            }
        };
    }

    private static <I, T> Stream<BatchResult<I, T>> withoutFailures(Stream<BatchResult<I, T>> answers) {
        return answers.filter(answer -> answer.found().isRight());
    }

    private static <I, T> Stream<BatchResult<I, T>> firstAlone(Stream<BatchResult<I, T>> answers) {
        return answers.limit(1);
    }

    private static <I, T> Stream<BatchResult<I, T>> allAtOnce(Stream<BatchResult<I, T>> answers) {
        return answers.toList().stream();
    }

    private static BiFunction<Backend, Accomplice, Backend> newest(
            BiFunction<FirmwareFilter, FirmwareOrder, FirmwareOrder> wrong) {
        return (sound, accomplice) -> new FaultyBackend(sound) {
            @Override
            Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
                return super.newest(filter, wrong.apply(filter, order));
            }
        };
    }

    private static BiFunction<Backend, Accomplice, Backend> declaring(Capabilities wrong) {
        return (sound, accomplice) -> new FaultyBackend(sound) {
            @Override
            public Capabilities capabilities() {
                return wrong;
            }
        };
    }

    private static Backend withoutFailureInStreams(Backend sound) {
        return new FaultyBackend(sound) {
            @Override
            <T> Stream<Either<OtaFailure, T>> pagination(Supplier<Stream<Either<OtaFailure, T>>> results) {
                return super.pagination(results).filter(Either::isRight);
            }
        };
    }

    private static Backend shortAfterTheFirstPage(Backend sound) {
        return new FaultyBackend(sound) {
            @Override
            <T> Stream<Either<OtaFailure, T>> pagination(Supplier<Stream<Either<OtaFailure, T>>> results) {
                AtomicBoolean isUnderWay = new AtomicBoolean();
                return super.pagination(results).takeWhile(next -> next.isRight() | !isUnderWay.getAndSet(true));
            }
        };
    }

    private static Backend sendingAgain(Backend sound) {
        return new FaultyBackend(sound) {
            @Override
            <T> Either<OtaFailure, T> change(Supplier<Either<OtaFailure, T>> change) {
                Either<OtaFailure, T> first = super.change(change);
                return first.isLeft() && first.getLeft().isRetryable() ? super.change(change) : first;
            }
        };
    }

    private static Backend promisingEverything(Backend sound) {
        return new FaultyBackend(sound) {
            @Override
            ModuleCommandPort dryRunOfModules() {
                return new FaultyBackend(sound) {
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
