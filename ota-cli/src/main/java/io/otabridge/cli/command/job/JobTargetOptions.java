package io.otabridge.cli.command.job;

import io.otabridge.cli.context.CliEnvironment;
import io.otabridge.cli.option.DeviceList;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.product.DeviceGroupId;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select the devices of a new job. */
final class JobTargetOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--devices", paramLabel = "LIST", description = "These devices: " + DeviceList.FORMS + ".")
    private @Nullable DeviceList devices;

    @Option(names = "--group", paramLabel = "G", description = "The devices of the group with this id.")
    private @Nullable DeviceGroupId group;

    @Option(
            names = "--percent",
            paramLabel = "N",
            description = "This percentage of the product's devices, chosen by the vendor (Alibaba, Tuya).")
    private @Nullable BigDecimal percent;

    @Option(
            names = "--all",
            description = "All devices of the product. On Huawei they are listed when the job is created.")
    private boolean isAll;

    @Option(
            names = "--continuous",
            description =
                    "All devices that match now or later, until the job is cancelled (Alibaba); needs --source-version or"
                            + " --group.")
    private boolean isContinuous;

    /**
     * Returns the selected devices.
     *
     * @throws ParameterException if the options select nothing, or exclude each other
     */
    JobTargets toTargets(CliEnvironment environment) {
        long given = Stream.of(devices != null, group != null && !isContinuous, percent != null, isAll, isContinuous)
                .filter(one -> one)
                .count();
        if (given != 1) {
            throw new ParameterException(
                    command.commandLine(),
                    (given == 0 ? "Missing required option: " : "give only one of ")
                            + "--devices, --group, --percent, --all or --continuous");
        }
        try {
            return targets(environment);
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(command.commandLine(), String.valueOf(invalid.getMessage()));
        }
    }

    private JobTargets targets(CliEnvironment environment) {
        if (isContinuous) {
            JobTargets.Continuous continuous = JobTargets.continuous();
            return group == null ? continuous : continuous.ofGroup(group);
        }
        if (group != null) {
            return JobTargets.group(group);
        }
        if (percent != null) {
            return JobTargets.percentage(percent);
        }
        return isAll
                ? JobTargets.all()
                : JobTargets.devices(Objects.requireNonNull(devices, "devices").read(environment));
    }
}
