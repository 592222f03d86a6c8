package io.otabridge.app;

import io.otabridge.app.cache.CacheSettings;
import io.otabridge.app.cache.CachingBackend;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.ConfigNode;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The section of one backend in a configuration. Immutable; can be opened more than once. */
final class BackendSection {

    private static final StringConstraint ANY = StringConstraint.matching("value", "(?s).*", "a text");
    private static final String VENDOR = "vendor";

    private final String name;
    private final ConfigNode.Section section;
    private final ProductsSection products;
    private final ProviderRegistry providers;
    private final BackendContext context;

    BackendSection(
            String name,
            ConfigNode.Section section,
            ProductsSection products,
            ProviderRegistry providers,
            BackendContext context) {
        this.name = name;
        this.section = section;
        this.products = products;
        this.providers = providers;
        this.context = context;
    }

    /** Opens the backend, or returns every error in its settings and in the ids that products have on it. */
    Either<List<ConfigError>, Backend> open() {
        java.util.List<ConfigError> errors = new ArrayList<>();
        Option<Backend> backend = vendor(errors).flatMap(provider -> open(provider, errors));
        errors.addAll(products.errors(
                        name,
                        backend.<UnaryOperator<ProductId>>map(opened -> opened::canonical)
                                .getOrElse(UnaryOperator.identity()))
                .asJava());
        if (errors.isEmpty()) {
            return Either.right(backend.get());
        }
        backend.forEach(Backend::close);
        return Either.left(List.ofAll(errors));
    }

    private Option<Backend> open(BackendProvider provider, java.util.List<ConfigError> errors) {
        SettingsReader settings = SettingsReader.of(ConfigurationReader.pathOf(name), section);
        settings.text(VENDOR, ANY);
        Option<CacheSettings> cache = CacheSettings.read(settings);
        return provider.open(name, settings, context)
                .map(backend -> cache.<Backend>map(cacheSettings -> CachingBackend.of(backend, cacheSettings, context))
                        .getOrElse(backend))
                .peekLeft(found -> found.forEach(errors::add))
                .toOption();
    }

    private Option<BackendProvider> vendor(java.util.List<ConfigError> errors) {
        ConfigNode node = section.entries().get(VENDOR);
        Option<BackendProvider> provider =
                node instanceof ConfigNode.Text text ? providers.find(text.resolved()) : Option.none();
        if (provider.isEmpty()) {
            errors.add(
                    new ConfigError(
                            ConfigurationReader.pathOf(name) + "." + VENDOR,
                            (node == null ? section : node).line(),
                            vendorProblem(node)
                                    + "; to add a vendor, put its adapter's jar on the class path (for the command line:"
                                    + " OTA_CLASSPATH). The other settings of this backend are checked once its vendor is known"));
        }
        return provider;
    }

    private String vendorProblem(@Nullable ConfigNode node) {
        if (node instanceof ConfigNode.Other other) {
            return other.problem();
        }
        return (node == null ? "is missing: it must be one of " : "must be one of ")
                + providers.known()
                + ConfigurationReader.shown(node)
                + (node instanceof ConfigNode.Text text
                        ? ConfigError.suggestion(text.resolved(), providers.vendors())
                        : "");
    }
}
