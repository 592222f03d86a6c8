package io.otabridge.domain.job.command;

import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.UpgradeJob;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * Creates, changes and cancels upgrade jobs of one backend. Thread-safety, interrupts and failures are as in {@link
 * io.otabridge.domain.firmware.FirmwareCommandPort}. Optional operations return {@link OtaFailure.Unsupported} by
 * default.
 */
public interface JobCommandPort {

    /**
     * Creates a job (documents "Create a Batch Task" of Huawei Cloud IoTDA, "CreateOTAStaticUpgradeJob",
     * "CreateOTADynamicUpgradeJob" and "CreateOTAVerifyJob" of Alibaba Cloud IoT Platform). It first looks for a job
     * with the same token, so repeating the call with the same request is safe: it creates nothing that exists. Keep the
     * token if you may have to repeat it.
     *
     * <p>After a lost response the job is looked up until the backend's deadline, since a new job may be listed late.
     *
     * <p>More devices than the vendor accepts in one job become several jobs with the tokens {@code token_1of3}, {@code
     * token_2of3} and so on. If one of them cannot be created, the failure names those that exist, and {@link
     * io.otabridge.domain.job.JobQueryPort#findByToken} with the request's token returns them; repeat the call to
     * continue.
     *
     * @return the jobs; {@link OtaFailure.NotFound} if the package does not exist; {@link OtaFailure.Rejected} if the
     *     vendor's rules are violated, the token ends like that of a part, or it belongs to a job with another package
     *     (Alibaba Cloud IoT Platform lists jobs by package, so there another package is not noticed), or with other
     *     devices, as far as the vendor reports them; {@link OtaFailure.OutcomeUnknown} with the token, if the vendor
     *     stores it, if the response was lost and no job was found: do not create another one with a new token; otherwise
     *     the failure
     */
    default Either<OtaFailure, JobCreation> create(JobRequest request) {
        return Either.left(unsupported(request.neededCapabilities().head()));
    }

    /**
     * Lists the devices of a request for all devices, if the vendor has no such selection, so that {@link #create} is for
     * exactly the devices that a person confirmed.
     *
     * @return the request with the listed devices; the same request if the vendor selects the devices; otherwise the
     *     failure
     */
    default Either<OtaFailure, JobRequest> listDevices(JobRequest request) {
        return Either.right(request);
    }

    /**
     * Cancels tasks of a job (documents "Stop a Batch Task" of Huawei Cloud IoTDA, "CancelOTATaskByJob",
     * "CancelOTATaskByDevice" and "CancelOTAStrategyByJob" of Alibaba Cloud IoT Platform). With {@link
     * TaskFilter#all()} the whole job is cancelled, a continuous job too. A device that is upgrading may still
     * finish, and the result names these devices: Huawei and Alibaba do not stop them; where the vendor requests that
     * they stop, their tasks are {@link io.otabridge.domain.job.TaskState#CANCELLING} until they confirm it.
     *
     * @return the result; of a job that is already cancelled, nothing is changed; {@link OtaFailure.NotFound} if the job
     *     does not exist; {@link OtaFailure.Rejected} if the vendor is still preparing the job and has no tasks to cancel
     *     yet; otherwise the failure
     */
    default Either<OtaFailure, TaskChanges> cancel(JobId job, TaskFilter tasks) {
        return Either.left(unsupported(Capability.CANCEL_JOB));
    }

    /** Cancels a whole job, as {@link #cancel(JobId, TaskFilter)} with {@link TaskFilter#all()}. */
    default Either<OtaFailure, TaskChanges> cancel(JobId job) {
        return cancel(job, TaskFilter.all());
    }

    /**
     * Retries failed and cancelled tasks of a job (documents "Retry a Batch Task" of Huawei Cloud IoTDA and
     * "ReupgradeOTATask" of Alibaba Cloud IoT Platform). Other tasks are not selected, whatever the filter.
     */
    default Either<OtaFailure, TaskChanges> retry(JobId job, TaskFilter tasks) {
        return Either.left(unsupported(Capability.RETRY_TASKS));
    }

    /**
     * Confirms tasks that wait for it (documents "Confirm a Batch Task" of Huawei Cloud IoTDA and "ConfirmOTATask" of
     * Alibaba Cloud IoT Platform). Other tasks are not selected, whatever the filter.
     */
    default Either<OtaFailure, TaskChanges> confirm(JobId job, TaskFilter tasks) {
        return Either.left(unsupported(Capability.CONFIRM_TASKS));
    }

    /**
     * Updates a job (document "UpdateOTAJob" of Alibaba Cloud IoT Platform).
     *
     * @return the updated job; otherwise the failure
     */
    default Either<OtaFailure, UpgradeJob> update(JobId job, JobUpdate change) {
        return Either.left(unsupported(Capability.UPDATE_JOB));
    }

    /**
     * Deletes a job that ended, with the history of its tasks (document "Delete a Batch Task" of Huawei Cloud IoTDA).
     *
     * @return the result as in {@link DeleteResult}; {@link OtaFailure.Rejected} if the job has not ended; otherwise the
     *     failure
     */
    default Either<OtaFailure, DeleteResult> delete(JobId job) {
        return Either.left(unsupported(Capability.DELETE_JOB));
    }

    /**
     * Returns a port that changes nothing. It performs the same checks and look-ups, and returns the result that the
     * command would have, as far as it is known.
     */
    JobCommandPort dryRun();

    /**
     * Returns the failure of an operation that the backend does not support. Optional operations return it by default.
     */
    OtaFailure unsupported(Capability missing);

    /**
     * Returns a port whose operations return a failure. Nothing is sent.
     *
     * @param failure creates the failure for the missing capability
     */
    static JobCommandPort unsupported(Function<Capability, OtaFailure> failure) {
        return new JobCommandPort() {
            @Override
            public JobCommandPort dryRun() {
                return this;
            }

            @Override
            public OtaFailure unsupported(Capability missing) {
                return failure.apply(missing);
            }
        };
    }
}
