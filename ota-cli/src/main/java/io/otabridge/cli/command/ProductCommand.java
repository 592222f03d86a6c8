package io.otabridge.cli.command;

import io.otabridge.cli.render.PrintsIds;
import io.otabridge.cli.render.ProductRenderers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists products. */
@Command(name = "product", description = "Lists products, the classes of devices that firmware is made for.")
public final class ProductCommand {

    /** Lists the products. */
    @Command(
            name = "list",
            description = {
                "Lists all products that the backend can see, with the ids for --product.",
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
                    selected ->
                            root.readAll(selected, selected.backend().products().list()),
                    ProductRenderers.list(root.environment().formatter()));
        }
    }
}
