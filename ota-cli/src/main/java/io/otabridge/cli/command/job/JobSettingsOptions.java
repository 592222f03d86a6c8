package io.otabridge.cli.command.job;

import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.command.JobRequest;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a new job, except its package and devices. */
final class JobSettingsOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--source-version",
            paramLabel = "V",
            description = "Only devices with this version; may be repeated. Default: any version.")
    private FirmwareVersion[] sourceVersions = {};

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = PointInTime.Converter.class,
            description = "When the vendor starts the job: 2026-12-01T08:00 (local time), or 2026-12-01T08:00:00Z."
                    + " Default: now.")
    private @Nullable PointInTime start;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = PointInTime.Converter.class,
            description = "When the vendor ends the job; needs --at (Alibaba).")
    private @Nullable PointInTime end;

    @Option(
            names = "--rate",
            paramLabel = "N/min",
            converter = Rate.class,
            description = "How many devices are notified each minute, such as 50/min (Alibaba).")
    private @Nullable Integer rate;

    @Option(
            names = "--retry",
            paramLabel = "N",
            description = "How often the vendor retries a failed device. Vendors allow few values.")
    private @Nullable Integer retries;

    @Option(
            names = "--retry-interval",
            paramLabel = "SPAN",
            converter = TimeSpan.class,
            description = "The time between two attempts, such as 10m. Default: 0m.")
    private @Nullable Duration retryInterval;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            converter = TimeSpan.class,
            description = "The time for a device after its first progress report, such as 30m (Alibaba, Tuya).")
    private @Nullable Duration timeout;

    @Option(names = "--confirm", description = "Each device waits for ota job confirm.")
    private boolean needsConfirmation;

    @Option(
            names = "--replace",
            description =
                    "Replace unfinished tasks of other jobs that have not begun (Alibaba). Default: the new tasks of"
                            + " these devices fail.")
    private boolean replaces;

    @Option(names = "--gateway", description = "Notify devices behind a gateway through it (Huawei).")
    private boolean throughGateways;

    @Option(names = "--tag", paramLabel = "K=V", description = "A text that devices receive; may be repeated.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = "--token",
            paramLabel = "T",
            description =
                    "The client token: a job that exists with it is not created again. Default: a new random one.")
    private @Nullable ClientToken token;

    /**
     * Completes a request.
     *
     * @param zone the time zone of local times
     * @throws ParameterException if the options contradict each other
     */
    JobRequest complete(JobRequest.Builder request, ZoneId zone) {
        if (retryInterval != null && retries == null) {
            throw new ParameterException(command.commandLine(), "--retry-interval needs --retry");
        }
        try {
            List.of(sourceVersions).forEach(request::sourceVersion);
            if (start != null) {
                request.start(start.in(zone));
            }
            if (end != null) {
                request.end(end.in(zone));
            }
            if (rate != null) {
                request.ratePerMinute(rate);
            }
            if (retries != null) {
                request.retry(new RetryPolicy(retries, retryInterval == null ? Duration.ZERO : retryInterval));
            }
            if (timeout != null) {
                request.timeout(timeout);
            }
            if (token != null) {
                request.token(token);
            }
            tags.forEach(request::tag);
            return request.needsConfirmation(needsConfirmation)
                    .replacesPending(replaces)
                    .throughGateways(throughGateways)
                    .build();
        } catch (IllegalArgumentException contradiction) {
            throw new ParameterException(command.commandLine(), String.valueOf(contradiction.getMessage()));
        }
    }
}
