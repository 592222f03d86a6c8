package io.otabridge.aliyun.firmware;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Selects the file of a package to download.
 *
 * @param name the name of the file within the package; absent for its only file
 */
record FileChoice(OperationContext origin, FirmwareId id, Option<String> name) {

    /** The file, for messages. */
    Message subject() {
        return name.map(file -> Message.of("file {0} of firmware {1}", file, id))
                .getOrElse(() -> Message.of("the file of firmware {0}", id));
    }

    Either<OtaFailure, FirmwareFile> of(Firmware firmware) {
        List<FirmwareFile> files = name.map(
                        wanted -> firmware.files().filter(file -> file.name().contains(wanted)))
                .getOrElse(firmware.files());
        if (files.size() == 1) {
            return Either.right(files.head());
        }
        List<String> names = firmware.files().flatMap(FirmwareFile::name);
        Message advice = names.isEmpty()
                ? Message.of("Look at the package in the vendor's console")
                : Message.of("Name one of its files: {0}", names.mkString(", "));
        return Either.left(
                files.isEmpty()
                        ? new OtaFailure.NotFound(FailureDetails.of(
                                origin,
                                Message.of("{0} does not exist on backend {1}", subject(), origin.backend()),
                                firmware.files().size() == 1 && names.isEmpty()
                                        ? Message.of("Leave out the name: the only file of the package has none")
                                        : advice))
                        : new OtaFailure.Rejected(FailureDetails.of(
                                origin,
                                Message.of(
                                        "Firmware {0} on backend {1} has {2} files for this request",
                                        id, origin.backend(), files.size()),
                                advice)));
    }
}
