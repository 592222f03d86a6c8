package io.otabridge.app.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.app.copy.TwoBackends;
import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionTest {

    private static final FirmwareId ID = FirmwareId.of("f1");

    private final TwoBackends two = new TwoBackends();

    @TempDir
    private Path spool;

    @AfterEach
    void close() {
        two.close();
    }

    private PromotionRequest request(String... to) {
        return PromotionRequest.of(ID, "a", to).spoolDirectory(spool);
    }

    private PromotionReport promote(PromotionRequest request) {
        return two.ota.promote(request).get();
    }

    @Test
    void publishes_a_package_on_other_backends() {
        two.add(two.firmware("f1", "p1", "", "1.0").name("n").description("d").customInfo("i"));

        PromotionReport report = promote(request("b", "c"));

        assertThat(report.failure()).isEmpty();
        assertThat(report.results().map(PromotionReport.Result::to)).containsExactly("b", "c");
        Firmware copy = two.created().head();
        assertThat(copy.product()).contains(Product.of(ProductId.of("q1")));
        assertThat(copy.name()).contains("n");
        assertThat(copy.description()).contains("d");
        assertThat(copy.customInfo()).contains("i");
        assertThat(two.content(copy)).isEqualTo("f1");
        assertThat(report.results().head().published().get().firmware()).contains(copy);
        assertThat(onC().map(FirmwareSummary::version)).containsExactly(copy.version());
        assertThat(two.from.count("download")).isEqualTo(1);
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void creates_a_missing_module_with_its_texts() {
        two.a.add(OtaModule.builder(Product.of(ProductId.of("p1")), ModuleName.of("mcu"))
                .alias("Controller")
                .description("The controller")
                .build());
        two.add(two.firmware("f1", "p1", "mcu", "1.0"));

        PromotionReport.Result first = promote(request("b")).results().head();
        two.b.firmwareCommands().delete(two.created().head().id());
        PromotionReport.Result second = promote(request("b")).results().head();

        assertThat(first.createdModule().get().alias()).contains("Controller");
        assertThat(first.createdModule().get().description()).contains("The controller");
        assertThat(second.createdModule()).isEmpty();
        assertThat(second.published().isRight()).isTrue();
        assertThat(two.created().head().target()).isEqualTo(FirmwareTarget.module("mcu"));
    }

    @Test
    void a_repeated_promotion_downloads_and_changes_nothing() {
        two.add("f1", "p1", "1.0");
        promote(request("b"));
        two.from.reset();
        two.to.reset();

        PublishResult again = promote(request("b")).results().head().published().get();

        assertThat(again.alreadyExisted()).isTrue();
        assertThat(again.firmware()).isNotEmpty();
        assertThat(two.from.count("download") + two.to.count("publish")).isZero();
    }

    @Test
    void a_failure_of_one_target_does_not_affect_the_others() {
        two.add("f1", "p1", "1.0");
        two.to.failWith((call, subject) -> Option.when(
                call.equals("publish"),
                () -> new OtaFailure.Unavailable(FailureDetails.of(
                        new OperationContext("b", two.b.vendor(), "CreateFirmware"), "Unavailable", "Retry"))));

        PromotionReport report = promote(request("b", "c"));

        assertThat(report.failure().get()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(report.results().get(1).published().isRight()).isTrue();
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void a_product_without_an_id_on_a_target_is_a_failure_of_this_target() {
        two.add("f1", "p2", "1.0");

        PromotionReport report = promote(request("b", "c"));

        assertThat(report.results().get(0).published().isRight()).isTrue();
        assertThat(report.results().get(1).published().getLeft().summary())
                .isEqualTo(
                        "Firmware f1 of backend a cannot be published on backend c: product fan has no id for backend c"
                                + " in the configuration (products:)");
    }

    @Test
    void nothing_is_downloaded_if_no_target_can_store_the_package() {
        two.b.without(Capability.SEVERAL_FILES);
        two.add(two.firmware("f1", "p1", "", "1.0").files(List.of(two.file("x", "1"), two.file("y", "2"))));

        PromotionReport report = promote(request("b"));

        assertThat(report.failure().get()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(report.failure().get().summary()).contains("stores one file in a package");
        assertThat(two.from.count("download")).isZero();
    }

    @Test
    void another_content_on_the_target_is_rejected() {
        two.add("f1", "p1", "1.0");
        promote(request("b"));
        two.add(two.firmware("f1", "p1", "", "1.0").files(List.of(two.file("", "another content"))));
        two.to.reset();

        PromotionReport report = promote(request("b"));

        assertThat(report.failure().get().summary())
                .contains("with another content (source and target): size 15 and 2 bytes");
        assertThat(two.to.count("publish")).isZero();
    }

    @Test
    void a_missing_package_and_a_damaged_file_are_failures_of_the_source() {
        assertThat(two.ota.promote(request("b")).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
        Firmware firmware = two.add("f1", "p1", "1.0");
        two.a.putObject(firmware.files().head().location().get(), new byte[] {1, 2});

        assertThat(two.ota.promote(request("b")).getLeft()).isInstanceOf(OtaFailure.DigestMismatch.class);
        assertThat(two.created()).isEmpty();
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void a_dry_run_changes_nothing() {
        two.add(two.firmware("f1", "p1", "mcu", "1.0"));

        PromotionReport.Result result = promote(request("b").dryRun()).results().head();

        assertThat(result.published().get().firmware()).isEmpty();
        assertThat(result.createdModule().map(OtaModule::name)).contains(ModuleName.of("mcu"));
        assertThat(two.created()).isEmpty();
        assertThat(two.b.modules().list(ProductId.of("q1")).toList().get()).isEmpty();
        assertThat(two.from.count("download")).isZero();
    }

    @Test
    void several_files_keep_their_names() {
        two.add(two.firmware("f1", "p1", "", "1.0").files(List.of(two.file("x", "1"), two.file("y", "22"))));

        promote(request("b"));

        assertThat(two.created()
                        .head()
                        .files()
                        .map(file -> file.name().get() + " " + file.size().get()))
                .containsExactly("x 1", "y 2");
    }

    @Test
    void files_without_a_digest_are_reported_with_that_of_their_bytes() {
        FirmwareFile file = two.file("x", "1");
        two.add(two.firmware("f1", "p1", "", "1.0")
                .files(List.of(new FirmwareFile(file.name(), file.size(), List.empty(), file.location()))));

        PromotionReport report = promote(request("b"));

        assertThat(report.results().head().files().head().checksums())
                .contains(file.checksums()
                        .find(checksum -> checksum.algorithm().contains(Checksum.SHA256))
                        .get());
    }

    @Test
    void what_a_target_does_not_store_is_a_warning() {
        two.b.without(Capability.FIRMWARE_NAMES);
        two.add(two.firmware("f1", "p1", "", "1.0").name("Spring"));

        assertThat(promote(request("b")).results().head().published().get().warnings())
                .containsExactly("its name becomes the description");
    }

    @Test
    void a_listener_receives_the_transfers_of_each_backend() {
        two.add("f1", "p1", "1.0");
        ConcurrentLinkedQueue<String> transfers = new ConcurrentLinkedQueue<>();

        promote(request("b", "c")
                .listener((backend, isUpload) -> (file, bytes, total) ->
                        transfers.add(backend + (isUpload ? " up " : " down ") + bytes + "/" + total)));

        assertThat(transfers).containsExactlyInAnyOrder("a down 2/2", "b up 2/2", "c up 2/2");
    }

    @Test
    void a_file_larger_than_the_limit_is_not_downloaded() {
        two.add("f1", "p1", "1.0");

        assertThat(two.ota.promote(request("b").maxBytes(1)).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
    }

    @Test
    void requests_are_checked() {
        assertThatIllegalArgumentException().isThrownBy(() -> PromotionRequest.of(ID, "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> PromotionRequest.of(ID, "a", "b", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> PromotionRequest.of(ID, "a", "b", "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> request("b").maxBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> two.ota.promote(request("missing")));
    }

    private List<FirmwareSummary> onC() {
        Backend c = two.ota.backend("c");
        return c.firmware().list(FirmwareFilter.all()).toList().get();
    }
}
