package io.otabridge.domain.job;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * An upgrade task: one device in one job (a sub-task of Huawei Cloud IoTDA, a task of Alibaba Cloud IoT Platform).
 * Components that the vendor does not send are absent. Immutable.
 *
 * @param job the job
 * @param device Huawei {@code target}, Alibaba {@code DeviceName}
 * @param state Huawei {@code status}, Alibaba {@code TaskStatus}
 * @param id Alibaba {@code TaskId}; not available on Huawei
 * @param product Alibaba {@code ProductKey}; not available on Huawei
 * @param firmware Alibaba {@code FirmwareId}; not available on Huawei
 * @param target the part of the device: Alibaba {@code ModuleName}, only in lists by device
 * @param sourceVersion Alibaba {@code SrcVersion}; not available on Huawei
 * @param version the new version: Alibaba {@code DestVersion}; not available on Huawei
 * @param percent the progress, 0 to 100: Alibaba {@code Progress}; not available on Huawei
 * @param timeout Alibaba {@code Timeout}; absent without a timeout
 * @param failure why the task failed; absent for every other state
 * @param message the text of the vendor or the device, redacted: Huawei {@code output}, Alibaba {@code TaskDesc}
 * @param created Alibaba {@code UtcCreate}; not available on Huawei
 * @param modified Alibaba {@code UtcModified}; not available on Huawei
 */
public record UpgradeTask(
        JobId job,
        DeviceId device,
        Reported<TaskState> state,
        Option<TaskId> id,
        Option<ProductId> product,
        Option<FirmwareId> firmware,
        Option<FirmwareTarget> target,
        Option<FirmwareVersion> sourceVersion,
        Option<FirmwareVersion> version,
        Option<BigDecimal> percent,
        Option<Duration> timeout,
        Option<TaskFailure> failure,
        Option<String> message,
        Option<VendorTimestamp> created,
        Option<VendorTimestamp> modified) {

    /** Returns a builder with the required components. All others are absent or empty by default. */
    public static Builder builder(JobId job, DeviceId device, Reported<TaskState> state) {
        return new Builder(job, device, state);
    }

    /** A builder. Not safe for use by multiple threads. */
    public static final class Builder {

        private final JobId job;
        private final DeviceId device;
        private final Reported<TaskState> state;
        private Option<TaskId> id = Option.none();
        private Option<ProductId> product = Option.none();
        private Option<FirmwareId> firmware = Option.none();
        private Option<FirmwareTarget> target = Option.none();
        private Option<FirmwareVersion> sourceVersion = Option.none();
        private Option<FirmwareVersion> version = Option.none();
        private Option<BigDecimal> percent = Option.none();
        private Option<Duration> timeout = Option.none();
        private Option<TaskFailure> failure = Option.none();
        private Option<String> message = Option.none();
        private Option<VendorTimestamp> created = Option.none();
        private Option<VendorTimestamp> modified = Option.none();

        private Builder(JobId job, DeviceId device, Reported<TaskState> state) {
            this.job = job;
            this.device = device;
            this.state = state;
        }

        public Builder id(TaskId value) {
            this.id = Option.some(value);
            return this;
        }

        public Builder product(ProductId value) {
            this.product = Option.some(value);
            return this;
        }

        public Builder firmware(FirmwareId value) {
            this.firmware = Option.some(value);
            return this;
        }

        public Builder target(FirmwareTarget value) {
            this.target = Option.some(value);
            return this;
        }

        public Builder sourceVersion(FirmwareVersion value) {
            this.sourceVersion = Option.some(value);
            return this;
        }

        public Builder version(FirmwareVersion value) {
            this.version = Option.some(value);
            return this;
        }

        public Builder percent(BigDecimal value) {
            this.percent = Option.some(value);
            return this;
        }

        public Builder timeout(Duration value) {
            this.timeout = Option.some(value);
            return this;
        }

        public Builder failure(TaskFailure value) {
            this.failure = Option.some(value);
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

        /** Builds the task. */
        public UpgradeTask build() {
            return new UpgradeTask(
                    job,
                    device,
                    state,
                    id,
                    product,
                    firmware,
                    target,
                    sourceVersion,
                    version,
                    percent,
                    timeout,
                    failure,
                    message,
                    created,
                    modified);
        }
    }
}
