package io.otabridge.cli.command.firmware;

import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.option.FirmwareTargetOptions;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.vavr.collection.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that describe a package to publish. */
final class NewFirmwareOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--product",
            paramLabel = "P",
            required = true,
            description = "The product, " + ProductOption.MEANING)
    private @Nullable String product;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable FirmwareTargetOptions target;

    @Option(
            names = "--firmware-version",
            paramLabel = "V",
            required = true,
            description = "The version of a device after the update.")
    private @Nullable FirmwareVersion version;

    @Option(
            names = "--delta-from",
            paramLabel = "V",
            description = "The file is a delta to this version. Default: a full image.")
    private @Nullable FirmwareVersion deltaFrom;

    @Option(
            names = "--source-version",
            paramLabel = "V",
            description = "A version that the package can be applied to; may be repeated. Default: any version.")
    private FirmwareVersion[] sourceVersions = {};

    @Option(
            names = "--name",
            paramLabel = "N",
            description = "The name of the package (Alibaba, Tuya). Default: product, target and version.")
    private @Nullable String name;

    @Option(names = "--description", paramLabel = "D", description = "The description of the package.")
    private @Nullable String description;

    @Option(
            names = "--custom-info",
            paramLabel = "TEXT",
            description = "A text that is sent to devices with the upgrade notice.")
    private @Nullable String customInfo;

    @Option(
            names = "--verify",
            negatable = true,
            description = "Whether the package must be verified before a rollout. Default: as the vendor decides.")
    private @Nullable Boolean verify;

    /** Returns the name or id of the product. */
    String product() {
        return Objects.requireNonNull(product, "product");
    }

    FirmwareVersion version() {
        return Objects.requireNonNull(version, "version");
    }

    FirmwareTarget target() {
        return Objects.requireNonNull(target, "target").toTarget();
    }

    /** @throws ParameterException if the options contradict each other */
    NewFirmware on(SelectedBackend selected) {
        return on(selected.productToChange(product()));
    }

    private NewFirmware on(ProductId id) {
        FirmwareCoordinates coordinates = new FirmwareCoordinates(id, target(), version());
        try {
            NewFirmware.Builder firmware =
                    deltaFrom == null ? NewFirmware.full(coordinates) : NewFirmware.delta(coordinates, deltaFrom);
            List.of(sourceVersions).forEach(firmware::sourceVersion);
            if (name != null) {
                firmware.name(name);
            }
            if (description != null) {
                firmware.description(description);
            }
            if (customInfo != null) {
                firmware.customInfo(customInfo);
            }
            if (verify != null) {
                firmware.needsVerification(verify);
            }
            return firmware.build();
        } catch (IllegalArgumentException contradiction) {
            throw new ParameterException(command.commandLine(), String.valueOf(contradiction.getMessage()));
        }
    }
}
