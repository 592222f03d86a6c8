package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.ContentComparison;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareDeletion;
import io.otabridge.domain.firmware.FirmwareDeletion.StoredFile;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.module.ModuleName;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract of the operations of {@link FirmwareCommandPort} that publish and update packages and delete stored
 * files. The test class of an adapter implements this interface and its hooks, and inherits the tests. Operations that
 * the backend does not declare must be unsupported.
 */
public interface PublishContract extends OperationContract {

    /** How a file changes between two readings. */
    enum FileChange {
        OTHER_BYTES,
        SHORTER,
        LONGER,
        UNREADABLE
    }

    /** Returns a product that has no packages and, if the vendor requires it, a module {@code MCU}. */
    ProductId givenProductToPublish();

    /**
     * Makes the vendor create the next package and then close the connection without a response. Uploads before the
     * creation succeed.
     */
    void givenLostCreationResponse();

    /**
     * Returns the number of requests for an upload, creation, update or deletion that the vendor and its object store
     * have received since the test began.
     */
    int changesSent();

    /** Adds an object to the vendor's object store. Called only with {@link Capability#PUBLISH_STORED_FILE}. */
    FileLocation.ObjectStore givenObject(byte[] bytes);

    /** Adds an interrupted upload. Called only with {@link Capability#UNFINISHED_UPLOADS}. */
    UnfinishedUpload givenUnfinishedUpload();

    /** Returns an id that no package has, packages that are added later included. */
    FirmwareId givenNoFirmware();

    /**
     * Returns packages of this product that are valid in the domain but violate a constraint of this vendor; empty if
     * the vendor has no constraints.
     */
    List<NewFirmware> invalidFirmware(ProductId product);

    private boolean canPublish() {
        return isSupported(Capability.PUBLISH_FIRMWARE, () -> commands().publish(any(), artifact(1)));
    }

    private FirmwareCommandPort commands() {
        return backend().firmwareCommands();
    }

    private static NewFirmware any() {
        return firmware(ProductId.of("any"), "1.0.0").build();
    }

    private static FirmwareCoordinates coordinates(ProductId product, String version) {
        return FirmwareCoordinates.of(product, ModuleName.of("MCU"), FirmwareVersion.of(version));
    }

    static NewFirmware.Builder firmware(ProductId product, String version) {
        return NewFirmware.full(coordinates(product, version));
    }

    /** Returns an artifact of 3,000 bytes whose content depends on the number. */
    static Artifact artifact(int number) {
        return Artifact.of("app-" + number + ".bin", bytes(number));
    }

    private static byte[] bytes(int number) {
        byte[] bytes = new byte[3000];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    /** Returns the packages with the product and version of this one, whatever their kind. */
    private List<Firmware> stored(NewFirmware firmware) {
        return List.ofAll(backend().firmware().list(firmware.coordinates().toFilter()).stream()
                .map(found -> backend().firmware().find(found.id()).get())
                .toList());
    }

    private static Firmware published(Either<OtaFailure, PublishResult> result) {
        return result.get().firmware().get();
    }

    private static boolean hasContent(Firmware stored, Artifact... artifacts) {
        return ContentComparison.of(List.of(artifacts).map(Artifact::toFile), stored.files())
                .isSame();
    }

    @Test
    default void publishes_firmware() {
        if (canPublish()) {
            NewFirmware firmware = firmware(givenProductToPublish(), "1.0.0")
                    .description("Text")
                    .build();
            Artifact artifact = artifact(1);

            PublishResult result = commands().publish(firmware, artifact).get();

            assertThat(result.alreadyExisted()).isFalse();
            assertThat(result.bytesSent()).isEqualTo(artifact.length());
            Firmware found =
                    backend().firmware().find(result.firmware().get().id()).get();
            assertThat(found).isEqualTo(result.firmware().get());
            assertThat(firmware.hasIdentityOf(found, this::isSameProduct)).isTrue();
            assertThat(hasContent(found, artifact)).isTrue();
            assertThat(found.description()).contains("Text");
            assertThat(stored(firmware)).hasSize(1);
        }
    }

    private boolean isSameProduct(ProductId one, ProductId other) {
        return backend().canonical(one).equals(backend().canonical(other));
    }

    @Test
    default void publishes_the_same_firmware_once() {
        if (canPublish()) {
            NewFirmware firmware = firmware(givenProductToPublish(), "1.0.0").build();
            Firmware first = published(commands().publish(firmware, artifact(1)));
            int before = changesSent();

            PublishResult second = commands().publish(firmware, artifact(1)).get();

            assertThat(second.alreadyExisted()).isTrue();
            assertThat(second.bytesSent()).isZero();
            assertThat(second.firmware().map(Firmware::id)).contains(first.id());
            assertThat(changesSent()).as("changes").isEqualTo(before);
            assertThat(stored(firmware)).hasSize(1);
        }
    }

    @Test
    default void rejects_another_content_for_published_firmware() {
        if (canPublish()) {
            NewFirmware firmware = firmware(givenProductToPublish(), "1.0.0").build();
            Firmware first = published(commands().publish(firmware, artifact(1)));
            int before = changesSent();

            OtaFailure failure = commands().publish(firmware, artifact(2)).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            assertThat(failure.summary()).contains(first.id().value());
            List.of(artifact(1), artifact(2))
                    .forEach(artifact -> assertThat(failure.summary())
                            .containsAnyOf(
                                    artifact.sha256().value(), artifact.md5().value()));
            expectOriginAndAdvice(failure);
            assertThat(changesSent()).as("changes").isEqualTo(before);
            assertThat(stored(firmware)).containsExactly(first);
        }
    }

    @Test
    default void publishes_the_same_file_for_another_version() {
        if (canPublish()) {
            ProductId product = givenProductToPublish();
            commands().publish(firmware(product, "1.0.0").build(), artifact(1)).get();

            PublishResult second = commands()
                    .publish(firmware(product, "1.1.0").build(), artifact(1))
                    .get();

            assertThat(second.alreadyExisted()).isFalse();
            assertThat(backend()
                            .firmware()
                            .find(coordinates(product, "1.1.0"))
                            .get()
                            .id())
                    .isEqualTo(second.firmware().get().id());
        }
    }

    @Test
    default void distinguishes_deltas_from_the_full_image_and_from_each_other() {
        if (canPublish()) {
            ProductId product = givenProductToPublish();
            FirmwareCoordinates coordinates = coordinates(product, "2.0.0");
            List<NewFirmware> packages = List.of(
                    NewFirmware.full(coordinates).name("full").build(),
                    NewFirmware.delta(coordinates, FirmwareVersion.of("1.0.0"))
                            .name("delta-1")
                            .build(),
                    NewFirmware.delta(coordinates, FirmwareVersion.of("1.1.0"))
                            .name("delta-2")
                            .build());

            List<PublishResult> first = packages.zipWithIndex(
                    (firmware, i) -> commands().publish(firmware, artifact(i)).get());
            List<PublishResult> second = packages.zipWithIndex(
                    (firmware, i) -> commands().publish(firmware, artifact(i)).get());

            assertThat(first).extracting(PublishResult::alreadyExisted).containsOnly(false);
            assertThat(second).extracting(PublishResult::alreadyExisted).containsOnly(true);
            assertThat(second.map(result -> result.firmware().get().id()))
                    .isEqualTo(first.map(result -> result.firmware().get().id()));
            boolean reportsKind = backend().capabilities().has(Capability.UPDATE_KIND);
            assertThat(published(Either.right(first.get(1))).kind())
                    .isEqualTo(reportsKind ? UpdateKind.delta(FirmwareVersion.of("1.0.0")) : UpdateKind.notStated());
            assertThat(first.get(1).warnings().isEmpty()).as("no warning").isEqualTo(reportsKind);
        }
    }

    @Test
    default void restricts_a_full_image_to_source_versions_or_returns_unsupported() {
        if (canPublish()) {
            NewFirmware firmware = firmware(givenProductToPublish(), "2.0.0")
                    .sourceVersion(FirmwareVersion.of("1.0.0"))
                    .sourceVersion(FirmwareVersion.of("1.1.0"))
                    .build();
            if (isSupported(
                    Capability.SOURCE_VERSIONS_OF_FULL_IMAGE, () -> commands().publish(firmware, artifact(1)))) {
                assertThat(published(commands().publish(firmware, artifact(1))).sourceVersions())
                        .containsExactlyInAnyOrderElementsOf(firmware.sourceVersions());
                assertThat(commands().publish(firmware, artifact(1)).get().alreadyExisted())
                        .isTrue();
            }
        }
    }

    @Test
    default void publishes_several_files_or_returns_unsupported() {
        if (canPublish()) {
            NewFirmware firmware = firmware(givenProductToPublish(), "1.0.0").build();
            if (isSupported(Capability.SEVERAL_FILES, () -> commands().publish(firmware, artifact(1), artifact(2)))) {
                PublishResult first =
                        commands().publish(firmware, artifact(1), artifact(2)).get();

                assertThat(first.bytesSent()).isEqualTo(6000);
                assertThat(hasContent(first.firmware().get(), artifact(1), artifact(2)))
                        .isTrue();
                assertThat(first.firmware().get().files().flatMap(FirmwareFile::name))
                        .containsExactlyInAnyOrder("app-1.bin", "app-2.bin");
                assertThat(commands()
                                .publish(firmware, artifact(2), artifact(1))
                                .get()
                                .alreadyExisted())
                        .isTrue();
                assertThat(commands().publish(firmware, artifact(1)).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
            }
        }
    }

    @Test
    default void publishes_a_stored_file_or_returns_unsupported() {
        FileLocation.ObjectStore missing =
                new FileLocation.ObjectStore(Option.none(), Option.some("any-bucket"), Option.some("missing.bin"));
        if (isSupported(Capability.PUBLISH_STORED_FILE, () -> commands().publish(any(), missing))) {
            NewFirmware firmware = firmware(givenProductToPublish(), "1.0.0").build();
            FileLocation.ObjectStore object = givenObject(bytes(1));
            assertThat(commands().dryRun().publish(firmware, object).get().firmware())
                    .isEmpty();
            assertThat(stored(firmware)).isEmpty();

            PublishResult first = commands().publish(firmware, object).get();

            assertThat(first.alreadyExisted()).isFalse();
            assertThat(first.bytesSent()).isZero();
            assertThat(hasContent(first.firmware().get(), artifact(1))).isTrue();
            assertThat(commands().publish(firmware, object).get().alreadyExisted())
                    .isTrue();
            assertThat(commands().publish(firmware, givenObject(bytes(2))).getLeft())
                    .isInstanceOf(OtaFailure.Rejected.class);
            assertThat(stored(firmware)).hasSize(1);
        }
    }

    @Test
    default void returns_not_found_for_a_stored_file_that_does_not_exist() {
        if (backend().capabilities().has(Capability.PUBLISH_STORED_FILE)) {
            NewFirmware firmware = firmware(givenProductToPublish(), "1.0.0").build();
            FileLocation.ObjectStore existing = givenObject(bytes(1));
            FileLocation.ObjectStore missing =
                    new FileLocation.ObjectStore(existing.region(), existing.bucket(), Option.some("missing.bin"));

            OtaFailure failure = commands().publish(firmware, missing).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
            assertThat(failure.summary()).contains("missing.bin");
            expectOriginAndAdvice(failure);
            assertThat(stored(firmware)).isEmpty();
        }
    }

    @Test
    default void dry_run_of_a_publication_sends_no_change() {
        if (isSupported(Capability.PUBLISH_FIRMWARE, () -> commands().dryRun().publish(any(), artifact(1)))) {
            NewFirmware firmware = firmware(givenProductToPublish(), "1.0.0").build();
            FirmwareCommandPort dryRun = commands().dryRun();
            int before = changesSent();

            PublishResult predicted = dryRun.publish(firmware, artifact(1)).get();

            assertThat(predicted.firmware()).isEmpty();
            assertThat(predicted.alreadyExisted()).isFalse();
            assertThat(predicted.bytesSent()).isZero();
            assertThat(changesSent()).as("changes").isEqualTo(before);
            assertThat(stored(firmware)).isEmpty();

            Firmware existing = published(commands().publish(firmware, artifact(1)));
            PublishResult repeated = dryRun.publish(firmware, artifact(1)).get();
            assertThat(repeated.alreadyExisted()).isTrue();
            assertThat(repeated.firmware().map(Firmware::id)).contains(existing.id());
            assertThat(dryRun.publish(firmware, artifact(2)).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        }
    }

    @Test
    default void a_lost_creation_response_never_makes_two_packages() {
        if (canPublish()) {
            NewFirmware firmware = firmware(givenProductToPublish(), "1.0.0").build();
            // HTTP clients tend to retry on their own over a connection that is already open.
            assertThat(stored(firmware)).isEmpty();
            givenLostCreationResponse();

            Either<OtaFailure, PublishResult> first = commands().publish(firmware, artifact(1));
            PublishResult second = commands().publish(firmware, artifact(1)).get();

            if (first.isLeft()) {
                assertThat(first.getLeft()).isInstanceOf(OtaFailure.OutcomeUnknown.class);
                expectOriginAndAdvice(first.getLeft());
            }
            assertThat(second.alreadyExisted()).isTrue();
            assertThat(stored(firmware)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    default void a_file_that_changes_after_its_digest_was_computed_is_not_published(FileChange change)
            throws IOException {
        if (canPublish()) {
            NewFirmware firmware = firmware(givenProductToPublish(), "1.0.0").build();
            AtomicBoolean isChanged = new AtomicBoolean();
            Artifact changing = Artifact.of(
                    "app-1.bin",
                    3000,
                    () -> isChanged.getAndSet(true) ? changed(change) : new ByteArrayInputStream(bytes(1)));

            OtaFailure failure = commands().publish(firmware, changing).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            assertThat(failure.summary()).contains("app-1.bin");
            expectOriginAndAdvice(failure);
            assertThat(stored(firmware)).isEmpty();
            PublishResult correct = commands().publish(firmware, artifact(1)).get();
            assertThat(correct.alreadyExisted()).isFalse();
            assertThat(correct.bytesSent()).as("the other bytes were not kept").isEqualTo(3000);
        }
    }

    private static InputStream changed(FileChange change) throws IOException {
        return switch (change) {
            case OTHER_BYTES -> new ByteArrayInputStream(bytes(2));
            case SHORTER -> new ByteArrayInputStream(bytes(1), 0, 2999);
            case LONGER -> new ByteArrayInputStream(Arrays.copyOf(bytes(1), 3001));
            case UNREADABLE -> throw new IOException("the file is gone");
        };
    }

    @Test
    default void reports_the_progress_of_an_upload() {
        if (canPublish()) {
            AtomicReference<Option<String>> last = new AtomicReference<>(Option.none());
            TransferListener listener =
                    (file, bytes, total) -> last.set(Option.some(file + " " + bytes + " of " + total));

            commands()
                    .publish(firmware(givenProductToPublish(), "1.0.0").build(), listener, artifact(1))
                    .get();

            assertThat(last.get()).contains("app-1.bin 3000 of 3000");
        }
    }

    @Test
    default void rejects_invalid_firmware_before_anything_is_sent() {
        if (canPublish()) {
            ProductId product = givenProductToPublish();
            int before = requestsSent();

            for (NewFirmware invalid : invalidFirmware(product)) {
                OtaFailure failure = commands().publish(invalid, artifact(1)).getLeft();

                assertThat(failure).as(invalid.toString()).isInstanceOf(OtaFailure.Rejected.class);
                expectOriginAndAdvice(failure);
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> commands().publish(firmware(product, "1.0.0").build()));
            assertThat(requestsSent()).isEqualTo(before);
        }
    }

    @Test
    default void updates_the_texts_of_firmware_or_returns_unsupported() {
        FirmwareUpdate update = new FirmwareUpdate(Option.none(), Option.some("Another text"), Option.none());
        if (isSupported(Capability.UPDATE_FIRMWARE, () -> commands().update(FirmwareId.of("any"), update))
                && canPublish()) {
            Firmware existing = published(commands()
                    .publish(firmware(givenProductToPublish(), "1.0.0").build(), artifact(1)));
            assertThat(commands().dryRun().update(existing.id(), update).get().description())
                    .contains("Another text");
            assertThat(backend().firmware().find(existing.id()).get()).isEqualTo(existing);

            Firmware updated = commands().update(existing.id(), update).get();

            assertThat(updated.description()).contains("Another text");
            assertThat(updated.name()).isEqualTo(existing.name());
            assertThat(backend().firmware().find(existing.id()).get()).isEqualTo(updated);
            int before = changesSent();
            assertThat(commands().update(existing.id(), update).get()).isEqualTo(updated);
            assertThat(changesSent()).as("changes").isEqualTo(before);
        }
    }

    @Test
    default void returns_not_found_for_an_update_of_unknown_firmware() {
        if (backend().capabilities().has(Capability.UPDATE_FIRMWARE)) {
            FirmwareUpdate update = new FirmwareUpdate(Option.none(), Option.some("Text"), Option.none());

            for (FirmwareCommandPort port : List.of(commands(), commands().dryRun())) {
                OtaFailure failure = port.update(givenNoFirmware(), update).getLeft();

                assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
                expectOriginAndAdvice(failure);
            }
        }
    }

    @Test
    default void deletes_firmware_with_its_file_or_returns_unsupported() {
        if (isSupported(Capability.DELETE_STORED_FILE, () -> commands().deleteWithFile(FirmwareId.of("any")))) {
            NewFirmware firmware = firmware(givenProductToPublish(), "1.0.0").build();
            FirmwareId id = published(commands().publish(firmware, artifact(1))).id();

            expectDeletion(commands().dryRun(), id, DeleteResult.DELETED, StoredFile.DELETED);
            assertThat(backend().firmware().find(id).isRight()).isTrue();
            expectDeletion(commands(), id, DeleteResult.DELETED, StoredFile.DELETED);
            expectDeletion(commands(), id, DeleteResult.NOT_FOUND, StoredFile.NOT_FOUND);
            expectDeletion(commands().dryRun(), id, DeleteResult.NOT_FOUND, StoredFile.NOT_FOUND);

            assertThat(commands().publish(firmware, artifact(1)).get().bytesSent())
                    .as("the file was deleted and is sent again")
                    .isEqualTo(3000);
        }
    }

    @Test
    default void keeps_a_file_that_another_package_uses() {
        if (backend().capabilities().has(Capability.DELETE_STORED_FILE)
                && backend().capabilities().has(Capability.PUBLISH_STORED_FILE)) {
            ProductId product = givenProductToPublish();
            FileLocation.ObjectStore object = givenObject(bytes(1));
            List<FirmwareId> ids = List.of("1.0.0", "1.1.0")
                    .map(version -> published(commands()
                                    .publish(firmware(product, version).build(), object))
                            .id());

            expectDeletion(commands().dryRun(), ids.head(), DeleteResult.DELETED, StoredFile.IN_USE);
            expectDeletion(commands(), ids.head(), DeleteResult.DELETED, StoredFile.IN_USE);
            assertThat(commands()
                            .dryRun()
                            .publish(firmware(product, "1.2.0").build(), object)
                            .isRight())
                    .as("the file exists")
                    .isTrue();
            expectDeletion(commands(), ids.last(), DeleteResult.DELETED, StoredFile.DELETED);
            assertThat(commands()
                            .dryRun()
                            .publish(firmware(product, "1.2.0").build(), object)
                            .getLeft())
                    .isInstanceOf(OtaFailure.NotFound.class);
        }
    }

    private static void expectDeletion(
            FirmwareCommandPort port, FirmwareId id, DeleteResult firmware, StoredFile file) {
        assertThat(port.deleteWithFile(id).get()).isEqualTo(new FirmwareDeletion(firmware, file, Option.none()));
    }

    @Test
    default void aborts_an_unfinished_upload_or_returns_unsupported() {
        if (isSupported(Capability.UNFINISHED_UPLOADS, () -> commands().unfinishedUploads())) {
            assertThat(commands().unfinishedUploads().get()).isEmpty();
            UnfinishedUpload upload = givenUnfinishedUpload();
            assertThat(commands().unfinishedUploads().get())
                    .extracting(UnfinishedUpload::id)
                    .containsExactly(upload.id());
            UnfinishedUpload found = commands().unfinishedUploads().get().head();
            assertThat(commands().dryRun().abort(found).get()).isEqualTo(DeleteResult.DELETED);

            assertThat(commands().abort(found).get()).isEqualTo(DeleteResult.DELETED);

            assertThat(commands().unfinishedUploads().get()).isEmpty();
            assertThat(commands().abort(found).get()).isEqualTo(DeleteResult.NOT_FOUND);
        }
    }
}
