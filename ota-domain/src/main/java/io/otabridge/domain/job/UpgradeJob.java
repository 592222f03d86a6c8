package io.otabridge.domain.job;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * An upgrade job: one order to install a package on devices (a batch task of Huawei Cloud IoTDA, a job or batch of Alibaba
 * Cloud IoT Platform). Components that the vendor does not send are absent. Immutable.
 *
 * @param id Huawei {@code task_id}, Alibaba {@code JobId}
 * @param state Huawei {@code status}, Alibaba {@code JobStatus}
 * @param outcome how a finished job ended, computed from the counts; absent if they are unknown
 * @param kind Alibaba {@code JobType}; every job of Huawei is an upgrade
 * @param firmware the packages: Huawei {@code document.package_ids}, Alibaba {@code FirmwareId}
 * @param target the part of the device: Huawei {@code task_type}; not available on Alibaba
 * @param product Alibaba {@code ProductKey}; not available on Huawei
 * @param version the new version: Alibaba {@code DestVersion}, not in lists; not available on Huawei
 * @param name Huawei {@code task_name}, Alibaba {@code Name}
 * @param token the token of the caller; absent for a job that was created without one
 * @param selection Huawei by the field that is set, Alibaba {@code TargetSelection} and {@code SelectionType}
 * @param group the selected group: Alibaba {@code GroupId}, Huawei {@code group_ids}
 * @param percent the selected percentage: Alibaba {@code GrayPercent}
 * @param sourceVersions only devices with one of these versions: Alibaba {@code SrcVersions}
 * @param scheduledStart Huawei {@code schedule_time}, Alibaba {@code UtcScheduleTime}
 * @param scheduledEnd Alibaba {@code UtcScheduleFinishTime}
 * @param ratePerMinute how many devices are notified each minute: Alibaba {@code MaximumPerMinute}
 * @param retry automatic retries; absent if there are none
 * @param timeout the time for a device after its first progress report: Alibaba {@code TimeoutInMinutes}
 * @param needsConfirmation Huawei {@code need_confirm}, Alibaba {@code NeedConfirm}
 * @param tags Alibaba {@code Tags} without the token
 * @param counts Huawei {@code task_progress}; not available on Alibaba, see {@link JobQueryPort#counts}
 * @param message the reason of a failure: Huawei {@code status_desc}; Alibaba {@code JobDesc}
 * @param created Huawei {@code create_time}, Alibaba {@code UtcCreate}
 * @param modified Alibaba {@code UtcModified}
 * @param started Alibaba {@code UtcStartTime}
 * @param ended Alibaba {@code UtcEndTime}
 */
public record UpgradeJob(
        JobId id,
        Reported<JobState> state,
        Option<JobOutcome> outcome,
        Reported<JobKind> kind,
        List<FirmwareId> firmware,
        FirmwareTarget target,
        Option<ProductId> product,
        Option<FirmwareVersion> version,
        Option<String> name,
        Option<ClientToken> token,
        Option<Reported<JobSelection>> selection,
        Option<DeviceGroupId> group,
        Option<BigDecimal> percent,
        List<FirmwareVersion> sourceVersions,
        Option<VendorTimestamp> scheduledStart,
        Option<VendorTimestamp> scheduledEnd,
        Option<Integer> ratePerMinute,
        Option<RetryPolicy> retry,
        Option<Duration> timeout,
        Option<Boolean> needsConfirmation,
        Map<String, String> tags,
        Option<TaskCounts> counts,
        Option<String> message,
        Option<VendorTimestamp> created,
        Option<VendorTimestamp> modified,
        Option<VendorTimestamp> started,
        Option<VendorTimestamp> ended) {

    /** Returns a builder with the required components. All others are absent or empty by default. */
    public static Builder builder(JobId id, Reported<JobState> state) {
        return new Builder(id, state);
    }

    /** Returns whether the job does not change any more, unless its tasks are retried. */
    public boolean isFinal() {
        return state.value().isFinal();
    }

    /** Returns a copy with these counts, and the outcome if the job is finished. */
    public UpgradeJob withCounts(TaskCounts newCounts) {
        return new UpgradeJob(
                id,
                state,
                state.is(JobState.FINISHED) ? JobOutcome.of(newCounts) : Option.none(),
                kind,
                firmware,
                target,
                product,
                version,
                name,
                token,
                selection,
                group,
                percent,
                sourceVersions,
                scheduledStart,
                scheduledEnd,
                ratePerMinute,
                retry,
                timeout,
                needsConfirmation,
                tags,
                Option.some(newCounts),
                message,
                created,
                modified,
                started,
                ended);
    }

    /** A builder. Not safe for use by multiple threads. */
    public static final class Builder {

        private final JobId id;
        private final Reported<JobState> state;
        private Option<JobOutcome> outcome = Option.none();
        private Reported<JobKind> kind = Reported.of(JobKind.UPGRADE);
        private List<FirmwareId> firmware = List.empty();
        private FirmwareTarget target = FirmwareTarget.notStated();
        private Option<ProductId> product = Option.none();
        private Option<FirmwareVersion> version = Option.none();
        private Option<String> name = Option.none();
        private Option<ClientToken> token = Option.none();
        private Option<Reported<JobSelection>> selection = Option.none();
        private Option<DeviceGroupId> group = Option.none();
        private Option<BigDecimal> percent = Option.none();
        private List<FirmwareVersion> sourceVersions = List.empty();
        private Option<VendorTimestamp> scheduledStart = Option.none();
        private Option<VendorTimestamp> scheduledEnd = Option.none();
        private Option<Integer> ratePerMinute = Option.none();
        private Option<RetryPolicy> retry = Option.none();
        private Option<Duration> timeout = Option.none();
        private Option<Boolean> needsConfirmation = Option.none();
        private Map<String, String> tags = LinkedHashMap.empty();
        private Option<TaskCounts> counts = Option.none();
        private Option<String> message = Option.none();
        private Option<VendorTimestamp> created = Option.none();
        private Option<VendorTimestamp> modified = Option.none();
        private Option<VendorTimestamp> started = Option.none();
        private Option<VendorTimestamp> ended = Option.none();

        private Builder(JobId id, Reported<JobState> state) {
            this.id = id;
            this.state = state;
        }

        public Builder outcome(JobOutcome value) {
            this.outcome = Option.some(value);
            return this;
        }

        public Builder kind(Reported<JobKind> value) {
            this.kind = value;
            return this;
        }

        public Builder firmware(List<FirmwareId> value) {
            this.firmware = value;
            return this;
        }

        public Builder target(FirmwareTarget value) {
            this.target = value;
            return this;
        }

        public Builder product(ProductId value) {
            this.product = Option.some(value);
            return this;
        }

        public Builder version(FirmwareVersion value) {
            this.version = Option.some(value);
            return this;
        }

        public Builder name(String value) {
            this.name = Option.some(value);
            return this;
        }

        public Builder token(ClientToken value) {
            this.token = Option.some(value);
            return this;
        }

        public Builder selection(Reported<JobSelection> value) {
            this.selection = Option.some(value);
            return this;
        }

        public Builder group(DeviceGroupId value) {
            this.group = Option.some(value);
            return this;
        }

        public Builder percent(BigDecimal value) {
            this.percent = Option.some(value);
            return this;
        }

        public Builder sourceVersions(List<FirmwareVersion> value) {
            this.sourceVersions = value;
            return this;
        }

        public Builder scheduledStart(VendorTimestamp value) {
            this.scheduledStart = Option.some(value);
            return this;
        }

        public Builder scheduledEnd(VendorTimestamp value) {
            this.scheduledEnd = Option.some(value);
            return this;
        }

        public Builder ratePerMinute(Integer value) {
            this.ratePerMinute = Option.some(value);
            return this;
        }

        public Builder retry(RetryPolicy value) {
            this.retry = Option.some(value);
            return this;
        }

        public Builder timeout(Duration value) {
            this.timeout = Option.some(value);
            return this;
        }

        public Builder needsConfirmation(Boolean value) {
            this.needsConfirmation = Option.some(value);
            return this;
        }

        public Builder tags(Map<String, String> value) {
            this.tags = value;
            return this;
        }

        public Builder counts(TaskCounts value) {
            this.counts = Option.some(value);
            return this;
        }

        public Builder message(String value) {
            this.message = Option.some(value);
            return this;
        }

        public Builder created(VendorTimestamp value) {
            this.created = Option.some(value);
            return this;
        }

        public Builder modified(VendorTimestamp value) {
            this.modified = Option.some(value);
            return this;
        }

        public Builder started(VendorTimestamp value) {
            this.started = Option.some(value);
            return this;
        }

        public Builder ended(VendorTimestamp value) {
            this.ended = Option.some(value);
            return this;
        }

        /** Builds the job. */
        public UpgradeJob build() {
            return new UpgradeJob(
                    id,
                    state,
                    outcome,
                    kind,
                    firmware,
                    target,
                    product,
                    version,
                    name,
                    token,
                    selection,
                    group,
                    percent,
                    sourceVersions,
                    scheduledStart,
                    scheduledEnd,
                    ratePerMinute,
                    retry,
                    timeout,
                    needsConfirmation,
                    tags,
                    counts,
                    message,
                    created,
                    modified,
                    started,
                    ended);
        }
    }
}
