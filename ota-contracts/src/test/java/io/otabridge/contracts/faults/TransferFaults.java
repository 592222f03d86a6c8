package io.otabridge.contracts.faults;

import io.otabridge.contracts.faults.PlantedFault.Access;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareDeletion;
import io.otabridge.domain.firmware.FirmwareDeletion.StoredFile;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.firmware.UpdateKind;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Backends with the faults of {@link PlantedFault} in publications and downloads. */
final class TransferFaults {

    private TransferFaults() {}

    /** An action on files that does not fail in a test. */
    private interface FileAction {
        void run() throws IOException;
    }

    private static void unchecked(FileAction action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Backend publishingAgain(Backend correct, Access access) {
        return new FaultyBackend(correct) {
            @Override
            Either<OtaFailure, PublishResult> publish(
                    NewFirmware wanted, List<Artifact> files, TransferListener listener) {
                return super.publish(wanted, files, listener).peek(result -> {
                    if (result.alreadyExisted()) {
                        Firmware existing = result.firmware().get();
                        ((InMemoryBackend) correct)
                                .add(existing.toBuilder()
                                        .id(FirmwareId.of("another-" + existing.id()))
                                        .build());
                    }
                });
            }
        };
    }

    static Backend returningExistingPackages(Backend correct, Access access) {
        return new FaultyBackend(correct) {
            @Override
            Either<OtaFailure, PublishResult> publish(
                    NewFirmware wanted, List<Artifact> files, TransferListener listener) {
                return super.publish(wanted, files, listener)
                        .orElse(() -> correct.firmware()
                                .find(wanted.coordinates())
                                .map(existing -> new PublishResult(Option.some(existing), true, 0, List.empty())));
            }
        };
    }

    static BiFunction<Backend, Access, Backend> publishing(
            UnaryOperator<Artifact> wrongFile, UnaryOperator<NewFirmware> wrong) {
        return (correct, access) -> new FaultyBackend(correct) {
            @Override
            Either<OtaFailure, PublishResult> publish(
                    NewFirmware wanted, List<Artifact> files, TransferListener listener) {
                return super.publish(wrong.apply(wanted), files.map(wrongFile), listener);
            }
        };
    }

    static Artifact asItIsNow(Artifact artifact) {
        try (InputStream in = artifact.open()) {
            return Artifact.of(artifact.fileName(), in.readAllBytes());
        } catch (IOException e) {
            return artifact;
        }
    }

    static NewFirmware asFullImage(NewFirmware wanted) {
        return new NewFirmware(
                wanted.coordinates(),
                UpdateKind.full(),
                wanted.sourceVersions(),
                wanted.name(),
                wanted.description(),
                wanted.customInfo(),
                wanted.needsVerification());
    }

    static NewFirmware withoutTexts(NewFirmware wanted) {
        return new NewFirmware(
                wanted.coordinates(),
                wanted.kind(),
                wanted.sourceVersions(),
                Option.none(),
                Option.none(),
                Option.none(),
                wanted.needsVerification());
    }

    static Backend publishingInDryRuns(Backend correct, Access access) {
        return new FaultyBackend(correct) {
            @Override
            FirmwareCommandPort dryRunOfFirmware() {
                return correct.firmwareCommands();
            }
        };
    }

    static Backend updatingTwice(Backend correct, Access access) {
        return new FaultyBackend(correct) {
            @Override
            Either<OtaFailure, Firmware> update(FirmwareId id, FirmwareUpdate change) {
                super.update(id, new FirmwareUpdate(Option.none(), Option.some("first"), Option.none()));
                return super.update(id, change);
            }
        };
    }

    static Backend deletingUsedFiles(Backend correct, Access access) {
        return new FaultyBackend(correct) {
            @Override
            Either<OtaFailure, FirmwareDeletion> deleteWithFile(FirmwareId id) {
                return super.deleteWithFile(id)
                        .map(deletion -> deletion.file() == StoredFile.IN_USE
                                ? new FirmwareDeletion(deletion.firmware(), StoredFile.DELETED, Option.none())
                                : deletion);
            }
        };
    }

    static BiFunction<Backend, Access, Backend> downloading(UnaryOperator<Download> wrong) {
        return (correct, access) -> new FaultyBackend(correct) {
            @Override
            Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
                return super.download(id, wrong.apply(download));
            }
        };
    }

    /** Writes the file although it is not the expected one. */
    static Backend acceptingEveryFile(Backend correct, Access access) {
        return beforeFailing(correct, target -> Files.writeString(target, "anything"));
    }

    static Backend keepingParts(Backend correct, Access access) {
        return beforeFailing(correct, target -> Files.writeString(target.resolveSibling(".part"), "anything"));
    }

    /** An action on the target of a download. */
    private interface TargetAction {
        void run(Path target) throws IOException;
    }

    private static Backend beforeFailing(Backend correct, TargetAction action) {
        return new FaultyBackend(correct) {
            @Override
            Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
                return super.download(id, download).peekLeft(failure -> unchecked(() -> action.run(download.target())));
            }
        };
    }

    static Backend deletingTheTargetFirst(Backend correct, Access access) {
        return new FaultyBackend(correct) {
            @Override
            Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
                unchecked(() -> Files.deleteIfExists(download.target()));
                return super.download(id, download);
            }
        };
    }

    static Backend deletingParts(Backend correct, Access access) {
        return new FaultyBackend(correct) {
            @Override
            Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
                unchecked(() -> {
                    try (Stream<Path> files =
                            Files.list(download.target().toAbsolutePath().getParent())) {
                        files.forEach(file -> unchecked(() -> Files.delete(file)));
                    }
                });
                return super.download(id, download);
            }
        };
    }
}
