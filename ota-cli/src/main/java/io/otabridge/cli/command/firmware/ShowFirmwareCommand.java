package io.otabridge.cli.command.firmware;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.StandardInput;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.collection.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one package, or several. */
@Command(
        name = "show",
        description = {
            "Shows one firmware package, or several, with all details that the vendor returns.",
            "The output may contain a download link. Anyone who has the link can download, so treat it like a password."
        })
public final class ShowFirmwareCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Parameters(
            paramLabel = "<id>",
            arity = "1..*",
            description = {
                "The vendor's id of the package. Several packages are requested concurrently.",
                StandardInput.MEANING
            })
    private FirmwareId[] ids = {};

    public ShowFirmwareCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        List<FirmwareId> distinct = StandardInput.expand(List.of(ids), FirmwareId::parse, root.environment());
        return distinct.size() == 1
                ? root.execute(
                        selected -> selected.backend().firmware().find(distinct.head()), FirmwareRenderers.one(root))
                : root.executeAll(
                        distinct,
                        (selected, all) -> selected.backend().firmware().findAll(all),
                        FirmwareRenderers.several(root));
    }
}
