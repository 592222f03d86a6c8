package io.otabridge.cli.command.device;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.option.FirmwareTargetOptions;
import io.otabridge.cli.option.ListOptions;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.cli.render.PrintsIds;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists devices. */
@Command(
        name = "list",
        description = {
            "Lists devices, all or those that reported a version (Huawei).",
            "If a page fails, nothing is printed, so the output is always complete."
        })
public final class ListDevicesCommand implements Callable<Integer>, PrintsIds {

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--product",
            paramLabel = "P",
            description = "Only devices of this product, " + ProductOption.MEANING + " Required on Alibaba and Tuya.")
    private @Nullable String product;

    @Option(
            names = "--firmware-version",
            paramLabel = "V",
            description = "Only devices that reported this version, by default of the whole device.")
    private @Nullable FirmwareVersion version;

    @ArgGroup(exclusive = true)
    private @Nullable FirmwareTargetOptions target;

    @Mixin
    private ListOptions listOptions = new ListOptions();

    public ListDevicesCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (target != null && version == null) {
            throw new ParameterException(
                    spec.commandLine(), "--module, --whole-device and --software need --firmware-version");
        }
        return root.execute(
                selected -> root.read(selected, selected.backend().devices().list(filter(selected)), listOptions, null),
                new DeviceRenderers(root.environment().formatter()).list());
    }

    private DeviceFilter filter(SelectedBackend selected) {
        DeviceFilter all = product == null ? DeviceFilter.all() : DeviceFilter.ofProduct(selected.product(product));
        return version == null
                ? all
                : all.installed(target == null ? FirmwareTarget.wholeDevice() : target.toTarget(), version);
    }
}
