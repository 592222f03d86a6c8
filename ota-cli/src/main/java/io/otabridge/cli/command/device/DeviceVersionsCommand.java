package io.otabridge.cli.command.device;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.StandardInput;
import io.otabridge.domain.device.DeviceId;
import io.vavr.collection.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the versions that devices reported. */
@Command(name = "versions", description = "Lists the versions that devices reported, a row for each part of a device.")
public final class DeviceVersionsCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Parameters(
            paramLabel = "<id>",
            arity = "1..*",
            description = {"The id of the device (Alibaba, Tuya: DeviceName).", StandardInput.MEANING})
    private DeviceId[] ids = {};

    @Mixin
    private DeviceProductOption product = new DeviceProductOption();

    public DeviceVersionsCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        DeviceRenderers renderers = new DeviceRenderers(root.environment().formatter());
        return ShowDeviceCommand.show(
                root, List.of(ids), product, renderers.versionsOfOne(), renderers.versionsOfSeveral());
    }
}
