package io.otabridge.domain.job.command;

import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.time.Duration;

/**
 * A change of an existing job. Absent parts stay as they are. Immutable.
 *
 * @param ratePerMinute how many devices are notified each minute
 * @param timeout the time for a device after its first progress report; of continuous jobs only
 * @param sourceVersions only devices with one of these versions; of continuous jobs only
 * @param tags the tags that replace all existing ones. The client token is kept
 */
public record JobUpdate(
        Option<Integer> ratePerMinute,
        Option<Duration> timeout,
        Option<List<FirmwareVersion>> sourceVersions,
        Option<Map<String, String>> tags) {

    /** Returns an update without a change. */
    public static JobUpdate none() {
        return new JobUpdate(Option.none(), Option.none(), Option.none(), Option.none());
    }

    /** Returns a copy that changes the rate. */
    public JobUpdate ratePerMinute(int value) {
        return new JobUpdate(Option.some(value), timeout, sourceVersions, tags);
    }

    /** Returns a copy that changes the timeout. */
    public JobUpdate timeout(Duration value) {
        return new JobUpdate(ratePerMinute, Option.some(value), sourceVersions, tags);
    }

    /** Returns a copy that changes the source versions. */
    public JobUpdate sourceVersions(List<FirmwareVersion> value) {
        return new JobUpdate(ratePerMinute, timeout, Option.some(value), tags);
    }

    /** Returns a copy that replaces the tags. */
    public JobUpdate tags(Map<String, String> value) {
        return new JobUpdate(ratePerMinute, timeout, sourceVersions, Option.some(value));
    }
}
