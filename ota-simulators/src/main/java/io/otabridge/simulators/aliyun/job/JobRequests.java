package io.otabridge.simulators.aliyun.job;

import static io.otabridge.simulators.aliyun.operation.OperationError.firmware;
import static io.otabridge.simulators.aliyun.operation.OperationError.malformed;
import static io.otabridge.simulators.aliyun.operation.OperationError.tooMany;

import io.otabridge.simulators.aliyun.operation.OperationError;
import io.otabridge.simulators.aliyun.operation.Parameters;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Checks the parameters of requests that create or change jobs. Which code belongs to which rule is documented only by
 * its name.
 */
final class JobRequests {

    static final int MAX_NAMES = 200;

    private static final int MAX_VERIFIED = 10;
    private static final int MAX_TAGS = 10;
    private static final int MAX_TAG_CHARACTERS = 4_096;
    private static final int MAX_SOURCE_VERSIONS = 10;
    private static final long MAX_MQTT_SIZE = 16L * 1024 * 1024;
    private static final String VERSION = "[A-Za-z0-9._-]{1,64}";
    private static final String DEVICE_NAME = "[A-Za-z0-9._@:-]{4,32}";
    private static final Set<String> SELECTIONS = Set.of("ALL", "SPECIFIC", "GRAY", "GROUP");

    private JobRequests() {}

    /** Checks what all jobs have in common. */
    static Option<OperationError> checkCommon(Parameters call, AliyunFirmware firmware) {
        String protocol = call.find("DownloadProtocol").getOrElse("HTTPS");
        Long size = firmware.firmwareSize();
        return unless(
                        call.text("ProductKey").equals(firmware.productKey()),
                        "FirmwareAndProductKeyMismatch",
                        "The package is of another product.")
                .orElse(() ->
                        Option.when(!Set.of("HTTPS", "MQTT").contains(protocol), () -> malformed("DownloadProtocol")))
                .orElse(() -> unless(
                        protocol.equals("HTTPS") || (size != null && size <= MAX_MQTT_SIZE),
                        "InvalidFirmware",
                        "Only a single file of up to 16 MB can be downloaded with MQTT."))
                .orElse(() -> checkTimeout(call))
                .orElse(() -> checkTags(call.structures("Tag")));
    }

    static Option<OperationError> checkTimeout(Parameters call) {
        return range(call, "TimeoutInMinutes", 1, 1440, "InvalidTimeoutSetting");
    }

    static Option<OperationError> checkTags(List<Map<String, String>> tags) {
        int characters = 0;
        Set<String> keys = new HashSet<>();
        for (Map<String, String> tag : tags) {
            String key = tag.getOrDefault("Key", "");
            String value = tag.getOrDefault("Value", "");
            characters += key.length() + value.length();
            if (!key.matches("[A-Za-z0-9.]{1,30}") || value.isEmpty() || value.length() > 1024) {
                return Option.some(malformed("Tag"));
            }
            if (!keys.add(key)) {
                return Option.some(
                        new OperationError("iot.ota.tag.KeyDuplicated", "The key of a tag occurs more than once."));
            }
        }
        return Option.when(tags.size() > MAX_TAGS, () -> tooMany("Tag", MAX_TAGS))
                .orElse(Option.when(characters > MAX_TAG_CHARACTERS, () -> malformed("Tag")));
    }

    /** Checks the devices of a verification. */
    static Option<OperationError> checkVerification(Parameters call, AliyunFirmware firmware) {
        List<String> names = call.list("TargetDeviceName");
        return Option.when(
                        firmware.status() == JobPackages.VERIFYING,
                        () -> firmware("InProgressVerifyJobExisted", "The package is being verified."))
                .orElse(() -> unless(
                        firmware.status() != JobPackages.VERIFIED,
                        "VerifyFirmwareFailed",
                        "The package is already verified."))
                .orElse(() -> unless(!names.isEmpty(), "NullTargetDeviceNames", "The devices are missing."))
                .orElse(() -> checkNames(names, MAX_VERIFIED));
    }

    /** Checks what upgrade jobs have in common. */
    static Option<OperationError> checkUpgrade(Parameters call, AliyunFirmware firmware) {
        int interval = call.number("RetryInterval", 0);
        int timeout = call.number("TimeoutInMinutes", Integer.MAX_VALUE);
        return unless(
                        Set.of(-1, JobPackages.VERIFIED).contains(firmware.status()),
                        "FirmwareNotVerified",
                        "The package is not verified.")
                .orElse(() -> checkRate(call))
                .orElse(() -> unless(
                        Set.of(0, 10, 30, 60, 1440).contains(interval) && (interval == 0 || interval < timeout),
                        "InvalidRetryInterval",
                        "The retry interval must be 0, 10, 30, 60 or 1440, and less than the timeout."))
                .orElse(() -> unless(
                        call.has("RetryInterval")
                                ? Set.of("1", "2", "5").contains(call.text("RetryCount"))
                                : !call.has("RetryCount"),
                        "InvalidRetryCount",
                        "The retry count must be 1, 2 or 5, and needs a retry interval."))
                .orElse(() -> unless(
                        call.text("OverwriteMode").matches("[12]?")
                                && !(call.text("OverwriteMode").equals("2") && call.isTrue("MultiModuleMode")),
                        "InvalidOverwriteMode",
                        "The mode must be 1 or 2, and 1 for several modules."))
                .orElse(() -> checkSourceVersions(call.list("SrcVersion"), firmware));
    }

    static Option<OperationError> checkRate(Parameters call) {
        return range(call, "MaximumPerMinute", 10, 10_000, "InvalidMaximumPerMinute");
    }

    static Option<OperationError> checkSourceVersions(List<String> versions, AliyunFirmware firmware) {
        boolean isDelta = firmware.type() == 1;
        return Option.when(
                        versions.size() > MAX_SOURCE_VERSIONS,
                        () -> firmware("SrcVersionsSizeExceedMax", "A job may have 10 source versions."))
                .orElse(() -> Option.when(hasDuplicates(versions), () -> malformed("SrcVersion")))
                .orElse(() -> unless(
                        versions.stream().allMatch(version -> version.matches(VERSION)),
                        "IncorrectFormattedSrcVersion",
                        "A source version is invalid."))
                .orElse(() -> unless(
                        !versions.contains(firmware.destVersion()),
                        "SrcDestVersionMatched",
                        "A source version must not be the version of the package."))
                .orElse(() -> unless(
                        !isDelta || versions.size() <= 1, "MoreThanOneSrcVersion", "A delta has one source version."))
                .orElse(() -> unless(
                        !isDelta || versions.isEmpty() || versions.contains(firmware.srcVersion()),
                        "UpgradeSrcVersionMismatch",
                        "The source version must be that of the package."));
    }

    /** Checks the selection of devices of a static job. */
    static Option<OperationError> checkSelection(Parameters call, boolean isTuya) {
        String selection = call.text("TargetSelection");
        List<String> names = call.list("TargetDeviceName");
        boolean isSpecific = selection.equals("SPECIFIC");
        boolean hasFile = call.has("DnListFileUrl");
        return unless(SELECTIONS.contains(selection), "InvalidTargetSelection", "The selection is invalid.")
                .orElse(() -> unless(
                        names.isEmpty() || (isSpecific && !hasFile),
                        "TargetDeviceNamesNotAllowed",
                        "Device names need the selection SPECIFIC, and no file."))
                .orElse(() -> unless(
                        !isSpecific || hasFile || !names.isEmpty(),
                        "NullTargetDeviceNames",
                        "The devices are missing."))
                .orElse(() -> checkNames(names, MAX_NAMES))
                .orElse(() -> unless(
                        call.list("SrcVersion").isEmpty()
                                || !Set.of("SPECIFIC", "GROUP").contains(selection),
                        "SrcVersionsNotAllowed",
                        "This selection must not have source versions."))
                .orElse(() -> selection.equals("GRAY") ? checkPercent(call, isTuya) : Option.none());
    }

    private static Option<OperationError> checkPercent(Parameters call, boolean isTuya) {
        String percent = call.text("GrayPercent");
        return unless(!percent.isEmpty(), "NullGrayPercent", "The percentage is missing.")
                .orElse(() -> unless(
                        percent.matches(isTuya ? "[0-9]{1,3}" : "[0-9]{1,3}(\\.[0-9]{1,3})?"),
                        "BadlyFormattedGrayPercent",
                        "The percentage must have at most 3 decimals."))
                .orElse(() -> unless(
                        new BigDecimal(percent).signum() > 0
                                && new BigDecimal(percent).compareTo(BigDecimal.valueOf(100)) <= 0,
                        "InvalidGrayPercent",
                        "The percentage must be more than 0 and at most 100."));
    }

    static Option<OperationError> checkNames(List<String> names, int max) {
        return Option.when(names.size() > max, () -> tooMany("DeviceName", max))
                .orElse(() -> Option.when(hasDuplicates(names), () -> malformed("DeviceName")))
                .orElse(() -> Option.when(
                        !names.stream().allMatch(name -> name.matches(DEVICE_NAME)),
                        () -> new OperationError(
                                "iot.device.InvalidFormattedDeviceName", "A device name is invalid.")));
    }

    /** Checks the schedule of a static job. */
    static Option<OperationError> checkSchedule(Parameters call, Instant now) {
        Option<String> wrong = List.of("ScheduleTime", "ScheduleFinishTime").stream()
                .filter(name -> call.has(name) && !call.text(name).matches("[0-9]{13}"))
                .findFirst()
                .map(Option::some)
                .orElse(Option.none());
        if (wrong.isDefined()) {
            return wrong.map(OperationError::malformed);
        }
        if (!call.has("ScheduleTime")) {
            return unless(
                    !call.has("ScheduleFinishTime"),
                    "ScheduleFinishTimeWithoutStartTime",
                    "A finish time needs a start time.");
        }
        Instant start = Instant.ofEpochMilli(Long.parseLong(call.text("ScheduleTime")));
        Duration ahead = Duration.between(now, start);
        Duration length = Duration.ofMillis(
                call.find("ScheduleFinishTime").map(Long::valueOf).getOrElse(0L) - start.toEpochMilli());
        Supplier<Option<OperationError>> finish =
                () -> unless(length.toMillis() > 0, "ScheduleFinishTimeEarlierThanStartTime", "The job ends too early.")
                        .orElse(() -> unless(
                                length.toHours() >= 1, "ScheduleFinishTimeTooEarly", "The job must last one hour."))
                        .orElse(() -> unless(
                                length.compareTo(Duration.ofDays(30)) <= 0,
                                "ScheduleFinishTimeTooLate",
                                "The job may last 30 days."));
        return unless(
                        !ahead.isNegative() && !ahead.isZero(),
                        "FireTimeMustLargeThanCurrentTime",
                        "The start time has passed.")
                .orElse(() -> unless(
                        ahead.compareTo(Duration.ofMinutes(5)) >= 0,
                        "FireTimeTooShort",
                        "The start time must be 5 minutes ahead."))
                .orElse(() -> unless(
                        ahead.compareTo(Duration.ofDays(7)) <= 0,
                        "FireTimeTooLate",
                        "The start time may be 7 days ahead."))
                .orElse(() -> call.has("ScheduleFinishTime") ? finish.get() : Option.none());
    }

    /** Checks the selection of devices of a dynamic job. */
    static Option<OperationError> checkDynamic(Parameters call) {
        boolean hasVersions = !call.list("SrcVersion").isEmpty();
        boolean hasGroup = call.has("GroupId");
        return unless(
                        !call.text("TargetSelection").equals("GRAY"),
                        "DynamicGrayNotSupported",
                        "A dynamic job cannot have a percentage.")
                .orElse(() -> unless(
                        !call.text("TargetSelection").equals("SPECIFIC")
                                && call.list("TargetDeviceName").isEmpty(),
                        "DynamicSpecificNotSupported",
                        "A dynamic job cannot have a list of devices."))
                .orElse(() ->
                        unless(hasVersions || hasGroup, "NullSrcVersions", "Source versions or a group are missing."))
                .orElse(() -> unless(
                        !(hasVersions && hasGroup),
                        "SrcVersionsNotAllowed",
                        "A job of a group must not have source versions."))
                .orElse(() -> unless(
                        call.text("DynamicMode").matches("[12]?"), "InvalidDynamicMode", "The mode must be 1 or 2."));
    }

    private static Option<OperationError> range(Parameters call, String name, int min, int max, String code) {
        int value = call.number(name, min);
        return unless(value >= min && value <= max, code, name + " must be " + min + " to " + max + ".");
    }

    private static boolean hasDuplicates(List<String> values) {
        return new HashSet<>(values).size() < values.size();
    }

    static Option<OperationError> unless(boolean isValid, String code, String message) {
        return Option.when(!isValid, () -> firmware(code, message));
    }
}
