package io.otabridge.domain.firmware;

import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;

/**
 * The result of deleting a package together with its stored file. Immutable.
 *
 * @param firmware the result for the package
 * @param file what happened to the file
 * @param fileFailure why the file was not deleted; present only for {@link StoredFile#FAILED}
 */
public record FirmwareDeletion(DeleteResult firmware, StoredFile file, Option<OtaFailure> fileFailure) {

    /** What happened to the stored file of a deleted package. */
    public enum StoredFile {
        /** It was deleted. In a dry run: it would be deleted. */
        DELETED,
        /** It was kept, because another package uses it. */
        IN_USE,
        /** The package has no stored file, or it did not exist. */
        NOT_FOUND,
        /** The package was deleted, and the deletion of the file failed. */
        FAILED
    }
}
