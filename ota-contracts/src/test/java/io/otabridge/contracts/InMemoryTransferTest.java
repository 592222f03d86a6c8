package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.PackageLimit;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.DownloadResult.DigestCheck;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests of other modules rely on in the in-memory backend, beside the contracts. */
class InMemoryTransferTest {

    private static final Artifact APP = Artifact.of("app.bin", new byte[] {1, 2, 3});
    private static final Artifact FONT = Artifact.of("font.bin", new byte[] {4, 5});

    private final InMemoryBackend backend = InMemoryBackend.named("shelf");

    @TempDir
    Path folder;

    @Test
    void a_full_backend_rejects_another_package_and_keeps_none_of_its_bytes() {
        backend.limitPackages(1);
        publish("1.0", APP).get();

        OtaFailure failure = publish("2.0", FONT).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.vendorCode()).contains("PackageLimitReached");
        assertThat(backend.capabilities().packageLimit()).contains(new PackageLimit(1, PackageLimit.Scope.ACCOUNT));
        backend.limitBytes(APP.length() + FONT.length());
        backend.putObject("images", "as large as the rejected one", new byte[2]);
    }

    @Test
    void rejects_bytes_beyond_its_limit() {
        backend.limitBytes(4);
        publish("1.0", APP).get();

        assertThat(publish("2.0", FONT).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(publish("2.0", APP).isRight())
                .as("the file is stored already")
                .isTrue();
        assertThatIllegalStateException().isThrownBy(() -> backend.putObject("images", "key", new byte[2]));
    }

    @Test
    void a_package_of_which_one_file_cannot_be_stored_leaves_no_file() {
        backend.limitBytes(4);

        assertThat(publish("1.0", APP, FONT).isLeft()).isTrue();

        backend.putObject("images", "key", new byte[4]);
    }

    @Test
    void rejects_two_files_with_the_same_name() {
        assertThat(publish("1.0", APP, Artifact.of("app.bin", new byte[] {9})).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(backend.changes()).isZero();
    }

    @Test
    void a_publication_whose_response_is_lost_finds_its_package() {
        backend.loseNextResponse();

        PublishResult result = publish("1.0", APP).get();

        assertThat(result.alreadyExisted()).isTrue();
        assertThat(backend.changes()).as("one upload, one creation").isEqualTo(2);
    }

    @Test
    void concurrent_publications_create_one_package() {
        List<CompletableFuture<PublishResult>> results = List.ofAll(IntStream.range(0, 8)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> publish("1.0", APP).get()))
                .toList());

        assertThat(results.map(CompletableFuture::join))
                .filteredOn(result -> !result.alreadyExisted())
                .hasSize(1);
        assertThat(backend.firmware().list(FirmwareFilter.all()).toList().get()).hasSize(1);
        Firmware published = results.head().join().firmware().get();
        assertThat(backend.object(published.files().head().location().get())).isNotEmpty();
    }

    @Test
    void the_last_published_package_is_the_newest() {
        publish("2.0", APP).get();
        FirmwareId last = publish("1.0", APP).get().firmware().get().id();

        assertThat(backend.firmware()
                        .newest(FirmwareFilter.all(), FirmwareOrder.byCreation())
                        .get()
                        .id())
                .isEqualTo(last);
    }

    @Test
    void a_package_needs_verification_unless_it_is_published_without() {
        NewFirmware verified =
                NewFirmware.full(coordinates("2.0")).needsVerification(false).build();

        assertThat(publish("1.0", APP).get().firmware().get().verification()).isEqualTo(Verification.unverified());
        assertThat(backend.firmwareCommands()
                        .publish(verified, APP)
                        .get()
                        .firmware()
                        .get()
                        .verification())
                .isEqualTo(Verification.notRequired());
    }

    @Test
    void a_removed_capability_is_no_longer_supported_and_its_facts_are_not_reported() {
        FirmwareId id = publish("1.0", APP).get().firmware().get().id();

        backend.without(Capability.CONTENT_IN_LISTS, Capability.VERIFICATION, Capability.DOWNLOAD_FIRMWARE);

        assertThat(backend.firmware()
                        .list(FirmwareFilter.all())
                        .toList()
                        .get()
                        .head()
                        .checksums())
                .isEmpty();
        assertThat(backend.firmware().find(id).get().verification()).isEqualTo(Verification.notOffered());
        assertThat(download(id).getLeft()).isInstanceOf(OtaFailure.Unsupported.class);
    }

    @Test
    void a_package_without_a_stored_file_cannot_be_downloaded() {
        backend.add(Firmware.builder(FirmwareId.of("f1"), FirmwareVersion.of("1.0"))
                .files(List.of(FirmwareFile.builder().size(3).build()))
                .build());

        assertThat(download(FirmwareId.of("f1")).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
    }

    @Test
    void a_file_with_md5_only_is_protected_against_accidental_changes() {
        Firmware published = publish("1.0", APP).get().firmware().get();
        FirmwareFile file = published.files().head();
        backend.add(published.toBuilder()
                .files(List.of(new FirmwareFile(file.name(), file.size(), List.of(APP.md5()), file.location())))
                .build());

        assertThat(download(published.id()).get().check()).isEqualTo(DigestCheck.ACCIDENTAL_CHANGES_ONLY);
    }

    private Either<OtaFailure, DownloadResult> download(FirmwareId id) {
        return backend.firmware().download(id, Download.to(folder.resolve("app.bin")));
    }

    private Either<OtaFailure, PublishResult> publish(String version, Artifact... files) {
        return backend.firmwareCommands()
                .publish(NewFirmware.full(coordinates(version)).build(), files);
    }

    private static FirmwareCoordinates coordinates(String version) {
        return FirmwareCoordinates.wholeDevice(ProductId.of("p1"), FirmwareVersion.of(version));
    }
}
