package io.otabridge.cli.command.firmware;

import io.otabridge.cli.command.FirmwareFilterOptions;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.option.FirmwareSort;
import io.otabridge.cli.option.ListOptions;
import io.otabridge.cli.render.FirmwareCsv;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.PrintsIds;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists packages. */
@Command(
        name = "list",
        description = {
            "Lists the firmware packages of the account that match the options.",
            "A list has fewer details than 'show': no download links and no single files. If a page fails, nothing is"
                    + " printed, so the output is always complete."
        })
public final class ListFirmwareCommand implements Callable<Integer>, PrintsIds {

    private final OtaCommand root;

    @Mixin
    private FirmwareFilterOptions selection = new FirmwareFilterOptions();

    @Option(names = "--sort", paramLabel = "KEY", description = ListOptions.SORT)
    private @Nullable FirmwareSort sort;

    @Mixin
    private ListOptions listOptions = new ListOptions();

    public ListFirmwareCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return root.execute(
                selected -> root.read(
                        selected, selected.backend().firmware().list(selection.filter(selected)), listOptions, sort),
                products -> new ResultRenderers<List<FirmwareSummary>>(
                                (backend, firmware) -> FirmwareTable.list(
                                        backend.name(),
                                        firmware,
                                        products,
                                        FirmwareSort.heading(sort),
                                        root.environment().formatter()),
                                (backend, firmware) -> JsonOutput.of(backend, "firmwareList", firmware),
                                FirmwareCsv::list)
                        .withIds(firmware -> firmware.map(FirmwareSummary::id)));
    }
}
