package io.otabridge.app.copy;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Failures of this machine, as failures of a backend. */
public final class LocalFailures {

    private LocalFailures() {}

    /** Returns the failure of a file of a package. */
    public static OtaFailure of(Backend backend, String operation, IOException failed) {
        return new OtaFailure.Rejected(FailureDetails.of(
                new OperationContext(backend.name(), backend.vendor(), operation),
                Message.of("A local file cannot be used: {0}", describe(failed)),
                Message.of("Check the free space and the permissions of the directory, and repeat the command")));
    }

    /** Returns the kind and the message of an exception. */
    public static String describe(IOException failed) {
        if (failed instanceof FileSystemException || failed.getMessage() == null) {
            return failed.getClass().getSimpleName()
                    + (failed.getMessage() == null ? "" : " (" + failed.getMessage() + ")");
        }
        return failed.getMessage();
    }
}
