package io.otabridge.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that restricts a command to one product. */
public final class ProductOption {

    /** The description of the value of {@code --product}. */
    public static final String MEANING =
            "by its name in the configuration or by the vendor's id (Alibaba: ProductKey).";

    @Option(names = "--product", paramLabel = "P", description = "Only packages of this product, " + MEANING)
    private @Nullable String product;

    public io.vavr.control.Option<String> value() {
        return io.vavr.control.Option.of(product);
    }
}
