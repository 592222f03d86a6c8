package io.otabridge.cli.command;

import io.otabridge.app.OtaBridge;
import io.otabridge.app.ProductAliases;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.error.Suggestion;
import io.otabridge.domain.ProductId;
import io.vavr.collection.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select several backends in place of one. */
public final class BackendsOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--backends",
            paramLabel = "NAME",
            split = ",",
            description = "Several backends, separated by commas, in place of --backend. They work concurrently.")
    private String @Nullable [] backends;

    @Option(
            names = "--all-backends",
            description = "All backends for which the configuration has an id of the product; fails if there is none.")
    private boolean isAll;

    /** Whether the command line selects several backends, or a list with one. */
    public boolean isGiven() {
        return backends != null || isAll;
    }

    /**
     * Returns the selected backends, in the order of the command line or of the configuration. Each is opened.
     *
     * @param product the name or id of the product
     * @throws ParameterException if the options exclude each other, or name no backend
     */
    public List<SelectedBackend> select(OtaCommand root, OtaBridge ota, String product) {
        if (!isGiven()) {
            return List.of(root.selected(ota));
        }
        if (root.isBackendGiven() || (backends != null && isAll)) {
            throw new ParameterException(
                    command.commandLine(), "--backend, --backends and --all-backends exclude each other");
        }
        List<String> names = isAll ? withProduct(root, ota, product) : names(command, backends);
        names.forEach(name -> OtaCommand.requireBackend(name, ota));
        return ota.backends(names.toJavaArray(String[]::new))
                .map(backend -> new SelectedBackend(backend, ota.products(), root.hints()));
    }

    private List<String> withProduct(OtaCommand root, OtaBridge ota, String product) {
        ProductAliases products = ota.products();
        List<String> with = products.names().contains(product)
                ? products.backendsOf(product)
                : ProductId.parse(product)
                        .map(id -> ota.backendNames()
                                .filter(backend -> products.name(backend, id).isDefined()))
                        .getOrElse(List.empty());
        if (with.isEmpty()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "There is no product \"" + product + "\"",
                    "--all-backends selects the backends for which the configuration has an id of the product, and it has "
                            + (products.names().isEmpty()
                                    ? "no products"
                                    : "only " + products.names().mkString(", ")),
                    Suggestion.question(product, products.names())
                            + "Add the product to the configuration, or name the backends with --backends; nothing was"
                            + " sent");
        }
        ota.backendNames()
                .removeAll(with)
                .forEach(backend -> root.hints()
                        .note("backend " + backend
                                + " was skipped, because the configuration has no id of this product for it"));
        return ota.backendNames().filter(with::contains);
    }

    /** Removes blanks, empty elements and duplicates. A list without a name is an error and does not mean all backends. */
    static List<String> names(CommandSpec command, String @Nullable [] backends) {
        List<String> named = List.of(backends == null ? new String[0] : backends)
                .map(String::strip)
                .reject(String::isEmpty);
        if (named.isEmpty()) {
            throw new ParameterException(command.commandLine(), "--backends must name at least one backend");
        }
        return named.distinct();
    }
}
