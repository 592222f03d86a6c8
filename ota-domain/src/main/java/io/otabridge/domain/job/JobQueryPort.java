package io.otabridge.domain.job;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.RequestEstimate;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * Queries upgrade jobs and their tasks on one backend. Thread-safety, interrupts and failures are as in {@link
 * io.otabridge.domain.firmware.FirmwareQueryPort}.
 */
public interface JobQueryPort {

    /**
     * Finds a job by its id (documents "Query a Batch Task" of Huawei Cloud IoTDA and "QueryOTAJob" of Alibaba Cloud IoT
     * Platform).
     *
     * @param id the vendor's id. An id that violates the vendor's constraint is {@link OtaFailure.Rejected} before
     *     anything is sent
     * @return the job; {@link OtaFailure.NotFound} if it does not exist, or is no upgrade; otherwise the failure
     */
    Either<OtaFailure, UpgradeJob> find(JobId id);

    /**
     * Finds the jobs that were created with this token, or with a part of it, for example after {@link
     * OtaFailure.OutcomeUnknown}. Only jobs of the package are read.
     *
     * <p>On Huawei Cloud IoTDA, only jobs of the last 90 days are searched. On Alibaba Cloud IoT Platform, jobs of the
     * last 90 days that are listed without tags are read, one request for each.
     *
     * @param firmware the package of the job
     * @return the jobs, in the order of their parts; empty if there is none (yet: vendors may list a new job late);
     *     {@link OtaFailure.Unsupported} if the vendor cannot store a token
     */
    Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token, FirmwareId firmware);

    /**
     * Finds the jobs that were created with this token, as {@link #findByToken(ClientToken, FirmwareId)}, without a
     * package. Alibaba Cloud IoT Platform lists jobs by package only, so this reads the jobs of every package.
     */
    Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token);

    /**
     * Lists jobs, newest first (documents "Query the Batch Task List" of Huawei Cloud IoTDA, "ListOTAJobByFirmware" and
     * "ListOTAJobByDevice" of Alibaba Cloud IoT Platform). This method sends nothing; the methods of {@link Pages} do.
     * Completeness is as in {@link io.otabridge.domain.firmware.FirmwareQueryPort#list}.
     *
     * <p>Alibaba Cloud IoT Platform lists jobs by package only; without one, the jobs of every package of the product
     * are listed, package by package. The jobs of Huawei Cloud IoTDA do not contain their product: with a product, jobs
     * whose package was deleted are not listed.
     *
     * @param filter selects the jobs; a part that violates the vendor's constraint is {@link OtaFailure.Rejected} before
     *     anything is sent
     */
    Pages<UpgradeJob> list(JobFilter filter);

    /**
     * Returns the number of tasks by state. Huawei Cloud IoTDA sends it with the job. Alibaba Cloud IoT Platform needs a
     * request for each of 7 states.
     */
    Either<OtaFailure, TaskCounts> counts(JobId id);

    /**
     * Lists the tasks of a job (documents "Query a Batch Task" of Huawei Cloud IoTDA and "ListOTATaskByJob" of Alibaba
     * Cloud IoT Platform). Memory is bounded, however many there are. Completeness is as in {@link
     * io.otabridge.domain.firmware.FirmwareQueryPort#list}, as far as tasks do not change their state meanwhile.
     *
     * <p>Alibaba Cloud IoT Platform returns at most the first 100,000 tasks of a list. A longer list is read state by
     * state, and a state with more tasks device by device, for which all devices of the product are listed; see {@link
     * #estimate}.
     */
    Pages<UpgradeTask> tasks(JobId job, TaskFilter filter);

    /**
     * Returns how many requests {@link #tasks} sends, and how long they take at least. It sends a few requests itself.
     */
    Either<OtaFailure, RequestEstimate> estimate(JobId job, TaskFilter filter);

    /**
     * Lists the unfinished tasks of a device (document "ListOTAUnfinishedTaskByDevice" of Alibaba Cloud IoT Platform).
     *
     * @return the tasks, usually at most one for each module; {@link OtaFailure.Unsupported} if the vendor has no such
     *     list
     */
    default Either<OtaFailure, List<UpgradeTask>> unfinishedTasks(DeviceRef device) {
        return Either.left(unsupported(Capability.LIST_UNFINISHED_TASKS));
    }

    /**
     * Follows a job until it ends. Each poll reads the job and the number of its tasks by state, never the tasks. The
     * interval grows while nothing changes, see {@link JobWatch}. Polls share the quota of the account with all other
     * calls. A poll that fails with a retryable failure is reported and repeated. So is an unreadable response, which may
     * be that of a proxy, until 5 polls in a row were unreadable.
     *
     * <p>Nothing is stored: another process can continue with the id. Interrupt the thread to end it. A continuous job
     * ends only when it is cancelled.
     *
     * @param listener is called on the calling thread for the first poll, and whenever the job changed
     * @return the job at its end, with counts; {@link OtaFailure.DeadlineExceeded} after the watch's timeout; {@link
     *     OtaFailure.Cancelled} after an interrupt; otherwise the failure
     */
    default Either<OtaFailure, UpgradeJob> watch(JobId id, JobWatch watch, JobListener listener) {
        return new JobWatcher(this, watch, listener).run(id);
    }

    /** Follows a job until it ends, as {@link #watch(JobId, JobWatch, JobListener)}, without timeout and listener. */
    default Either<OtaFailure, UpgradeJob> watch(JobId id) {
        return watch(id, JobWatch.standard(), JobListener.NONE);
    }

    /**
     * Returns the failure of an operation that the backend does not support. Optional operations return it by default.
     */
    OtaFailure unsupported(Capability missing);

    /**
     * Returns a port whose operations return a failure. Nothing is sent.
     *
     * @param failure creates the failure for the missing capability
     */
    static JobQueryPort unsupported(Function<Capability, OtaFailure> failure) {
        return new JobQueryPort() {
            @Override
            public Either<OtaFailure, UpgradeJob> find(JobId id) {
                return Either.left(failure.apply(Capability.FIND_JOB));
            }

            @Override
            public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token, FirmwareId firmware) {
                return findByToken(token);
            }

            @Override
            public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token) {
                return Either.left(failure.apply(Capability.FIND_JOB_BY_TOKEN));
            }

            @Override
            public Pages<UpgradeJob> list(JobFilter filter) {
                return Pages.of(from -> Either.left(failure.apply(Capability.LIST_JOBS)));
            }

            @Override
            public Either<OtaFailure, TaskCounts> counts(JobId id) {
                return Either.left(failure.apply(Capability.FIND_JOB));
            }

            @Override
            public Pages<UpgradeTask> tasks(JobId job, TaskFilter filter) {
                return Pages.of(from -> Either.left(failure.apply(Capability.LIST_TASKS)));
            }

            @Override
            public Either<OtaFailure, RequestEstimate> estimate(JobId job, TaskFilter filter) {
                return Either.left(failure.apply(Capability.LIST_TASKS));
            }

            @Override
            public OtaFailure unsupported(Capability missing) {
                return failure.apply(missing);
            }
        };
    }
}
