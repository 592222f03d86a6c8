package io.otabridge.domain.job.command;

import io.otabridge.domain.Capability;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.RetryPolicy;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;

/**
 * An upgrade job to create. What a vendor lacks is {@link io.otabridge.domain.OtaFailure.Unsupported}, and what it does
 * not allow {@link io.otabridge.domain.OtaFailure.Rejected}, before anything is sent. Immutable.
 *
 * @param firmware the package; the product of the devices is its product
 * @param kind {@link JobKind#UPGRADE} or {@link JobKind#VERIFICATION}
 * @param targets the devices
 * @param token identifies the job, also after a lost response
 * @param sourceVersions only devices with one of these versions; empty for any version
 * @param start when the vendor starts the job; absent for now. Up to 7 days ahead
 * @param end when the vendor ends the job
 * @param ratePerMinute how many devices are notified each minute; absent for the vendor's default
 * @param retry how often failed tasks are retried; absent for no retries
 * @param timeout the time for a device after its first progress report; absent for none, or the vendor's
 * @param needsConfirmation whether each task waits for a confirmation
 * @param replacesPending whether the job replaces unfinished tasks of its devices that have not begun; otherwise the new
 *     tasks of these devices fail. A vendor that always replaces them adds a warning to the creation
 * @param throughGateways whether devices behind a gateway are notified through it: Huawei {@code task_mode}
 * @param tags texts that devices receive: Huawei {@code task_ext_info}, Alibaba {@code Tag}
 */
public record JobRequest(
        FirmwareId firmware,
        JobKind kind,
        JobTargets targets,
        ClientToken token,
        List<FirmwareVersion> sourceVersions,
        Option<Instant> start,
        Option<Instant> end,
        Option<Integer> ratePerMinute,
        Option<RetryPolicy> retry,
        Option<Duration> timeout,
        boolean needsConfirmation,
        boolean replacesPending,
        boolean throughGateways,
        Map<String, String> tags) {

    /**
     * @throws IllegalArgumentException if the kind is unknown, a verification has other targets than devices, the end is
     *     not after the start, or a rate or timeout is not positive
     */
    public JobRequest {
        if (kind == JobKind.UNKNOWN) {
            throw new IllegalArgumentException("the kind of a job must be known");
        }
        if (kind == JobKind.VERIFICATION && !(targets instanceof JobTargets.Devices)) {
            throw new IllegalArgumentException("a verification needs a list of devices");
        }
        if (end.isDefined() && start.isEmpty()) {
            throw new IllegalArgumentException("a job with an end needs a start");
        }
        if (start.exists(from -> end.exists(to -> !to.isAfter(from)))) {
            throw new IllegalArgumentException("the end of a job must be after its start");
        }
        if (ratePerMinute.exists(rate -> rate < 1) || timeout.exists(time -> time.isNegative() || time.isZero())) {
            throw new IllegalArgumentException("rate and timeout must be positive");
        }
        sourceVersions = sourceVersions.distinct();
    }

    /** Returns a builder for an upgrade with a random token. */
    public static Builder upgrade(FirmwareId firmware, JobTargets targets) {
        return new Builder(firmware, JobKind.UPGRADE, targets);
    }

    /**
     * Returns a builder for the verification of a package on test devices, with a random token.
     *
     * @throws IllegalArgumentException if there is no device
     */
    public static Builder verification(FirmwareId firmware, Iterable<DeviceId> devices) {
        return new Builder(firmware, JobKind.VERIFICATION, JobTargets.devices(devices));
    }

    /** Returns the capabilities that a backend needs for this request, in the order in which they are checked. */
    public List<Capability> neededCapabilities() {
        return List.of(kind == JobKind.VERIFICATION ? Capability.VERIFY_FIRMWARE : Capability.CREATE_JOB)
                .appendAll(neededForTargets())
                .appendAll(Option.when(sourceVersions.nonEmpty(), Capability.SOURCE_VERSIONS_OF_JOB))
                .appendAll(start.map(any -> Capability.JOB_START))
                .appendAll(end.map(any -> Capability.JOB_END))
                .appendAll(ratePerMinute.map(any -> Capability.JOB_RATE))
                .appendAll(retry.map(any -> Capability.JOB_RETRIES))
                .appendAll(timeout.map(any -> Capability.JOB_TIMEOUT))
                .appendAll(Option.when(needsConfirmation, Capability.CONFIRM_TASKS))
                .appendAll(Option.when(replacesPending, Capability.REPLACE_TASKS))
                .appendAll(Option.when(throughGateways, Capability.JOB_THROUGH_GATEWAYS))
                .appendAll(Option.when(tags.nonEmpty(), Capability.JOB_TAGS));
    }

    private Option<Capability> neededForTargets() {
        if (targets instanceof JobTargets.Group) {
            return Option.some(Capability.JOB_FOR_GROUP);
        }
        if (targets instanceof JobTargets.All) {
            return Option.some(Capability.JOB_FOR_ALL);
        }
        if (targets instanceof JobTargets.Percentage) {
            return Option.some(Capability.JOB_FOR_PERCENTAGE);
        }
        return Option.when(targets instanceof JobTargets.Continuous, Capability.CONTINUOUS_JOB);
    }

    /** Returns a copy for other devices. */
    public JobRequest withTargets(JobTargets newTargets) {
        return part(newTargets, token);
    }

    /** Returns a copy with other targets and another token, for one job of several. */
    JobRequest part(JobTargets newTargets, ClientToken newToken) {
        return new JobRequest(
                firmware,
                kind,
                newTargets,
                newToken,
                sourceVersions,
                start,
                end,
                ratePerMinute,
                retry,
                timeout,
                needsConfirmation,
                replacesPending,
                throughGateways,
                tags);
    }

    /** Returns a description for messages, such as {@code job ota_1 with firmware f1}. */
    @Override
    public String toString() {
        return (kind == JobKind.VERIFICATION ? "verification " : "job ") + token + " with firmware " + firmware;
    }

    /** A builder. Not safe for use by multiple threads. */
    public static final class Builder {

        private final FirmwareId firmware;
        private final JobKind kind;
        private final JobTargets targets;
        private ClientToken token = ClientToken.random();
        private List<FirmwareVersion> sourceVersions = List.empty();
        private Option<Instant> start = Option.none();
        private Option<Instant> end = Option.none();
        private Option<Integer> ratePerMinute = Option.none();
        private Option<RetryPolicy> retry = Option.none();
        private Option<Duration> timeout = Option.none();
        private boolean needsConfirmation;
        private boolean replacesPending;
        private boolean throughGateways;
        private Map<String, String> tags = LinkedHashMap.empty();

        private Builder(FirmwareId firmware, JobKind kind, JobTargets targets) {
            this.firmware = firmware;
            this.kind = kind;
            this.targets = targets;
        }

        /** Sets the token. */
        public Builder token(ClientToken value) {
            this.token = value;
            return this;
        }

        /** Adds a version that a device must have. */
        public Builder sourceVersion(FirmwareVersion value) {
            this.sourceVersions = sourceVersions.append(value);
            return this;
        }

        /** Sets when the vendor starts the job. */
        public Builder start(Instant value) {
            this.start = Option.some(value);
            return this;
        }

        /** Sets when the vendor ends the job. */
        public Builder end(Instant value) {
            this.end = Option.some(value);
            return this;
        }

        /** Sets how many devices are notified each minute. */
        public Builder ratePerMinute(int value) {
            this.ratePerMinute = Option.some(value);
            return this;
        }

        /** Sets how often failed tasks are retried. */
        public Builder retry(RetryPolicy value) {
            this.retry = Option.some(value);
            return this;
        }

        /** Sets the time for a device after its first progress report. */
        public Builder timeout(Duration value) {
            this.timeout = Option.some(value);
            return this;
        }

        /** Sets whether each task waits for a confirmation. */
        public Builder needsConfirmation(boolean value) {
            this.needsConfirmation = value;
            return this;
        }

        /** Sets whether the job replaces unfinished tasks of its devices that have not begun. */
        public Builder replacesPending(boolean value) {
            this.replacesPending = value;
            return this;
        }

        /** Sets whether devices behind a gateway are notified through it. */
        public Builder throughGateways(boolean value) {
            this.throughGateways = value;
            return this;
        }

        /** Adds a text that devices receive. */
        public Builder tag(String key, String value) {
            this.tags = tags.put(key, value);
            return this;
        }

        /**
         * Builds the request.
         *
         * @throws IllegalArgumentException as the constructor of {@link JobRequest}
         */
        public JobRequest build() {
            return new JobRequest(
                    firmware,
                    kind,
                    targets,
                    token,
                    sourceVersions,
                    start,
                    end,
                    ratePerMinute,
                    retry,
                    timeout,
                    needsConfirmation,
                    replacesPending,
                    throughGateways,
                    tags);
        }
    }
}
