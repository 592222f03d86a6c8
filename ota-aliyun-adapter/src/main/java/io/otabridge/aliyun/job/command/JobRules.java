package io.otabridge.aliyun.job.command;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.job.JobMapping;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.job.command.JobUpdate;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The platform's rules for jobs. They are checked before anything is sent, and failures name the allowed values. */
final class JobRules {

    private static final List<Integer> RETRY_COUNTS = List.of(1, 2, 5);
    private static final List<Duration> RETRY_INTERVALS =
            List.of(0, 10, 30, 60, 1440).map(Duration::ofMinutes);
    private static final Duration MIN_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration MAX_TIMEOUT = Duration.ofDays(1);
    private static final int MIN_RATE = 10;
    static final int MAX_RATE = 10_000;
    private static final Duration MIN_AHEAD = Duration.ofMinutes(5);
    private static final Duration MAX_AHEAD = Duration.ofDays(7);
    private static final Duration MIN_LENGTH = Duration.ofHours(1);
    private static final Duration MAX_LENGTH = Duration.ofDays(30);
    private static final int MAX_SOURCES = 10;
    private static final int MAX_VERIFICATION_DEVICES = 10;
    private static final int MAX_TAGS = 10;
    private static final int MAX_TAG_VALUE = 1024;
    private static final int MAX_TAG_TEXT = 4096;
    private static final String TAG_KEY = "[A-Za-z0-9.]{1,30}";

    private final OperationContext origin;
    private final Dialect dialect;
    private final Clock clock;

    JobRules(OperationContext origin, AliyunSettings settings, Clock clock) {
        this.origin = origin;
        this.dialect = settings.dialect();
        this.clock = clock;
    }

    /** The first rule that a request violates; absent if it meets all. */
    Option<OtaFailure> violation(JobRequest request) {
        return ofDevices(request)
                .orElse(() -> ofKind(request))
                .orElse(() -> ofSources(request))
                .orElse(() -> ofPercentage(request))
                .orElse(() -> ofSchedule(request))
                .orElse(() -> request.ratePerMinute().flatMap(this::ofRate))
                .orElse(() -> request.timeout().flatMap(this::ofTimeout))
                .orElse(() -> request.retry().flatMap(retry -> ofRetry(retry, request.timeout())))
                .orElse(() -> ofTags(request.tags(), request.token().value().length()));
    }

    /** The first rule that a change violates; absent if it meets all. */
    Option<OtaFailure> violation(UpgradeJob job, JobUpdate change) {
        boolean isContinuous = job.selection().exists(selection -> selection.is(JobSelection.CONTINUOUS));
        if (!isContinuous
                && (change.timeout().isDefined() || change.sourceVersions().isDefined())) {
            return rejected(
                    Message.of("Job {0} on backend {1} is not continuous", job.id(), origin.backend()),
                    "Change only rate and tags: timeout and source versions can be changed for continuous jobs only");
        }
        return change.ratePerMinute()
                .flatMap(this::ofRate)
                .orElse(() -> change.timeout().flatMap(this::ofTimeout))
                .orElse(() -> change.sourceVersions().flatMap(this::ofSources))
                .orElse(() -> isContinuous ? ofRemainingSources(job, change) : Option.none())
                .orElse(() -> ofRemainingTags(job, change))
                .orElse(() -> change.tags()
                        .flatMap(tags -> ofTags(
                                tags,
                                job.token().map(token -> token.value().length()).getOrElse(0))));
    }

    /** The vendor erases source versions that are left out, and then the job is for every device. */
    private Option<OtaFailure> ofRemainingSources(UpgradeJob job, JobUpdate change) {
        return job.group().isEmpty()
                        && change.sourceVersions()
                                .getOrElse(job.sourceVersions())
                                .isEmpty()
                ? rejected(
                        Message.of(
                                "Without source versions, continuous job {0} on backend {1} would be for devices with"
                                        + " any version",
                                job.id(), origin.backend()),
                        "Name the source versions of the job in the change")
                : Option.none();
    }

    /** The vendor erases tags that are left out, and accepts none without a value. */
    private Option<OtaFailure> ofRemainingTags(UpgradeJob job, JobUpdate change) {
        return change.tags().isEmpty() && job.tags().exists(tag -> tag._2.isEmpty())
                ? rejected(
                        Message.of(
                                "Job {0} on backend {1} has a tag without a value, which the vendor does not accept again",
                                job.id(), origin.backend()),
                        "Name all tags of the job in the change")
                : Option.none();
    }

    /** The rules for a job that does not exist yet: its start, and the verification of its package. */
    Option<OtaFailure> violation(JobRequest request, Firmware firmware) {
        return ofMinimumAhead(request).orElse(() -> ofVerification(request, firmware));
    }

    private Option<OtaFailure> ofVerification(JobRequest request, Firmware firmware) {
        Verification verification = firmware.verification();
        if (request.kind() == JobKind.VERIFICATION) {
            return verification instanceof Verification.Verified
                    ? rejected(
                            Message.of(
                                    "Firmware {0} on backend {1} is verified already", firmware.id(), origin.backend()),
                            "Create a job for devices")
                    : verification instanceof Verification.Verifying
                            ? rejected(
                                    Message.of(
                                            "Firmware {0} on backend {1} is being verified",
                                            firmware.id(), origin.backend()),
                                    "Wait until the verification has ended, or cancel it")
                            : Option.none();
        }
        if (verification instanceof Verification.Verifying) {
            return rejected(
                    Message.of(
                            "Firmware {0} on backend {1} is not verified yet: the verification is running",
                            firmware.id(), origin.backend()),
                    "Wait until the verification has succeeded, then create the job");
        }
        return verification instanceof Verification.Unverified || verification instanceof Verification.Failed
                ? rejected(
                        Message.of(
                                verification instanceof Verification.Failed
                                        ? "Firmware {0} on backend {1} is not verified: the verification failed"
                                        : "Firmware {0} on backend {1} is not verified",
                                firmware.id(),
                                origin.backend()),
                        "Verify it on up to " + MAX_VERIFICATION_DEVICES
                                + " test devices first, for example with ota firmware verify, and create the job when"
                                + " the verification has succeeded")
                : Option.none();
    }

    private Option<OtaFailure> ofDevices(JobRequest request) {
        if (request.targets() instanceof JobTargets.All all && all.listed().nonEmpty()) {
            return rejected(
                    Message.of(
                            "Backend {0} selects all devices of the product, not the {1} that were listed",
                            origin.backend(), all.listed().size()),
                    "Name them with JobTargets.devices, or select all with JobTargets.all");
        }
        if (!(request.targets() instanceof JobTargets.Devices devices)) {
            return Option.none();
        }
        return devices.ids()
                .flatMap(id ->
                        dialect.rules().deviceName().check(id.value()).swap().toOption())
                .headOption()
                .map(ConstraintViolation::toMessage)
                .flatMap(violation -> rejected(violation, "Correct it"));
    }

    /** A verification has only the parameters that all jobs have. */
    private Option<OtaFailure> ofKind(JobRequest request) {
        if (request.kind() == JobKind.VERIFICATION) {
            int devices = ((JobTargets.Devices) request.targets()).ids().size();
            if (devices > MAX_VERIFICATION_DEVICES) {
                return rejected(
                        Message.of(
                                "A verification on backend {0} has at most {1} devices, and {2} were requested",
                                origin.backend(), MAX_VERIFICATION_DEVICES, devices),
                        "Verify the package on fewer devices");
            }
            boolean hasMore = request.start().isDefined()
                    || request.ratePerMinute().isDefined()
                    || request.retry().isDefined()
                    || request.sourceVersions().nonEmpty()
                    || request.replacesPending();
            return hasMore
                    ? rejected(
                            Message.of(
                                    "A verification on backend {0} has no start, rate, retries, source versions or"
                                            + " replacement of tasks",
                                    origin.backend()),
                            "Leave them out; timeout, confirmation and tags are possible")
                    : Option.none();
        }
        return request.targets() instanceof JobTargets.Continuous
                        && request.start().isDefined()
                ? rejected(
                        Message.of("A continuous job on backend {0} has no start and no end", origin.backend()),
                        "Leave them out, create the job when it should start, and cancel it when it should end")
                : Option.none();
    }

    private Option<OtaFailure> ofSources(JobRequest request) {
        List<FirmwareVersion> sources = request.sourceVersions();
        JobTargets targets = request.targets();
        if (targets instanceof JobTargets.Continuous continuous
                && sources.isEmpty() == continuous.group().isEmpty()) {
            return rejected(
                    Message.of(
                            "A continuous job on backend {0} needs either source versions or a device group",
                            origin.backend()),
                    "Name one of both");
        }
        boolean selectsDevices = targets instanceof JobTargets.Devices || targets instanceof JobTargets.Group;
        if (selectsDevices && sources.nonEmpty()) {
            return rejected(
                    Message.of(
                            "Source versions are not possible for listed devices or a group on backend {0}",
                            origin.backend()),
                    "Leave out the source versions, or create the job for all devices or a percentage");
        }
        return ofSources(sources);
    }

    private Option<OtaFailure> ofSources(List<FirmwareVersion> sources) {
        if (sources.size() > MAX_SOURCES) {
            return rejected(
                    Message.of(
                            "A job on backend {0} has at most {1} source versions, and {2} were requested",
                            origin.backend(), MAX_SOURCES, sources.size()),
                    "Name fewer versions");
        }
        return sources.flatMap(version -> dialect.rules()
                        .firmwareVersion()
                        .check(version.value())
                        .swap()
                        .toOption())
                .headOption()
                .flatMap(violation -> rejected(violation.toMessage(), "Correct it"));
    }

    /** Tuya documents whole percentages. */
    private Option<OtaFailure> ofPercentage(JobRequest request) {
        return request.targets() instanceof JobTargets.Percentage gray
                        && !dialect.isCloud()
                        && gray.percent().stripTrailingZeros().scale() > 0
                ? rejected(
                        Message.of("Percentage {0} is not a whole number", gray.percent()),
                        "Use a whole number from 1 to 100")
                : Option.none();
    }

    private Option<OtaFailure> ofSchedule(JobRequest request) {
        if (request.start().isEmpty()) {
            return Option.none();
        }
        Instant start = request.start().get();
        Duration ahead = Duration.between(clock.instant(), start);
        if (ahead.compareTo(MAX_AHEAD) > 0) {
            return cannotStart(start);
        }
        Option<Duration> length = request.end().map(end -> Duration.between(start, end));
        return length.exists(time -> !isBetween(time, MIN_LENGTH, MAX_LENGTH))
                ? rejected(
                        Message.of(
                                "Backend {0} cannot end a job at {1} that starts at {2}",
                                origin.backend(), request.end().get(), start),
                        "Choose an end from 1 hour to 30 days after the start")
                : Option.none();
    }

    /** The minimum time before the start. It applies to a new job only: an existing job is found although it starts soon. */
    private Option<OtaFailure> ofMinimumAhead(JobRequest request) {
        return request.start()
                .filter(start -> start.isBefore(clock.instant().plus(MIN_AHEAD)))
                .flatMap(this::cannotStart);
    }

    private Option<OtaFailure> cannotStart(Instant start) {
        return rejected(
                Message.of("Backend {0} cannot start a job at {1}", origin.backend(), start),
                "Choose a start from 5 minutes to 7 days ahead");
    }

    private Option<OtaFailure> ofRate(int rate) {
        return rate < MIN_RATE || rate > MAX_RATE
                ? rejected(
                        Message.of("Rate {0} is not possible on backend {1}", rate, origin.backend()),
                        "Use " + MIN_RATE + " to " + MAX_RATE + " devices per minute")
                : Option.none();
    }

    private Option<OtaFailure> ofTimeout(Duration timeout) {
        return isBetween(timeout, MIN_TIMEOUT, MAX_TIMEOUT) && isMinutes(timeout)
                ? Option.none()
                : rejected(
                        Message.of("Timeout {0} is not possible on backend {1}", timeout, origin.backend()),
                        "Use 1 to 1440 whole minutes");
    }

    private Option<OtaFailure> ofRetry(RetryPolicy retry, Option<Duration> timeout) {
        if (!RETRY_COUNTS.contains(retry.count()) || !RETRY_INTERVALS.contains(retry.interval())) {
            return rejected(
                    Message.of(
                            "{0} retries after {1} are not possible on backend {2}",
                            retry.count(), retry.interval(), origin.backend()),
                    "Use 1, 2 or 5 retries after 0, 10, 30, 60 or 1440 minutes");
        }
        return timeout.exists(time -> retry.interval().compareTo(time) >= 0)
                ? rejected(
                        Message.of(
                                "The interval of retries {0} is not shorter than the timeout {1}",
                                retry.interval(), timeout.get()),
                        "Use a shorter interval, or a longer timeout")
                : Option.none();
    }

    /** @param token the length of the client token, which is a tag too; 0 if there is none */
    private Option<OtaFailure> ofTags(Map<String, String> tags, int token) {
        if (!dialect.hasJobTags()) {
            return Option.none();
        }
        if (tags.containsKey(JobMapping.TOKEN_TAG)) {
            return rejected(
                    Message.of("Tag {0} holds the client token", JobMapping.TOKEN_TAG), "Use another key for the tag");
        }
        int max = MAX_TAGS - (token > 0 ? 1 : 0);
        if (tags.size() > max) {
            return rejected(
                    Message.of(
                            "A job on backend {0} has at most {1} tags besides the client token, and {2} were requested",
                            origin.backend(), max, tags.size()),
                    "Send fewer tags");
        }
        boolean isInvalid =
                tags.exists(tag -> !tag._1.matches(TAG_KEY) || tag._2.isEmpty() || tag._2.length() > MAX_TAG_VALUE);
        int length = tags.map(tag -> tag._1.length() + tag._2.length()).sum().intValue()
                + (token > 0 ? token + JobMapping.TOKEN_TAG.length() : 0);
        return isInvalid || length > MAX_TAG_TEXT
                ? rejected(
                        Message.of("A tag is not possible on backend {0}", origin.backend()),
                        "Use keys of 1 to 30 letters, digits and full stops, values of 1 to " + MAX_TAG_VALUE
                                + " characters, and at most " + MAX_TAG_TEXT + " characters in all tags")
                : Option.none();
    }

    private static boolean isBetween(Duration time, Duration min, Duration max) {
        return time.compareTo(min) >= 0 && time.compareTo(max) <= 0;
    }

    private static boolean isMinutes(Duration time) {
        return time.equals(Duration.ofMinutes(time.toMinutes()));
    }

    private Option<OtaFailure> rejected(Message summary, String advice) {
        return Option.some(new OtaFailure.Rejected(
                FailureDetails.of(origin, summary, Message.of(advice).and(Message.of("nothing was sent")))));
    }
}
