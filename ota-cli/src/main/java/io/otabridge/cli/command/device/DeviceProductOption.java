package io.otabridge.cli.command.device;

import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the product of a device. Not every vendor needs it. */
public final class DeviceProductOption {

    @Option(
            names = "--product",
            paramLabel = "P",
            description = "The product of the device (required on Alibaba and Tuya), " + ProductOption.MEANING)
    private @Nullable String product;

    /** Returns a reference to a device. */
    public DeviceRef reference(SelectedBackend selected, DeviceId id) {
        return product == null ? DeviceRef.of(id) : DeviceRef.of(selected.product(product), id);
    }
}
