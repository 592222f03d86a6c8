package io.otabridge.client.transfer;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.FirmwareFile;
import io.vavr.control.Either;
import okhttp3.Request;

/**
 * Downloads a file. Its bytes are written to a temporary file beside the target, which is renamed when it is complete
 * and correct.
 */
public final class FileDownload {

    /** Where the file is requested from. */
    public interface Source {

        /** A GET request for the whole file, with a link that has just been issued. */
        Either<OtaFailure, Request> request();

        /** Whether a failure means that the link has expired. A new request is made then, a few times at most. */
        boolean isExpired(OtaFailure failure);
    }

    private FileDownload() {}

    /** Downloads a file. */
    public static Either<OtaFailure, DownloadResult> run(
            TransferClient client, OperationContext origin, FirmwareFile file, Download download, Source source) {
        return Either.left(
                new OtaFailure.Rejected(FailureDetails.of(origin, "Downloads are not available yet", "Wait")));
    }
}
