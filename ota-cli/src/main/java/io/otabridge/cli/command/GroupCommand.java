package io.otabridge.cli.command;

import io.otabridge.cli.render.DeviceGroupRenderers;
import io.otabridge.cli.render.PrintsIds;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists device groups. */
@Command(name = "group", description = "Lists device groups.")
public final class GroupCommand {

    /** Lists the device groups. */
    @Command(
            name = "list",
            description = {
                "Lists the device groups of the backend, static groups only; not every vendor can.",
                "If a page fails, nothing is printed, so the output is always complete."
            })
    public static final class ListAll implements Callable<Integer>, PrintsIds {

        private final OtaCommand root;

        public ListAll(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return root.execute(
                    selected -> root.readAll(
                            selected, selected.backend().deviceGroups().list()),
                    DeviceGroupRenderers.list(root.environment().formatter()));
        }
    }
}
