package io.otabridge.app.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.app.OtaBridge;
import io.otabridge.app.copy.TwoBackends;
import io.otabridge.app.migration.MigrationPlan.Action;
import io.otabridge.app.migration.MigrationPlan.Excluded;
import io.otabridge.app.migration.MigrationReport.Comparison;
import io.otabridge.app.migration.MigrationReport.Outcome;
import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {

    private final TwoBackends two = new TwoBackends();

    @TempDir
    private Path state;

    @AfterEach
    void close() {
        two.close();
    }

    private MigrationRequest request() {
        return MigrationRequest.of("a", "b", state);
    }

    private MigrationPlan plan() {
        return plan(request());
    }

    private MigrationPlan plan(MigrationRequest request) {
        return two.ota.migration(request).plan().get();
    }

    private MigrationReport run() {
        return run(request());
    }

    private MigrationReport run(MigrationRequest request) {
        Migration migration = two.ota.migration(request);
        return migration.run(migration.plan().get(), MigrationListener.NONE).get();
    }

    // Plan

    @Test
    void a_plan_changes_nothing_and_states_what_a_run_will_do() {
        two.a.add(OtaModule.builder(Product.of(ProductId.of("p1")), ModuleName.of("mcu"))
                .alias("Controller")
                .description("The controller")
                .build());
        two.add("f1", "p1", "1.0");
        two.add(two.firmware("f22", "p1", "mcu", "1.0"));

        MigrationPlan plan = plan();

        assertThat(plan.packages().map(planned -> planned.source().id().value()))
                .containsExactly("f1", "f22");
        assertThat(plan.modules())
                .containsExactly(new io.otabridge.domain.module.NewModule(
                        ProductId.of("q1"),
                        ModuleName.of("mcu"),
                        Option.some("Controller"),
                        Option.some("The controller")));
        assertThat(plan.files()).isEqualTo(2);
        assertThat(plan.bytes()).isEqualTo(5);
        assertThat(plan.filesOfUnknownSize()).isZero();
        assertThat(plan.calls()).isEqualTo(1 + 2 + 2 + 2);
        assertThat(plan.obstacle()).isEmpty();
        assertThat(two.created()).isEmpty();
        assertThat(two.to.count("publish") + two.to.count("create module") + two.from.count("download"))
                .isZero();
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void names_each_package_that_cannot_be_copied_with_the_reason() {
        two.b.without(Capability.SEVERAL_FILES, Capability.SOFTWARE_PACKAGES, Capability.SOURCE_VERSIONS_OF_FULL_IMAGE);
        two.add("no-name", "p9", "1");
        two.add("no-id", "p3", "1");
        two.add(two.firmware("several", "p1", "", "1").files(List.of(two.file("x", "1"), two.file("y", "2"))));
        two.add(two.firmware("software", "p1", "", "2").target(FirmwareTarget.software()));
        two.add(two.firmware("restricted", "p1", "", "3")
                .kind(UpdateKind.notStated())
                .sourceVersions(List.of(FirmwareVersion.of("2"), FirmwareVersion.of("1"))));
        two.add(two.firmware("delta", "p1", "", "4").kind(UpdateKind.delta()));
        two.add(two.firmware("no-file", "p1", "", "5").files(List.empty()));
        two.add(two.firmware("first", "p1", "", "6"));
        two.add(two.firmware("second", "p1", "", "6").files(List.of(two.file("", "other"))));

        MigrationPlan plan = plan();

        assertThat(plan.packages().map(planned -> planned.source().id().value()))
                .containsExactly("first");
        assertThat(plan.excluded()).allMatch(one -> one.cause() == Excluded.Cause.IMPOSSIBLE);
        assertThat(plan.excluded().map(one -> one.source().id() + ": " + one.reason()))
                .containsExactly(
                        "no-name: product p9 of backend a has no name in the configuration (products:)",
                        "no-id: product only-a has no id for backend b in the configuration (products:)",
                        "several: it has 2 files, and backend b stores one file in a package",
                        "software: it is a software package, which backend b does not have",
                        "restricted: it has source versions, and backend a does not report whether it is a delta: publish it"
                                + " by hand",
                        "delta: it is a delta, and backend a does not report its source version",
                        "no-file: backend a reports no file of it",
                        "second: another package becomes the same on backend b: product, target, version, kind and"
                                + " source versions are equal");
    }

    @Test
    void the_target_decides_whether_it_accepts_a_package() {
        two.add("long", "p1", "1");
        two.add("ok", "p1", "2");
        two.to.failWith((call, subject) -> Option.when(
                call.equals("dry-run publish") && version(subject).equals("1"),
                () -> rejected("The version is too long")));

        MigrationPlan plan = plan();

        assertThat(plan.packages().map(planned -> planned.source().id().value()))
                .containsExactly("ok");
        assertThat(plan.excluded().map(Excluded::reason)).containsExactly("The version is too long");
    }

    @Test
    void a_text_that_the_target_rejects_is_left_out_and_reported() {
        two.add(two.firmware("f1", "p1", "", "1").name("n").description("much too long"));
        two.to.failWith((call, subject) -> Option.when(
                subject instanceof NewFirmware firmware
                        && firmware.description().isDefined(),
                () -> rejected("The description is too long")));

        MigrationReport report = run();

        assertThat(report.isComplete()).isTrue();
        assertThat(report.results().head().losses())
                .containsExactly("its description is not accepted and is left out: The description is too long");
        assertThat(two.created().head().name()).contains("n");
    }

    @Test
    void a_package_that_is_rejected_without_its_texts_too_names_the_remaining_reason() {
        two.add(two.firmware("f1", "p1", "", "1").name("n.1"));
        two.to.failWith((call, subject) -> Option.when(
                subject instanceof NewFirmware,
                () -> rejected(
                        ((NewFirmware) subject).name().isDefined()
                                ? "The name is not valid"
                                : "The version exists with another kind")));

        assertThat(plan().excluded().map(Excluded::reason)).containsExactly("The version exists with another kind");
    }

    @Test
    void an_outage_of_the_target_fails_the_plan() {
        two.add("f1", "p1", "1");
        two.to.failWith((call, subject) -> Option.when(call.equals("dry-run publish"), this::unavailable));

        assertThat(two.ota.migration(request()).plan().getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
    }

    @Test
    void backends_need_the_operations_of_a_migration() {
        two.b.without(Capability.PUBLISH_FIRMWARE);

        assertThat(two.ota.migration(request()).plan().getLeft().summary())
                .isEqualTo("Backend b (memory) cannot publish a firmware package from a local file");
    }

    @Test
    void selects_a_product_by_name_and_packages_by_filter() {
        two.add("lamp", "p1", "1");
        two.add("fan1", "p2", "1");
        two.add("fan2", "p2", "2");

        assertThat(plan(request().product("fan"))
                        .packages()
                        .map(one -> one.source().id().value()))
                .containsExactly("fan1", "fan2");
        assertThat(plan(request().filter(FirmwareFilter.all().version(FirmwareVersion.of("2"))))
                        .packages()
                        .map(one -> one.source().id().value()))
                .containsExactly("fan2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.ota
                        .migration(MigrationRequest.of("b", "a", state).product("only-a"))
                        .plan());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.ota.migration(request().product("p9")).plan())
                .withMessage("product \"p9\" of backend a has no name in the configuration (products:), so its id on"
                        + " backend b is unknown");
    }

    @Test
    void refuses_more_packages_than_the_target_stores() {
        two.b.limitPackages(4);
        two.b.add(Firmware.builder(FirmwareId.of("there"), FirmwareVersion.of("9"))
                .build());
        List.range(0, 5).forEach(i -> two.add("f" + i, "p1", "1." + i));

        MigrationPlan plan = plan();

        assertThat(plan.obstacle())
                .contains(
                        "backend b stores at most 4 packages in the account, it has 1, and 5 are to be copied: select the"
                                + " newest 3, or delete packages on backend b, or ignore the limit if the vendor has increased it");
        OtaFailure refused =
                two.ota.migration(request()).run(plan, MigrationListener.NONE).getLeft();
        assertThat(refused).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(refused.summary()).startsWith("The plan cannot be executed: backend b stores at most 4");
        assertThat(two.to.count("publish")).isZero();
        assertThat(plan(request().ignorePackageLimit()).obstacle()).isEmpty();
    }

    @Test
    void a_selection_names_each_package_that_is_left_out() {
        two.b.limitPackages(3);
        List.range(0, 5).forEach(i -> two.add("f" + i, "p1", "1." + i));

        MigrationPlan plan = plan(request().newest(3));
        MigrationReport report =
                two.ota.migration(request()).run(plan, MigrationListener.NONE).get();

        assertThat(plan.obstacle()).isEmpty();
        assertThat(plan.excluded().map(one -> one.source().id() + ": " + one.cause() + ", " + one.reason()))
                .containsExactly(
                        "f0: NOT_SELECTED, only the newest 3 packages are selected",
                        "f1: NOT_SELECTED, only the newest 3 packages are selected");
        assertThat(two.created().map(firmware -> firmware.version().value())).containsExactly("1.2", "1.3", "1.4");
        assertThat(report.excluded()).isEqualTo(plan.excluded());
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void a_repeated_selection_copies_no_other_packages() {
        two.b.limitPackages(3);
        List.range(0, 5).forEach(i -> two.add("f" + i, "p1", "1." + i));
        two.ota.migration(request()).run(plan(request().newest(2)), MigrationListener.NONE);

        MigrationPlan again = plan(request().newest(2));
        MigrationPlan larger = plan(request().newest(3));
        MigrationPlan all = plan();

        assertThat(again.packages(Action.COPY)).isEmpty();
        assertThat(again.excluded().map(one -> one.source().id().value())).containsExactly("f0", "f1", "f2");
        assertThat(all.obstacle().get()).contains("it has 2, and 3 are to be copied: select the newest 3, or");
        assertThat(larger.obstacle()).isEmpty();
        assertThat(larger.packages(Action.COPY).map(one -> one.source().id().value()))
                .containsExactly("f2");
    }

    @Test
    void a_package_that_may_be_on_the_target_does_not_count_for_its_limit() {
        two.b.limitPackages(1);
        two.add("f1", "p1", "1");
        Firmware there = onTarget("there1", "1", "f1");
        FirmwareFile unknown = there.files().head();
        two.b.add(Firmware.builder(there.id(), there.version())
                .product(there.product().get())
                .target(there.target())
                .kind(there.kind())
                .files(List.of(FirmwareFile.builder()
                        .size(unknown.size().get())
                        .location(unknown.location().get())
                        .build()))
                .build());

        MigrationPlan plan = plan();

        assertThat(plan.packages().map(MigrationPlan.Planned::action)).containsExactly(MigrationPlan.Action.COPY);
        assertThat(plan.packages().flatMap(MigrationPlan.Planned::losses))
                .containsExactly("the target has this version, and only the run can compare the content");
        assertThat(plan.obstacle()).isEmpty();
    }

    @Test
    void a_copy_for_another_product_does_not_count_after_the_products_were_configured_differently() {
        two.add("f1", "p1", "1");
        run();
        try (OtaBridge other = two.withProduct("lamp", "p1", "q7")) {
            MigrationPlan plan = other.migration(request()).plan().get();

            assertThat(plan.packages().map(one -> one.source().id() + " " + one.action()))
                    .containsExactly("f1 COPY");
        }
    }

    @Test
    void files_of_others_in_a_linked_spool_directory_are_not_deleted(@TempDir Path disk) throws IOException {
        two.add("f1", "p1", "1");
        Path other = Files.createDirectory(disk.resolve("photos"));
        Path directory = MigrationJournal.directory(state, "a", "b");
        Files.createDirectories(directory);
        Files.createSymbolicLink(directory.resolve("spool"), disk);

        assertThat(run().isComplete()).isTrue();
        assertThat(other).exists();
    }

    @Test
    void a_file_without_a_digest_on_the_source_is_reported() {
        FirmwareFile file = two.file("", "f1");
        two.add(two.firmware("f1", "p1", "", "1")
                .files(List.of(FirmwareFile.builder()
                        .size(file.size().get())
                        .location(file.location().get())
                        .build())));

        assertThat(run().results().head().losses())
                .containsExactly(
                        "backend a reports no digest of its content, so the downloaded bytes are not confirmed");
    }

    @Test
    void names_of_files_that_are_replaced_are_recognized_on_the_target() throws IOException {
        two.add(two.firmware("f1", "p1", "", "1").files(List.of(two.file("a%b", "1"), two.file("y", "2"))));
        run();
        Files.delete(two.ota.migration(request()).journal());

        assertThat(plan().packages().map(MigrationPlan.Planned::action)).containsExactly(MigrationPlan.Action.NONE);
    }

    @Test
    void a_spooled_file_that_is_not_what_the_source_reports_is_downloaded_again() throws IOException {
        two.add("f1", "p1", "1");
        two.to.failWith((call, subject) -> Option.when(
                call.equals("publish"),
                () -> new OtaFailure.Cancelled(
                        FailureDetails.of(new OperationContext("b", two.b.vendor(), "any"), "Stopped", "Repeat it"))));
        run();
        two.to.failWith((call, subject) -> Option.none());
        two.a.add(two.firmware("f1", "p1", "", "1")
                .files(List.of(two.file("", "g1")))
                .build());

        assertThat(run().results(Outcome.FAILED)).isEmpty();
        assertThat(two.content(two.created().head())).isEqualTo("g1");
    }

    @Test
    void a_verification_without_a_journal_is_refused() {
        OtaFailure failure =
                two.ota.migration(request()).verify(MigrationListener.NONE).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).startsWith("There is no journal of a migration from a to b: ");
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void a_package_that_is_on_the_target_is_not_copied() {
        two.add("same", "p1", "1");
        two.add("other", "p1", "2");
        two.b.add(onTarget("there1", "1", "same"));
        two.b.add(onTarget("there2", "2", "different content"));

        MigrationPlan plan = plan();

        assertThat(plan.packages()
                        .map(one -> one.source().id() + " " + one.action() + " "
                                + one.copy().get()))
                .containsExactly("same NONE there1");
        assertThat(plan.excluded().map(Excluded::reason))
                .singleElement()
                .asString()
                .startsWith(
                        "backend b already has it as firmware there2, with another content (source and target): size 5 and 17 bytes");
        assertThat(plan.excluded().map(Excluded::cause)).containsExactly(Excluded.Cause.CONFLICT);
        assertThat(plan.calls()).isZero();
        MigrationReport report = run();
        assertThat(report.results().map(result -> result.outcome() + " " + result.isVerified()))
                .containsExactly("EXISTED true");
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void plans_name_a_package_that_would_be_created_after_a_newer_one() {
        two.add("older", "p1", "1");
        two.add("newer", "p1", "2");
        two.b.add(onTarget("there2", "2", "newer"));

        assertThat(plan().packages(MigrationPlan.Action.COPY).flatMap(MigrationPlan.Planned::losses))
                .contains("backend b has a newer package of it already, so this one becomes the newest by creation");
    }

    // Run

    @Test
    void copies_packages_oldest_first_and_verifies_them() {
        two.a.add(OtaModule.builder(Product.of(ProductId.of("p2")), ModuleName.of("mcu"))
                .alias("M")
                .build());
        two.add(two.firmware("f3", "p1", "", "3")
                .name("Third")
                .customInfo("info")
                .created(TwoBackends.time(300)));
        two.add(two.firmware("f1", "p1", "", "1").description("First").created(TwoBackends.time(100)));
        two.add(two.firmware("f2", "p2", "mcu", "2")
                .kind(UpdateKind.delta(FirmwareVersion.of("1")))
                .sourceVersions(List.of(FirmwareVersion.of("1")))
                .verification(Verification.verified())
                .created(TwoBackends.time(200)));
        two.add(two.firmware("f4", "p1", "", "4")
                .files(List.of(two.file("x", "one"), two.file("y", "two")))
                .created(TwoBackends.time(400)));

        MigrationReport report = run(request().concurrency(1));

        assertThat(report.isComplete()).isTrue();
        assertThat(report.results().map(result -> result.outcome() + " " + result.comparison()))
                .containsOnly("COPIED SHA_256");
        List<Firmware> created = two.created();
        assertThat(created.map(firmware -> firmware.version().value())).containsExactly("1", "2", "3", "4");
        assertThat(created.get(0).description()).contains("First");
        assertThat(created.get(1).kind()).isEqualTo(UpdateKind.delta(FirmwareVersion.of("1")));
        assertThat(created.get(1).target()).isEqualTo(FirmwareTarget.module("mcu"));
        assertThat(created.get(1).product().get().id()).isEqualTo(ProductId.of("q2"));
        assertThat(created.get(2).name()).contains("Third");
        assertThat(created.get(2).customInfo()).contains("info");
        assertThat(created.take(3).map(two::content)).containsExactly("f1", "f2", "f3");
        assertThat(created.get(3).files().map(file -> file.name().get())).containsExactly("x", "y");
        assertThat(two.b.modules().list(ProductId.of("q2")).toList().get().map(OtaModule::alias))
                .containsExactly(Option.some("M"));
    }

    @Test
    void packages_arrive_unverified_and_are_reported_so() {
        two.add(two.firmware("f1", "p1", "", "1").verification(Verification.verified()));

        MigrationReport.Result result = run().results().head();

        assertThat(result.verification()).contains(Verification.unverified());
        assertThat(result.needsVerification()).isTrue();
    }

    @Test
    void a_plan_states_how_long_its_calls_take_at_least_after_the_modules_at_both_backends_at_once() {
        two.add(two.firmware("f1", "p1", "mcu", "1"));
        two.add("f2", "p1", "2");
        two.a.setMinimumTime(calls -> Option.some(
                Duration.ofSeconds(7L * calls.get(Capability.DOWNLOAD_FIRMWARE).get())));
        two.b.setMinimumTime(calls -> Option.some(
                Duration.ofSeconds(calls.get(Capability.CREATE_MODULE).getOrElse(0)
                        + 2L * calls.get(Capability.PUBLISH_FIRMWARE).getOrElse(0)
                        + 3L * calls.get(Capability.FIND_FIRMWARE).getOrElse(0)
                        + 5L * calls.get(Capability.DOWNLOAD_FIRMWARE).getOrElse(0)
                        + 100L * calls.get(Capability.SEVERAL_FILES).getOrElse(0))));

        MigrationPlan.MinimumTime time = plan().minimumTime();

        assertThat(time.from()).contains(Duration.ofSeconds(14));
        assertThat(time.to()).contains(Duration.ofSeconds(1 + 4 + 6));
        assertThat(time.total()).contains(Duration.ofSeconds(1 + 14));
        assertThat(two.ota
                        .migration(request().deep())
                        .plan()
                        .get()
                        .minimumTime()
                        .total())
                .contains(Duration.ofSeconds(1 + 4 + 6 + 10));
    }

    @Test
    void a_plan_states_no_time_without_rate_limits_and_that_of_the_other_backend_with_those_of_one() {
        two.add("f1", "p1", "1");

        assertThat(plan().minimumTime().total()).isEmpty();

        two.a.setMinimumTime(calls -> Option.some(Duration.ofSeconds(7)));
        assertThat(plan().minimumTime())
                .isEqualTo(new MigrationPlan.MinimumTime(
                        Option.some(Duration.ofSeconds(7)), Option.none(), Option.some(Duration.ofSeconds(7))));
    }

    @Test
    void a_name_becomes_the_description_where_the_target_has_no_names() {
        two.b.without(Capability.FIRMWARE_NAMES, Capability.UPDATE_KIND);
        two.add(two.firmware("f1", "p1", "", "1").name("Spring"));
        two.add(two.firmware("f2", "p1", "", "2").name("Summer").description("Better"));
        two.add(two.firmware("f3", "p1", "", "3")
                .kind(UpdateKind.delta(FirmwareVersion.of("2")))
                .sourceVersions(List.of(FirmwareVersion.of("2"))));

        MigrationReport report = run();

        assertThat(report.results().flatMap(MigrationReport.Result::losses))
                .containsExactly(
                        "its name becomes the description",
                        "its name is lost: Summer",
                        "the backend does not store that the package is a delta");
        assertThat(two.created().map(Firmware::description))
                .containsExactly(Option.some("Spring"), Option.some("Better"), Option.none());
        assertThat(two.created().last().sourceVersions()).containsExactly(FirmwareVersion.of("2"));
    }

    @Test
    void calls_of_500_packages_equal_the_plan() {
        List.range(0, 500)
                .forEach(i -> two.add(two.firmware("f" + i, i % 2 == 0 ? "p1" : "p2", "m" + i % 3, "1." + i)));
        Migration migration = two.ota.migration(request().concurrency(8));
        MigrationPlan plan = migration.plan().get();
        two.from.reset();
        two.to.reset();

        MigrationReport report = migration.run(plan, MigrationListener.NONE).get();

        assertThat(report.isComplete()).isTrue();
        assertThat(report.results()).hasSize(500);
        assertThat(plan.calls()).isEqualTo(6 + 3 * 500);
        assertThat(two.from.total() + two.to.total()).isEqualTo(plan.calls());
        assertThat(two.from.count("download")).isEqualTo(500);
        assertThat(two.to.count("publish")).isEqualTo(500);
        for (String product : List.of("q1", "q2")) {
            for (String module : List.of("m0", "m1", "m2")) {
                List<Integer> numbers = two.created()
                        .filter(one -> one.product().get().id().value().equals(product)
                                && one.target().equals(FirmwareTarget.module(module)))
                        .map(one -> Integer.parseInt(one.version().value().substring(2)));
                assertThat(numbers.asJava()).hasSizeGreaterThan(80).isSorted();
            }
        }
    }

    @Test
    void a_second_run_calls_nothing_but_lists() {
        List.range(0, 10).forEach(i -> two.add("f" + i, "p1", "1." + i));
        run();
        two.from.reset();
        two.to.reset();

        MigrationPlan plan = plan();
        assertThat(two.from.counts().keySet()).containsExactly("list");
        assertThat(two.to.counts().keySet()).containsExactly("list");
        two.from.reset();
        two.to.reset();
        MigrationReport report =
                two.ota.migration(request()).run(plan, MigrationListener.NONE).get();

        assertThat(two.from.total() + two.to.total()).isZero();
        assertThat(report.results(Outcome.EXISTED)).hasSize(10);
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void a_second_run_reports_what_the_first_one_lost_and_found() {
        two.add(two.firmware("f1", "p1", "", "1").description("much too long"));
        two.to.failWith((call, subject) -> Option.when(
                subject instanceof NewFirmware firmware
                        && firmware.description().isDefined(),
                () -> rejected("The description is too long")));
        MigrationReport.Result first = run().results().head();

        MigrationReport.Result second = run().results().head();

        assertThat(second.outcome()).isEqualTo(Outcome.EXISTED);
        assertThat(second.losses()).isEqualTo(first.losses()).isNotEmpty();
        assertThat(second.comparison()).isEqualTo(Comparison.SHA_256);
        assertThat(second.verification()).isEqualTo(first.verification()).isNotEmpty();
        assertThat(second.files().flatMap(FirmwareFile::checksums))
                .isEqualTo(first.files().flatMap(FirmwareFile::checksums));
    }

    @Test
    void a_package_that_fails_does_not_stop_the_others_and_is_repeated() {
        List.range(0, 10).forEach(i -> two.add("f" + i, "p1", "1." + i));
        two.to.failWith((call, subject) ->
                Option.when(call.equals("publish") && version(subject).equals("1.4"), this::unavailable));

        MigrationReport first = run();
        two.to.failWith((call, subject) -> Option.none());
        two.to.reset();
        MigrationReport second = run();

        assertThat(first.isComplete()).isFalse();
        assertThat(first.results(Outcome.FAILED)
                        .map(result -> result.source().id().value()))
                .containsExactly("f4");
        assertThat(first.results(Outcome.FAILED).flatMap(MigrationReport.Result::failure))
                .hasOnlyElementsOfType(OtaFailure.Unavailable.class);
        assertThat(first.results(Outcome.COPIED)).hasSize(9);
        assertThat(two.to.count("publish")).isEqualTo(1);
        assertThat(second.isComplete()).isTrue();
        assertThat(spooled()).isEmpty();
    }

    @Test
    void a_failure_of_the_whole_account_stops_the_run_and_the_next_one_continues() {
        for (Function<FailureDetails, OtaFailure> ofAccount : List.<Function<FailureDetails, OtaFailure>>of(
                OtaFailure.AccessDenied::new, OtaFailure.CircuitOpen::new)) {
            try (TwoBackends accounts = new TwoBackends()) {
                List.range(0, 10).forEach(i -> accounts.add("f" + i, "p1", "1." + i));
                Migration migration = accounts.ota.migration(MigrationRequest.of(
                        "a",
                        "b",
                        state.resolve(ofAccount.apply(details("x")).getClass().getSimpleName())));
                MigrationPlan plan = migration.plan().get();
                accounts.to.failWith((call, subject) -> Option.when(
                        call.equals("publish") && version(subject).equals("1.4"),
                        () -> ofAccount.apply(details("The account is closed"))));

                MigrationReport report =
                        migration.run(plan, MigrationListener.NONE).get();
                accounts.to.failWith((call, subject) -> Option.none());
                int downloads = accounts.from.count("download");
                MigrationReport next = migration
                        .run(migration.plan().get(), MigrationListener.NONE)
                        .get();

                assertThat(report.results(Outcome.COPIED)).hasSize(4);
                assertThat(report.results(Outcome.FAILED)).hasSize(1);
                assertThat(report.results(Outcome.NOT_STARTED)).hasSize(5);
                // The second worker may have downloaded one more, which waited for the order.
                assertThat(downloads).isLessThanOrEqualTo(6);
                assertThat(next.isComplete()).isTrue();
                assertThat(accounts.created()).hasSize(10);
            }
        }
    }

    @Test
    void a_target_that_is_full_stops_the_run() {
        List.range(0, 10).forEach(i -> two.add("f" + i, "p1", "1." + i));
        two.b.limitPackages(12);
        Migration migration = two.ota.migration(request().concurrency(1));
        MigrationPlan plan = migration.plan().get();
        List.range(0, 9).forEach(i -> two.b.add(onTarget("other" + i, "0." + i, "other" + i)));

        MigrationReport report = migration.run(plan, MigrationListener.NONE).get();

        assertThat(report.results(Outcome.COPIED)).hasSize(3);
        assertThat(report.results(Outcome.FAILED)).hasSize(1);
        assertThat(report.results(Outcome.NOT_STARTED)).hasSize(6);
        assertThat(two.from.count("download")).isEqualTo(4);
        assertThat(two.to.count("publish")).isEqualTo(4);
    }

    @Test
    void a_full_target_whose_limit_was_ignored_stops_the_run_at_the_second_rejection() {
        List.range(0, 10).forEach(i -> two.add("f" + i, "p1", "1." + i));
        two.b.limitPackages(3);

        MigrationReport report = run(request().concurrency(1).ignorePackageLimit());

        assertThat(report.results(Outcome.COPIED)).hasSize(3);
        assertThat(report.results(Outcome.FAILED)).hasSize(2);
        assertThat(report.results(Outcome.NOT_STARTED)).hasSize(5);
        assertThat(two.to.count("publish")).isEqualTo(5);
    }

    @Test
    void packages_of_a_module_that_cannot_be_created_fail_and_others_do_not() {
        two.add(two.firmware("f1", "p1", "mcu", "1"));
        two.add("f2", "p1", "1");
        two.to.failWith(
                (call, subject) -> Option.when(call.equals("create module"), () -> rejected("The product is full")));

        MigrationReport report = run();

        assertThat(report.results().map(result -> result.source().id() + " " + result.outcome()))
                .containsExactly("f1 FAILED", "f2 COPIED");
        assertThat(two.from.count("download")).isEqualTo(1);
    }

    @Test
    void a_lost_response_creates_no_second_package() {
        two.add("f1", "p1", "1");
        two.b.loseNextResponse();

        MigrationReport report = run();

        assertThat(report.isComplete()).isTrue();
        assertThat(two.created()).hasSize(1);
    }

    @Test
    void a_package_that_was_deleted_on_the_target_is_copied_again() {
        two.add("f1", "p1", "1");
        FirmwareId first = run().results().head().copy().get();
        two.b.firmwareCommands().delete(first);

        MigrationReport report = run();

        assertThat(report.results().map(MigrationReport.Result::outcome)).containsExactly(Outcome.COPIED);
        assertThat(two.created()).hasSize(1);
    }

    @Test
    void a_file_that_is_not_what_the_source_reports_is_not_published() {
        Firmware firmware = two.add("f1", "p1", "1");
        two.a.putObject(firmware.files().head().location().get(), new byte[] {'f', '2'});

        MigrationReport report = run();

        assertThat(report.results().flatMap(MigrationReport.Result::failure))
                .hasOnlyElementsOfType(OtaFailure.DigestMismatch.class);
        assertThat(two.to.count("publish")).isZero();
    }

    @Test
    void an_interrupted_download_is_an_isolated_failure() {
        two.add("f1", "p1", "1");
        two.add("f2", "p1", "2");
        two.a.cutNextDownload(1);

        assertThat(run(request().concurrency(1)).results().map(MigrationReport.Result::outcome))
                .containsExactly(Outcome.FAILED, Outcome.COPIED);
        assertThat(run().isComplete()).isTrue();
    }

    @Test
    void content_on_the_target_that_differs_fails_the_verification() {
        two.add("f1", "p1", "1");
        two.to.failWith((call, subject) -> {
            if (call.equals("find") && two.to.count("publish") > 0) {
                two.created()
                        .forEach(copy -> two.b.add(copy.toBuilder()
                                .files(List.of(TwoBackends.file(two.b, "", "damaged")))
                                .build()));
            }
            return Option.none();
        });

        MigrationReport.Result result = run().results().head();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.failure().get()).isInstanceOf(OtaFailure.DigestMismatch.class);
        assertThat(result.failure().get().summary())
                .contains("differs from the copied firmware f1 (copied and stored): ");
    }

    @Test
    void a_deep_verification_reads_the_bytes_of_the_target() {
        two.add("f1", "p1", "1");
        two.add("f2", "p1", "2");
        Migration migration = two.ota.migration(request().deep());
        MigrationPlan plan = migration.plan().get();
        two.from.reset();
        two.to.reset();

        MigrationReport report = migration.run(plan, MigrationListener.NONE).get();

        assertThat(report.results().map(MigrationReport.Result::comparison)).containsOnly(Comparison.BYTES);
        assertThat(two.to.count("download")).isEqualTo(2);
        assertThat(plan.calls()).isEqualTo(two.from.total() + two.to.total());
        assertThat(spooled()).isEmpty();
    }

    @Test
    void a_deep_run_reads_the_bytes_of_packages_that_are_on_the_target_already_once() {
        two.add("copied", "p1", "1");
        run();
        two.add("there", "p1", "2");
        two.b.add(onTarget("there1", "2", "there"));

        MigrationReport deep = run(request().deep());
        int downloads = two.to.count("download");
        MigrationReport again = run(request().deep());
        MigrationReport plain = run();

        assertThat(deep.results().map(result -> result.outcome() + " " + result.comparison()))
                .containsExactly("EXISTED BYTES", "EXISTED BYTES");
        assertThat(again.results().map(MigrationReport.Result::comparison)).containsOnly(Comparison.BYTES);
        assertThat(plain.results().map(MigrationReport.Result::comparison)).containsOnly(Comparison.BYTES);
        assertThat(downloads).isEqualTo(2);
        assertThat(two.to.count("download")).isEqualTo(2);
    }

    @Test
    void a_verification_keeps_the_downloaded_files_of_an_interrupted_run() throws IOException {
        two.add("f1", "p1", "1");
        run();
        Path kept = Files.createDirectories(state.resolve("a/b/spool/kept"));

        two.ota.migration(request()).verify(MigrationListener.NONE);

        assertThat(kept).exists();
    }

    @Test
    void verify_reads_every_copy_again_and_finds_what_changed() {
        two.add("f1", "p1", "1");
        two.add("f2", "p1", "2");
        two.add("f3", "p1", "3");
        MigrationReport copied = run();
        FirmwareId second = copied.results().get(1).copy().get();
        Firmware changed = two.b.firmware().find(second).get();
        two.b.putObject(
                changed.files().head().location().get(), "xx".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        two.b.firmwareCommands().delete(copied.results().get(2).copy().get());

        MigrationReport shallow =
                two.ota.migration(request()).verify(MigrationListener.NONE).get();
        MigrationReport deep = two.ota
                .migration(request().deep())
                .verify(MigrationListener.NONE)
                .get();

        assertThat(shallow.results().map(MigrationReport.Result::comparison))
                .containsExactly(Comparison.SHA_256, Comparison.SHA_256, Comparison.NONE);
        assertThat(shallow.results().get(2).failure().get()).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(deep.results().map(MigrationReport.Result::comparison))
                .containsExactly(Comparison.BYTES, Comparison.NONE, Comparison.NONE);
        assertThat(deep.results().get(1).failure().get()).isInstanceOf(OtaFailure.DigestMismatch.class);
        assertThat(spooled()).isEmpty();
    }

    // Spool, order and interrupts

    @Test
    void spooled_files_stay_within_the_limit() {
        int size = 1 << 20;
        List.range(0, 6)
                .forEach(i -> two.add(two.firmware("f" + i, "p1", "", "1." + i)
                        .files(List.of(two.file("", i + "x".repeat(size - 1))))));
        AtomicLong largest = new AtomicLong();
        MigrationRequest request = request().concurrency(4).spoolLimit(2L * size);
        Migration migration = two.ota.migration(request);

        MigrationReport report = migration
                .run(migration.plan().get(), new MigrationListener() {
                    @Override
                    public void step(FirmwareSummary source, MigrationState step) {
                        largest.accumulateAndGet(spooledBytes(), Math::max);
                    }
                })
                .get();

        assertThat(report.isComplete()).isTrue();
        assertThat(largest).hasValueBetween((long) size, 2L * size);
        assertThat(spooled()).isEmpty();
    }

    @Test
    void a_package_larger_than_the_spool_fails_alone() {
        two.add("f1", "p1", "1");
        two.add(two.firmware("f2", "p1", "", "2").files(List.of(two.file("", "x".repeat(200)))));

        MigrationReport report = run(request().spoolLimit(100));

        assertThat(report.results().map(MigrationReport.Result::outcome))
                .containsExactly(Outcome.COPIED, Outcome.FAILED);
        assertThat(report.results().last().failure().get().summary())
                .isEqualTo("The files of firmware f2 are larger than the spool limit of 100 bytes");
    }

    @Test
    void a_file_of_unknown_size_may_have_an_equal_share_of_the_spool() {
        two.add(two.firmware("f1", "p1", "", "1").files(List.of(unknownSize("x".repeat(40)))));
        two.add(two.firmware("f2", "p1", "", "2").files(List.of(unknownSize("y".repeat(60)))));

        MigrationPlan plan = plan(request().spoolLimit(100).concurrency(2));
        MigrationReport report = run(request().spoolLimit(100).concurrency(2));

        assertThat(plan.filesOfUnknownSize()).isEqualTo(2);
        assertThat(plan.bytes()).isZero();
        assertThat(report.results().map(MigrationReport.Result::outcome))
                .containsExactly(Outcome.COPIED, Outcome.FAILED);
        assertThat(report.results().last().failure().get().summary()).contains("60 bytes, more than the limit of 50");
    }

    @Test
    void several_packages_are_transferred_at_the_same_time() {
        List.range(0, 4).forEach(i -> two.add(two.firmware("f" + i, "p1", "m" + i, "1")));
        CountDownLatch all = new CountDownLatch(4);
        AtomicInteger late = new AtomicInteger();
        two.from.failWith((call, subject) -> {
            if (call.equals("download")) {
                all.countDown();
                await(all, late);
            }
            return Option.none();
        });

        assertThat(run(request().concurrency(4)).isComplete()).isTrue();
        assertThat(late).hasValue(0);
    }

    @Test
    void a_package_is_published_after_the_one_before_it_with_the_same_target() {
        List.range(0, 2).forEach(i -> two.add("f" + i, "p1", "1." + i));
        CountDownLatch second = new CountDownLatch(1);
        two.from.failWith((call, subject) -> {
            if (call.equals("download") && subject.equals(FirmwareId.of("f0"))) {
                awaitBriefly(second);
            }
            return Option.none();
        });
        two.to.failWith((call, subject) -> {
            if (call.equals("publish") && version(subject).equals("1.1")) {
                second.countDown();
            }
            return Option.none();
        });

        run(request().concurrency(2));

        assertThat(two.created().map(copy -> copy.version().value())).containsExactly("1.0", "1.1");
    }

    /** The wait ends early only if the order is wrong. */
    private static void awaitBriefly(CountDownLatch latch) {
        try {
            if (latch.await(300, TimeUnit.MILLISECONDS)) {
                Thread.sleep(300);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void an_interrupt_ends_the_run_and_the_next_one_continues() throws InterruptedException {
        List.range(0, 10).forEach(i -> two.add("f" + i, "p1", "1." + i));
        Migration migration = two.ota.migration(request().concurrency(1));
        MigrationPlan plan = migration.plan().get();
        Thread caller = Thread.currentThread();
        two.to.failWith((call, subject) -> {
            if (call.equals("publish") && version(subject).equals("1.3")) {
                caller.interrupt();
                await(new CountDownLatch(1), new AtomicInteger());
            }
            return Option.none();
        });

        MigrationReport report = migration.run(plan, MigrationListener.NONE).get();
        boolean isInterrupted = Thread.interrupted();
        two.to.failWith((call, subject) -> Option.none());
        MigrationReport next = run();

        assertThat(isInterrupted).isTrue();
        assertThat(report.results().map(MigrationReport.Result::outcome).distinct())
                .containsExactly(Outcome.COPIED, Outcome.FAILED, Outcome.NOT_STARTED);
        assertThat(report.results().get(3).failure().get()).isInstanceOf(OtaFailure.Cancelled.class);
        assertThat(next.isComplete()).isTrue();
        assertThat(two.created()).hasSize(10);
    }

    @Test
    void an_exception_reaches_the_caller_and_the_next_run_continues() {
        List.range(0, 4).forEach(i -> two.add("f" + i, "p1", "1." + i));
        Migration migration = two.ota.migration(request().concurrency(1));
        MigrationPlan plan = migration.plan().get();
        two.to.failWith((call, subject) -> {
            if (call.equals("publish") && version(subject).equals("1.1")) {
                throw new IllegalStateException("a bug");
            }
            return Option.none();
        });

        org.assertj.core.api.Assertions.assertThatIllegalStateException()
                .isThrownBy(() -> migration.run(plan, MigrationListener.NONE))
                .withMessage("a bug");
        two.to.failWith((call, subject) -> Option.none());

        assertThat(run().isComplete()).isTrue();
        assertThat(two.created()).hasSize(4);
    }

    // Listener

    @Test
    void a_listener_receives_steps_transfers_and_results() {
        two.add(two.firmware("f1", "p1", "mcu", "1"));
        ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
        Migration migration = two.ota.migration(request());

        migration.run(migration.plan().get(), new MigrationListener() {
            @Override
            public void created(OtaModule module) {
                events.add("module " + module.name());
            }

            @Override
            public void step(FirmwareSummary source, MigrationState step) {
                events.add(source.id() + " " + step);
            }

            @Override
            public TransferListener transfer(FirmwareSummary source, boolean isUpload) {
                return (file, bytes, total) -> events.add((isUpload ? "up " : "down ") + file + " " + bytes);
            }

            @Override
            public void finished(MigrationReport.Result result) {
                events.add("finished " + result.outcome());
            }
        });

        assertThat(events)
                .containsExactly(
                        "f1 PLANNED",
                        "module mcu",
                        "down 0 2",
                        "f1 COPIED",
                        "up f1.bin 2",
                        "f1 CREATED",
                        "f1 VERIFIED",
                        "finished COPIED");
    }

    @Test
    void requests_are_checked() {
        assertThatIllegalArgumentException().isThrownBy(() -> MigrationRequest.of("a", "a", state));
        assertThatIllegalArgumentException().isThrownBy(() -> request().concurrency(0));
        assertThatIllegalArgumentException().isThrownBy(() -> request().concurrency(17));
        assertThatIllegalArgumentException().isThrownBy(() -> request().newest(0));
        assertThatIllegalArgumentException().isThrownBy(() -> request().spoolLimit(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request().filter(FirmwareFilter.all().product(ProductId.of("p1"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.ota.migration(MigrationRequest.of("a", "missing", state)));
    }

    private io.otabridge.domain.artifact.FirmwareFile unknownSize(String content) {
        io.otabridge.domain.artifact.FirmwareFile file = two.file("", content);
        return new io.otabridge.domain.artifact.FirmwareFile(
                file.name(), Option.none(), file.checksums(), file.location());
    }

    private Firmware onTarget(String id, String version, String content) {
        return Firmware.builder(FirmwareId.of(id), FirmwareVersion.of(version))
                .product(Product.of(ProductId.of("q1")))
                .target(FirmwareTarget.wholeDevice())
                .kind(UpdateKind.full())
                .files(List.of(TwoBackends.file(two.b, "", content)))
                .build();
    }

    private static void await(CountDownLatch latch, AtomicInteger late) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                late.incrementAndGet();
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    private static String version(Object subject) {
        return subject instanceof NewFirmware firmware
                ? firmware.coordinates().version().value()
                : "";
    }

    private OtaFailure rejected(String summary) {
        return new OtaFailure.Rejected(details(summary));
    }

    private OtaFailure unavailable() {
        return new OtaFailure.Unavailable(details("The backend is unavailable"));
    }

    private static FailureDetails details(String summary) {
        return FailureDetails.of(
                new OperationContext("b", io.otabridge.contracts.memory.InMemoryBackend.VENDOR, "Test"),
                summary,
                "none");
    }

    private List<Path> spooled() {
        Path spool = MigrationJournal.directory(state, "a", "b").resolve("spool");
        if (!Files.exists(spool)) {
            return List.empty();
        }
        try (Stream<Path> files = Files.walk(spool)) {
            return List.ofAll(files.filter(Files::isRegularFile).toList());
        } catch (IOException | java.io.UncheckedIOException deletedMeanwhile) {
            return List.empty();
        }
    }

    private long spooledBytes() {
        return spooled().map(file -> file.toFile().length()).sum().longValue();
    }
}
