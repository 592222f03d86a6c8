package io.otabridge.aliyun.job.command;

import io.otabridge.aliyun.job.JobMapping;
import io.otabridge.aliyun.job.JobOperations;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.command.JobUpdate;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.LinkedHashMap;

/**
 * A change of a job. The platform requires some unchanged parts and erases lists that are left out, so the current ones
 * are sent too, above all the tag with the client token. Immutable.
 */
record JobModification(UpgradeJob job, JobUpdate change) {

    private boolean isContinuous() {
        return job.selection().exists(selection -> selection.is(JobSelection.CONTINUOUS));
    }

    /** Required, even if it does not change. */
    int ratePerMinute() {
        return change.ratePerMinute().orElse(job.ratePerMinute()).getOrElse(JobRules.MAX_RATE);
    }

    String targetSelection() {
        return job.selection()
                .map(selection -> selection.raw())
                .filter(raw -> !raw.equals(JobMapping.DYNAMIC))
                .getOrElse("ALL");
    }

    String upgradeType() {
        return isContinuous() ? JobMapping.DYNAMIC : "STATIC";
    }

    /** Only continuous jobs have it. */
    Option<Long> timeoutMinutes() {
        return timeout().filter(time -> isContinuous()).map(Duration::toMinutes);
    }

    private Option<Duration> timeout() {
        return change.timeout().orElse(job.timeout());
    }

    private List<FirmwareVersion> sourceVersions() {
        return change.sourceVersions().getOrElse(job.sourceVersions());
    }

    private Map<String, String> tags() {
        return change.tags().getOrElse(job.tags());
    }

    java.util.Map<String, String> lists() {
        java.util.Map<String, String> lists = new LinkedHashMap<>();
        if (isContinuous()) {
            lists.putAll(
                    JobOperations.numbered("SrcVersionList", sourceVersions().map(FirmwareVersion::value)));
        }
        lists.putAll(JobOrder.tags(
                "Tags",
                job.token()
                        .map(token -> tags().put(JobMapping.TOKEN_TAG, token.value()))
                        .getOrElse(this::tags)));
        return lists;
    }

    /** Whether the job is as requested already. */
    boolean isContained() {
        return result().equals(job);
    }

    /** The job after the change. */
    UpgradeJob result() {
        return new UpgradeJob(
                job.id(),
                job.state(),
                job.outcome(),
                job.kind(),
                job.firmware(),
                job.target(),
                job.product(),
                job.version(),
                job.name(),
                job.token(),
                job.selection(),
                job.group(),
                job.percent(),
                sourceVersions(),
                job.scheduledStart(),
                job.scheduledEnd(),
                change.ratePerMinute().orElse(job.ratePerMinute()),
                job.retry(),
                timeout(),
                job.needsConfirmation(),
                tags(),
                job.counts(),
                job.message(),
                job.created(),
                job.modified(),
                job.started(),
                job.ended());
    }
}
