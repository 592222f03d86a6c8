package io.otabridge.cli.command.job;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.ChangeOptions;
import io.otabridge.cli.option.DeviceList;
import io.otabridge.cli.option.FirmwareReference;
import io.otabridge.cli.render.PrintsIds;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.command.JobRequest;
import io.vavr.collection.List;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates a job that verifies a package on test devices. */
@Command(
        name = "verify",
        description = {
            "Verifies a package on test devices, which a vendor requires before other jobs may use it (Alibaba, Tuya).",
            "Watch the job with ota job watch; ota firmware show prints the verification state."
        })
public final class VerifyFirmwareCommand implements Callable<Integer>, PrintsIds {

    private final OtaCommand root;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable FirmwareReference firmware;

    @Option(
            names = "--devices",
            paramLabel = "LIST",
            required = true,
            description = "The test devices: " + DeviceList.FORMS + ".")
    private @Nullable DeviceList devices;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            converter = TimeSpan.class,
            description = "The time for a device after its first progress report, such as 30m.")
    private @Nullable Duration timeout;

    @Option(names = "--token", paramLabel = "T", description = "The client token, as for ota job create.")
    private @Nullable ClientToken token;

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    public VerifyFirmwareCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        List<DeviceId> tested = Objects.requireNonNull(devices, "devices").read(root.environment());
        return new NewJob(root, options).run(Objects.requireNonNull(firmware, "firmware"), found -> {
            JobRequest.Builder request = JobRequest.verification(found.id(), tested);
            if (timeout != null) {
                request.timeout(timeout);
            }
            return (token == null ? request : request.token(token)).build();
        });
    }
}
