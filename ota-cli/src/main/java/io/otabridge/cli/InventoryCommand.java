package io.otabridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.app.BackendInventory;
import io.otabridge.app.Inventory;
import io.otabridge.app.InventoryQuery;
import io.otabridge.app.OtaBridge;
import io.otabridge.domain.OtaFailure;
import io.vavr.collection.List;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists several backends at once. */
@Command(
        name = "inventory",
        description = {
            "Lists the firmware packages of every configured backend, all asked at the same time.",
            "A backend that fails is reported, and the others are listed all the same."
        })
final class InventoryCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Option(
            names = "--backends",
            paramLabel = "NAME",
            split = ",",
            description = "Only these backends, separated by commas.")
    private String[] backends = {};

    @Mixin
    private FirmwareSelection selection = new FirmwareSelection();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            description = "Ask so many backends at the same time; ${DEFAULT-VALUE} if not given.")
    private int parallel;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Give each backend so much time for all of it; ${DEFAULT-VALUE} if not given.")
    private int seconds;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page to look at, filter and sort in a browser, instead of printing.")
    private @Nullable Path html;

    InventoryCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        try (OtaBridge ota = root.openAll()) {
            Inventory inventory = taken(ota);
            if (html == null) {
                root.print(
                        () -> FirmwareTable.inventory(
                                inventory, root.surroundings().words()),
                        () -> json(inventory),
                        () -> csv(inventory));
            } else {
                write(inventory, html);
            }
            return report(inventory);
        }
    }

    private Inventory taken(OtaBridge ota) {
        try (Progress progress = root.surroundings().progress()) {
            InventoryQuery query = InventoryQuery.all()
                    .backends(backends)
                    .filter(selection.filter())
                    .parallel(parallel)
                    .deadline(Duration.ofSeconds(seconds))
                    .progress(progress::told);
            return ota.inventory(selection.product().map(query::product).getOrElse(query));
        } catch (IllegalArgumentException wrong) {
            throw Refusal.usage(wrong);
        }
    }

    /** Reports every backend that failed. Answers the exit code of the first. */
    private int report(Inventory inventory) {
        List<OtaFailure> failures = inventory.backends().flatMap(BackendInventory::failure);
        List<Integer> codes = failures.map(root.report()::failure);
        return codes.headOption().getOrElse(ExitCode.FOUND);
    }

    private void write(Inventory inventory, Path file) throws IOException {
        Path target = root.surroundings().directory().resolve(file);
        String page = InventoryPage.html(
                inventory, root.surroundings().context().clock().instant());
        try {
            Files.writeString(target, page, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "The page could not be written",
                    failed.getClass().getSimpleName() + " for " + target,
                    "Name a file in a folder that exists and may be written to");
        }
        root.surroundings()
                .err()
                .println("Wrote " + target + ": "
                        + inventory.backends().map(one -> one.firmware().size()).sum() + " packages of "
                        + inventory.backends().size() + " backends");
    }

    private static ObjectNode json(Inventory inventory) {
        ObjectNode answer = Json.object().put("complete", inventory.isComplete());
        ArrayNode list = answer.putArray("backends");
        inventory.backends().forEach(backend -> {
            ObjectNode node = list.addObject()
                    .put("backend", backend.backend())
                    .put("vendor", backend.vendor().name());
            Json.set(node, "failure", backend.failure().map(Json::failure));
            node.set("firmwareList", FirmwareJson.nodes(backend.firmware()));
        });
        return answer;
    }

    private static Csv csv(Inventory inventory) {
        Csv csv = FirmwareCsv.empty();
        inventory
                .backends()
                .forEach(backend -> backend.firmware()
                        .forEach(one -> FirmwareCsv.add(
                                csv, backend.backend(), backend.vendor().name(), one)));
        return csv;
    }
}
