package io.otabridge.domain.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirmwarePublisherTest {

    private static final OperationContext ORIGIN = new OperationContext("prod", Vendor.of("acme"), "Create");
    private static final ProductId PRODUCT = ProductId.of("p1");
    private static final FirmwareCoordinates COORDINATES =
            FirmwareCoordinates.of(PRODUCT, FirmwareTarget.module("MCU"), FirmwareVersion.of("2.0.0"));
    private static final NewFirmware WANTED = NewFirmware.full(COORDINATES).build();
    private static final FirmwareFile FILE =
            Artifact.of("app.bin", new byte[] {1, 2, 3}).toFile();
    private static final FirmwareFile OTHER_FILE =
            Artifact.of("app.bin", new byte[] {4, 5, 6}).toFile();

    private final FakeVendor vendor = new FakeVendor();

    // A package with the same identity exists

    @Test
    void rejects_another_content_and_names_both_digests() {
        vendor.add(stored("f1", OTHER_FILE));

        OtaFailure failure = publish(WANTED).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary())
                .isEqualTo("Backend prod already has " + WANTED
                        + " as firmware f1, with another content (given and stored): file app.bin:"
                        + " SHA-256 " + FILE.checksums().head().value() + " and "
                        + OTHER_FILE.checksums().head().value());
        assertThat(failure.advice()).contains("nothing was created");
        assertThat(vendor.creations).isZero();
    }

    @Test
    void rejects_a_package_whose_digest_is_unknown() {
        vendor.add(stored("f1", FirmwareFile.builder().size(3).build()));

        OtaFailure failure = publish(WANTED).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("firmware f1").contains("digest of its file is unknown");
        assertThat(vendor.creations).isZero();
    }

    @Test
    void a_package_whose_stored_file_is_missing_has_an_unknown_digest() {
        vendor.add(stored("f1", FirmwareFile.builder().size(3).build()));
        vendor.storedDigests = existing -> Either.left(notFound());

        assertThat(publish(WANTED).getLeft().summary()).contains("digest of its file is unknown");
    }

    @Test
    void returns_the_failure_of_reading_a_stored_digest() {
        vendor.add(stored("f1", FirmwareFile.builder().size(3).build()));
        vendor.storedDigests = existing -> Either.left(new OtaFailure.AccessDenied(details("no permission")));

        assertThat(publish(WANTED).getLeft()).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(vendor.creations).isZero();
    }

    @Test
    void compares_a_digest_that_only_the_object_store_has() {
        vendor.add(stored("f1", FirmwareFile.builder().build()));
        vendor.storedDigests = existing ->
                Either.right(existing.toBuilder().files(List.of(FILE)).build());
        assertThat(publish(WANTED).get().alreadyExisted()).isTrue();

        vendor.storedDigests = existing ->
                Either.right(existing.toBuilder().files(List.of(OTHER_FILE)).build());
        assertThat(publish(WANTED).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
    }

    @Test
    void does_not_read_the_stored_digest_if_the_vendor_reports_one() {
        vendor.add(stored("f1", FILE));
        vendor.storedDigests = existing -> {
            throw new AssertionError("read");
        };

        PublishResult result = publish(WANTED).get();

        assertThat(result).isEqualTo(new PublishResult(Option.some(stored("f1", FILE)), true, 0, List.of("a warning")));
        assertThat(vendor.creations).isZero();
    }

    @Test
    void warns_about_texts_that_differ() {
        vendor.add(stored("f1", FILE).toBuilder().name("old").customInfo("old").build());
        NewFirmware wanted = NewFirmware.full(COORDINATES)
                .name("new")
                .description("new")
                .customInfo("new")
                .build();

        assertThat(publish(wanted).get().warnings())
                .containsExactly(
                        "a warning",
                        "the name of the package differs from the requested one",
                        "the description of the package differs from the requested one",
                        "the custom info of the package differs from the requested one");
    }

    @Test
    void one_of_several_equal_packages_with_the_same_content_is_enough() {
        vendor.add(stored("f1", OTHER_FILE));
        vendor.add(stored("f2", FILE));

        assertThat(publish(WANTED).get().firmware().map(Firmware::id)).contains(FirmwareId.of("f2"));
    }

    @Test
    void names_the_other_packages_with_the_same_identity() {
        vendor.add(stored("f1", OTHER_FILE));
        vendor.add(stored("f2", FILE));
        vendor.add(stored("f3", FILE));

        assertThat(publishToVendorWithDuplicates().warnings())
                .containsExactly(
                        "a warning",
                        "other packages have the same product, target, version and kind: firmware f1, f3; delete those"
                                + " that are not needed");
    }

    @Test
    void a_warning_about_texts_names_the_update_if_the_vendor_has_one() {
        vendor.add(stored("f1", FILE));
        NewFirmware wanted = NewFirmware.full(COORDINATES).description("new").build();

        PublishResult result = vendor.publisher()
                .withUpdates()
                .publish(wanted, List.of(FILE), List.empty(), false, vendor)
                .get();

        assertThat(result.warnings())
                .containsExactly("the description of the package differs from the requested one; update the package to"
                        + " change it");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-30T08:00:00Z, true", "2026-11-30T08:00:01Z, true", "2026-11-30T08:00:02Z, false"})
    void warns_about_a_package_that_another_publication_created_before(String other, boolean warns) {
        vendor.creation = () -> {
            vendor.add(stored("other", FILE, other));
            vendor.add(stored("created", FILE, "2026-11-30T08:00:01Z"));
            return Either.right(new FirmwarePublisher.Created(FirmwareId.of("created"), 3));
        };

        PublishResult result = publishToVendorWithDuplicates();

        assertThat(result.alreadyExisted()).isFalse();
        assertThat(result.firmware().map(Firmware::id)).contains(FirmwareId.of("created"));
        assertThat(result.warnings().removeFirst("a warning"::equals))
                .isEqualTo(
                        warns
                                ? List.of("another publication created firmware other with the same product, target,"
                                        + " version and kind at the same time; delete one of the two")
                                : List.empty());
    }

    @Test
    void a_created_package_is_returned_if_the_packages_cannot_be_listed_again() {
        vendor.creation = () -> {
            vendor.add(stored("created", FILE));
            vendor.listFailure = Option.some(unavailable());
            return Either.right(new FirmwarePublisher.Created(FirmwareId.of("created"), 3));
        };

        assertThat(publishToVendorWithDuplicates().warnings().last()).contains("could not be listed again");
    }

    private PublishResult publishToVendorWithDuplicates() {
        return vendor.publisher()
                .withDuplicates()
                .publish(WANTED, List.of(FILE), List.of("a warning"), false, vendor)
                .get();
    }

    private static Firmware stored(String id, FirmwareFile file, String created) {
        return stored(id, file).toBuilder()
                .created(VendorTimestamp.of(created, Instant.parse(created)))
                .build();
    }

    // Other packages

    @Test
    void packages_with_other_source_versions_are_other_packages() {
        vendor.add(stored("f1", OTHER_FILE));
        vendor.add(stored("f2", OTHER_FILE).toBuilder()
                .kind(UpdateKind.delta(FirmwareVersion.of("1.0.0")))
                .sourceVersions(List.of(FirmwareVersion.of("1.0.0")))
                .build());

        FirmwareVersion source = FirmwareVersion.of("1.1.0");
        vendor.creates(stored("created", FILE).toBuilder()
                .kind(UpdateKind.delta(source))
                .sourceVersions(List.of(source))
                .build());

        PublishResult result =
                publish(NewFirmware.delta(COORDINATES, source).build()).get();

        assertThat(result.alreadyExisted()).isFalse();
        assertThat(vendor.creations).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void compares_product_ids_as_the_backend_does(boolean ignoresCase) {
        vendor.ignoresCase = ignoresCase;
        vendor.add(stored("f1", FILE).toBuilder()
                .product(Product.of(ProductId.of("P1")))
                .build());

        assertThat(publish(WANTED).get().alreadyExisted()).isEqualTo(ignoresCase);
    }

    @Test
    void completes_sparse_details_from_the_list() {
        vendor.add(stored("f1", FILE));
        vendor.details = found -> Firmware.builder(found.id(), found.version())
                .files(found.files())
                .build();

        assertThat(publish(WANTED).get().alreadyExisted()).isTrue();
    }

    @Test
    void rejects_details_of_another_package() {
        vendor.add(stored("f1", FILE));
        vendor.details =
                found -> found.toBuilder().version(FirmwareVersion.of("3.0.0")).build();

        assertThat(publish(WANTED).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(vendor.creations).isZero();
    }

    @Test
    void a_package_that_is_deleted_after_the_list_does_not_exist() {
        vendor.add(stored("f1", FILE));
        vendor.afterList = () -> vendor.packages.remove(FirmwareId.of("f1"));

        PublishResult result = publish(WANTED).get();

        assertThat(result.alreadyExisted()).isFalse();
        assertThat(vendor.creations).isEqualTo(1);
    }

    @Test
    void creates_nothing_if_the_packages_cannot_be_listed() {
        for (OtaFailure failure : List.of(unavailable(), notFound())) {
            vendor.listFailure = Option.some(failure);

            assertThat(publish(WANTED).getLeft()).isEqualTo(failure);
        }
        assertThat(vendor.creations).isZero();
    }

    @Test
    void creates_nothing_if_an_existing_package_cannot_be_read() {
        vendor.add(stored("f1", FILE));
        vendor.findFailure = Option.some(unavailable());

        assertThat(publish(WANTED).getLeft()).isEqualTo(unavailable());
        assertThat(vendor.creations).isZero();
    }

    // The module

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void creates_nothing_for_a_module_that_does_not_exist(boolean isDryRun) {
        OtaFailure failure = publish(Either.left(notFound()), isDryRun).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).isEqualTo("Module MCU of product p1 does not exist on backend prod");
        assertThat(failure.advice()).contains("Create the module first");
        assertThat(vendor.creations).isZero();
    }

    @Test
    void creates_nothing_if_the_module_cannot_be_looked_up() {
        assertThat(publish(Either.left(unavailable()), false).getLeft()).isEqualTo(unavailable());
        assertThat(vendor.creations).isZero();
    }

    @Test
    void warns_if_the_user_may_not_look_up_the_module() {
        OtaFailure denied = new OtaFailure.AccessDenied(details("no permission"));

        assertThat(publish(Either.left(denied), false).get().warnings())
                .contains("whether module MCU exists is not known: the user may not look up modules");
        assertThat(vendor.creations).isEqualTo(1);
    }

    @Test
    void looks_up_no_module_if_the_package_exists() {
        vendor.add(stored("f1", FILE));

        assertThat(publish(Either.left(notFound()), false).get().alreadyExisted())
                .isTrue();
    }

    private Either<OtaFailure, PublishResult> publish(Either<OtaFailure, OtaModule> module, boolean isDryRun) {
        ModuleQueryPort modules = new ModuleQueryPort() {
            @Override
            public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
                assertThat(ref).isEqualTo(ModuleRef.named(PRODUCT, ModuleName.of("MCU")));
                return module;
            }

            @Override
            public Pages<OtaModule> list(ProductId product) {
                throw new AssertionError("list");
            }
        };
        return vendor.publisher().withModules(modules).publish(WANTED, List.of(FILE), List.empty(), isDryRun, vendor);
    }

    // Dry run

    @Test
    void dry_run_creates_nothing() {
        PublishResult result = dryRun().get();

        assertThat(result).isEqualTo(new PublishResult(Option.none(), false, 0, List.of("a warning")));
        assertThat(vendor.creations).isZero();
    }

    @Test
    void dry_run_predicts_an_existing_package_and_a_conflict() {
        vendor.add(stored("f1", FILE));
        assertThat(dryRun().get().alreadyExisted()).isTrue();

        vendor.add(stored("f1", OTHER_FILE));
        assertThat(dryRun().getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(vendor.creations).isZero();
    }

    // The creation fails

    @Test
    void finds_the_package_whose_creation_response_was_lost() {
        for (OtaFailure failure : List.of(outcomeUnknown(), unavailable(), unreadable())) {
            vendor.packages.clear();
            vendor.creation = () -> {
                vendor.add(stored("f1", FILE));
                return Either.left(failure);
            };

            PublishResult result = publish(WANTED).get();

            assertThat(result.alreadyExisted()).isTrue();
            assertThat(result.firmware()).contains(stored("f1", FILE));
        }
    }

    @Test
    void the_outcome_stays_unknown_if_the_package_is_not_found() {
        vendor.creation = () -> Either.left(outcomeUnknown());

        assertThat(publish(WANTED).getLeft()).isEqualTo(outcomeUnknown());
        assertThat(vendor.creations).isEqualTo(1);
    }

    @Test
    void the_outcome_stays_unknown_if_the_packages_cannot_be_listed_again() {
        vendor.creation = () -> {
            vendor.listFailure = Option.some(unavailable());
            return Either.left(outcomeUnknown());
        };

        assertThat(publish(WANTED).getLeft()).isEqualTo(outcomeUnknown());
    }

    @Test
    void the_outcome_stays_unknown_if_the_content_of_the_package_is_unknown() {
        vendor.creation = () -> {
            vendor.add(stored("f1", FirmwareFile.builder().build()));
            return Either.left(outcomeUnknown());
        };

        OtaFailure failure = publish(WANTED).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(failure.advice())
                .startsWith("Wait; Backend prod already has")
                .contains("firmware f1");
    }

    @Test
    void a_rejection_is_a_success_if_another_caller_created_the_same_package() {
        vendor.creation = () -> {
            vendor.add(stored("f1", FILE));
            return Either.left(rejectedByVendor());
        };

        assertThat(publish(WANTED).get().alreadyExisted()).isTrue();
    }

    @Test
    void a_rejection_names_the_conflict_if_another_caller_created_another_package() {
        vendor.creation = () -> {
            vendor.add(stored("f1", OTHER_FILE));
            return Either.left(rejectedByVendor());
        };

        assertThat(publish(WANTED).getLeft().summary()).contains("another content");
    }

    @Test
    void does_not_list_again_after_a_failure_before_the_creation() {
        OtaFailure changed = new OtaFailure.Rejected(details("the file changed"));
        for (OtaFailure failure : List.of(changed, new OtaFailure.AccessDenied(details("no permission")))) {
            vendor.lists = 0;
            vendor.creation = () -> Either.left(failure);

            assertThat(publish(WANTED).getLeft()).isEqualTo(failure);
            assertThat(vendor.lists).isEqualTo(1);
        }
    }

    // The package is read back

    @Test
    void returns_the_package_as_it_was_stored() {
        PublishResult result = publish(WANTED).get();

        assertThat(result)
                .isEqualTo(new PublishResult(Option.some(stored("created", FILE)), false, 3, List.of("a warning")));
    }

    @Test
    void a_package_that_cannot_be_read_back_is_named() {
        vendor.creation = () -> {
            vendor.add(stored("created", FILE));
            vendor.findFailure = Option.some(unavailable());
            return Either.right(new FirmwarePublisher.Created(FirmwareId.of("created"), 3));
        };

        OtaFailure failure = publish(WANTED).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.advice())
                .isEqualTo("Wait; firmware created was created but could not be read back; publish it again to compare"
                        + " it");
    }

    @Test
    void another_content_than_was_sent_is_a_mismatch() {
        vendor.creates(stored("created", OTHER_FILE));

        OtaFailure failure = publish(WANTED).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DigestMismatch.class);
        assertThat(failure.summary())
                .startsWith("Backend prod created firmware created, but stored something else than was sent: file"
                        + " app.bin: SHA-256");
    }

    @Test
    void another_identity_than_was_sent_is_a_mismatch() {
        Firmware correct = stored("created", FILE);
        Map<String, Firmware> others = new LinkedHashMap<>();
        others.put(
                "product p2 instead of p1",
                correct.toBuilder().product(Product.of(ProductId.of("p2"))).build());
        others.put(
                "the target is another one",
                correct.toBuilder().target(FirmwareTarget.wholeDevice()).build());
        others.put(
                "version 2.0 instead of 2.0.0",
                correct.toBuilder().version(FirmwareVersion.of("2.0")).build());
        others.put(
                "kind delta instead of full",
                correct.toBuilder().kind(UpdateKind.delta()).build());
        others.put(
                "source versions 1.0.0 instead of none",
                correct.toBuilder()
                        .sourceVersions(List.of(FirmwareVersion.of("1.0.0")))
                        .build());
        others.forEach((difference, other) -> {
            vendor.packages.clear();
            vendor.creates(other);

            OtaFailure failure = publish(WANTED).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.DigestMismatch.class);
            assertThat(failure.summary()).endsWith(difference);
        });
    }

    @Test
    void details_that_omit_the_identity_are_no_mismatch() {
        vendor.creates(Firmware.builder(FirmwareId.of("created"), COORDINATES.version())
                .files(List.of(FILE))
                .build());

        assertThat(publish(WANTED).isRight()).isTrue();
    }

    @Test
    void warns_if_the_vendor_does_not_report_the_digest() {
        vendor.creates(stored("created", FirmwareFile.builder().size(3).build()));

        assertThat(publish(WANTED).get().warnings())
                .contains("the vendor does not report a digest of the file, so its content is not confirmed");
    }

    private Either<OtaFailure, PublishResult> publish(NewFirmware wanted) {
        return vendor.publisher().publish(wanted, List.of(FILE), List.of("a warning"), false, vendor);
    }

    private Either<OtaFailure, PublishResult> dryRun() {
        return vendor.publisher().publish(WANTED, List.of(FILE), List.of("a warning"), true, vendor);
    }

    private static Firmware stored(String id, FirmwareFile file) {
        return Firmware.builder(FirmwareId.of(id), COORDINATES.version())
                .product(Product.of(PRODUCT))
                .target(COORDINATES.target())
                .kind(UpdateKind.full())
                .files(List.of(file))
                .build();
    }

    private static FailureDetails details(String summary) {
        return FailureDetails.of(ORIGIN, summary, "Wait");
    }

    private static OtaFailure unavailable() {
        return new OtaFailure.Unavailable(details("not now"));
    }

    private static OtaFailure unreadable() {
        return new OtaFailure.UnreadableResponse(details("what?"));
    }

    private static OtaFailure notFound() {
        return new OtaFailure.NotFound(details("missing"));
    }

    private static OtaFailure outcomeUnknown() {
        return new OtaFailure.OutcomeUnknown(details("lost"), Option.none());
    }

    private static OtaFailure rejectedByVendor() {
        return new OtaFailure.Rejected(
                details("exists").withVendorError(Option.some("Exists"), Option.none(), Option.none()));
    }

    /** A vendor that lists and stores packages. */
    private static final class FakeVendor implements FirmwareQueryPort, FirmwarePublisher.VendorSteps {

        final Map<FirmwareId, Firmware> packages = new LinkedHashMap<>();
        Function<Firmware, Firmware> details = Function.identity();
        Function<Firmware, Either<OtaFailure, Firmware>> storedDigests = Either::right;
        Supplier<Either<OtaFailure, FirmwarePublisher.Created>> creation;
        Runnable afterList = () -> {};
        Option<OtaFailure> listFailure = Option.none();
        Option<OtaFailure> findFailure = Option.none();
        boolean ignoresCase;
        int creations;
        int lists;

        FakeVendor() {
            creation = creating(stored("created", FILE));
        }

        FirmwarePublisher publisher() {
            return new FirmwarePublisher(this, ORIGIN, isSameProduct());
        }

        private BiPredicate<ProductId, ProductId> isSameProduct() {
            return ignoresCase ? (one, other) -> one.value().equalsIgnoreCase(other.value()) : ProductId::equals;
        }

        void add(Firmware firmware) {
            packages.put(firmware.id(), firmware);
        }

        void creates(Firmware firmware) {
            creation = creating(firmware);
        }

        private Supplier<Either<OtaFailure, FirmwarePublisher.Created>> creating(Firmware firmware) {
            return () -> {
                add(firmware);
                return Either.right(new FirmwarePublisher.Created(firmware.id(), 3));
            };
        }

        @Override
        public Either<OtaFailure, FirmwarePublisher.Created> create() {
            creations++;
            return creation.get();
        }

        @Override
        public Either<OtaFailure, Firmware> withStoredDigests(Firmware existing) {
            return storedDigests.apply(existing);
        }

        @Override
        public Either<OtaFailure, Firmware> find(FirmwareId id) {
            return findFailure
                    .<Either<OtaFailure, Firmware>>map(Either::left)
                    .getOrElse(
                            () -> Option.of(packages.get(id)).map(details).toEither(FirmwarePublisherTest::notFound));
        }

        /** Lists the packages of the product, as the backend compares products, and of the version. */
        @Override
        public Pages<FirmwareSummary> list(FirmwareFilter filter) {
            return Pages.of(from -> {
                lists++;
                List<FirmwareSummary> listed = List.ofAll(packages.values())
                        .map(FirmwareSummary::of)
                        .filter(summary ->
                                filter.product(summary.product().get().id()).matches(summary)
                                        && isSameProduct()
                                                .test(
                                                        summary.product().get().id(),
                                                        filter.product().get()));
                afterList.run();
                return listFailure
                        .<Either<OtaFailure, Page<FirmwareSummary>>>map(Either::left)
                        .getOrElse(() -> Either.right(Page.last(listed)));
            });
        }

        @Override
        public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OtaFailure unsupported(Capability missing) {
            return new OtaFailure.Unsupported(FirmwarePublisherTest.details("cannot"), missing);
        }
    }
}
