package io.otabridge.app.migration;

import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.module.OtaModule;

/**
 * Receives the progress of a migration, on the threads that copy packages. It must be fast and safe for use by multiple
 * threads.
 */
public interface MigrationListener {

    /** A listener that does nothing. */
    MigrationListener NONE = new MigrationListener() {};

    /** Called when a module was created on the target. */
    default void created(OtaModule module) {}

    /**
     * Called before a file of a package is transferred.
     *
     * @param isUpload whether it is sent to the target; otherwise it is received from the source, or from the target for a
     *     deep verification
     * @return receives the progress of the file
     */
    default TransferListener transfer(FirmwareSummary source, boolean isUpload) {
        return TransferListener.NONE;
    }

    /** Called when a step of a package is complete and recorded in the journal. */
    default void step(FirmwareSummary source, MigrationState state) {}

    /** Called when a package is finished, successfully or not. */
    default void finished(MigrationReport.Result result) {}
}
