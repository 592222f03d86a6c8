package io.otabridge.cli;

import io.otabridge.domain.firmware.FirmwareId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Asks about firmware packages. */
@Command(name = "firmware", description = "Asks about firmware packages.")
final class FirmwareCommand {

    /** Shows one package. */
    @Command(
            name = "show",
            description = {
                "Shows one firmware package with everything the vendor says about it.",
                "A download link in the answer works for anybody who has it: handle it like a password."
            })
    static final class Show implements Callable<Integer> {

        private final OtaCommand root;

        @Parameters(paramLabel = "<id>", description = "The vendor's id of the package.")
        private @Nullable FirmwareId id;

        Show(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            FirmwareId asked = Objects.requireNonNull(id, "id");
            return root.ask(
                    backend -> backend.firmware().find(asked),
                    (backend, firmware) -> FirmwareTable.of(
                            backend, firmware, root.surroundings().words()),
                    FirmwareJson::of);
        }
    }
}
