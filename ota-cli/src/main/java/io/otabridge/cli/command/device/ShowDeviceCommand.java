package io.otabridge.cli.command.device;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.context.StandardInput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceId;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows devices with the versions that they reported. */
@Command(name = "show", description = "Shows one device, or several, with the versions that they reported.")
public final class ShowDeviceCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Parameters(
            paramLabel = "<id>",
            arity = "1..*",
            description = {"The id of the device (Alibaba, Tuya: DeviceName).", StandardInput.MEANING})
    private DeviceId[] ids = {};

    @Mixin
    private DeviceProductOption product = new DeviceProductOption();

    public ShowDeviceCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        DeviceRenderers renderers = new DeviceRenderers(root.environment().formatter());
        return show(root, List.of(ids), product, renderers.one(), renderers.several());
    }

    /** Finds devices and prints them. Returns the exit code of the first failure. */
    static int show(
            OtaCommand root,
            List<DeviceId> ids,
            DeviceProductOption product,
            ResultRenderers<Device> one,
            ResultRenderers<List<LookupResult<DeviceId, Device>>> several) {
        List<DeviceId> distinct = StandardInput.expand(ids, DeviceId::parse, root.environment());
        return distinct.size() == 1
                ? root.execute(selected -> find(selected, product, distinct.head()), one)
                : root.executeAll(
                        distinct,
                        (selected, all) ->
                                all.toJavaStream().map(id -> new LookupResult<>(id, find(selected, product, id))),
                        several);
    }

    private static Either<OtaFailure, Device> find(SelectedBackend selected, DeviceProductOption product, DeviceId id) {
        return selected.backend().devices().find(product.reference(selected, id));
    }
}
