package io.otabridge.app;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.ConfigNode;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the structure of a configuration, or finds every error in it. For one thread, used once. */
final class BackendFactory {

    private static final StringConstraint NAME = StringConstraint.matching(
            "backend name",
            "[a-z0-9][a-z0-9._-]{0,63}",
            "1 to 64 lower-case letters, digits, dots, hyphens and underscores, starting with a letter or digit");
    private static final String DEFAULT = "default";
    private static final String BACKENDS = "backends";
    private static final List<String> KNOWN = List.of(DEFAULT, BACKENDS, ProductsSection.KEY);

    /** In the path of an entry whose name is not allowed, and which may be a part of a secret. */
    static final String UNNAMED = "?";

    private final OtaConfig config;
    private final ProviderRegistry providers;
    private final BackendContext context;
    private final java.util.List<ConfigError> faults = new ArrayList<>();

    private BackendFactory(OtaConfig config, ProviderRegistry providers, BackendContext context) {
        this.config = config;
        this.providers = providers;
        this.context = context;
    }

    /** The backends, which of them is the default, and the names of products. */
    record Structure(Backends backends, String defaultBackend, ProductAliases products) {}

    /**
     * Checks the structure of a configuration: its keys, the default, the names of backends and products. The settings of a
     * backend are checked when it is opened.
     *
     * @throws ConfigurationException if the structure has an error; it names the errors of all backends too
     */
    static Structure read(OtaConfig config, ProviderRegistry providers, BackendContext context) {
        return new BackendFactory(config, providers, context).read();
    }

    private Structure read() {
        Map<String, ConfigNode> nodes = backends();
        List<String> names = List.ofAll(nodes.keySet()).filter(name -> isBackend(name, nodes.get(name)));
        String defaultBackend = defaultAmong(nodes.keySet(), names);
        config.root().entries().forEach((key, node) -> {
            if (!KNOWN.contains(key)) {
                faults.add(ConfigError.unknownKey("", node.line(), key, KNOWN));
            }
        });
        ProductsSection products = ProductsSection.read(
                config.root().entries().get(ProductsSection.KEY), nodes.keySet(), names, faults::add);
        Map<String, Supplier<Either<List<ConfigError>, Backend>>> openers = new LinkedHashMap<>();
        nodes.forEach((name, node) -> section(name, node)
                .forEach(section ->
                        openers.put(name, new BackendSection(name, section, products, providers, context)::open)));
        Backends backends = new Backends(config.file(), openers);
        requireNoErrors(backends);
        return new Structure(backends, defaultBackend, products.products(config.file(), backends::canonical));
    }

    private void requireNoErrors(Backends backends) {
        if (!faults.isEmpty()) {
            faults.addAll(backends.errors().asJava());
            backends.close();
            throw new ConfigurationException(config.file(), List.ofAll(faults));
        }
    }

    private Map<String, ConfigNode> backends() {
        ConfigNode node = config.root().entries().get(BACKENDS);
        if (node instanceof ConfigNode.Section section && !section.entries().isEmpty()) {
            return section.entries();
        }
        String problem = node instanceof ConfigNode.Other other
                ? other.problem()
                : node == null ? "is missing" : "is empty or not a section";
        rootFault(BACKENDS, problem + ": it must hold a section for each backend, named as you like");
        return Map.of();
    }

    /** The path of a backend, without its name if that is not allowed: it may be a part of a secret. */
    static String pathOf(String name) {
        return BACKENDS + "." + (NAME.check(name).isRight() ? name : UNNAMED);
    }

    /** What is not clearly a backend may be a part of a secret, so its name is not shown. */
    private static boolean isBackend(String name, @Nullable ConfigNode node) {
        return NAME.check(name).isRight() && node instanceof ConfigNode.Section;
    }

    /** The default's name; empty, with a fault noted, if there is none. */
    private String defaultAmong(Set<String> all, List<String> names) {
        ConfigNode node = config.root().entries().get(DEFAULT);
        if (node instanceof ConfigNode.Text text && all.contains(text.resolved())) {
            return text.resolved();
        }
        if (node == null && all.size() == 1) {
            return all.iterator().next();
        }
        if (node instanceof ConfigNode.Other other) {
            rootFault(DEFAULT, other.problem());
        } else if (!all.isEmpty()) {
            rootFault(
                    DEFAULT,
                    (node == null ? "is missing: with several backends it must be one of " : "must be one of ")
                            + ConfigError.listed(names)
                            + shown(node));
        }
        return "";
    }

    private Option<ConfigNode.Section> section(String name, ConfigNode node) {
        if (NAME.check(name).isLeft()) {
            fault(BACKENDS, node, "holds a name that is not allowed: it must be " + NAME.words());
        }
        if (node instanceof ConfigNode.Section section) {
            return Option.some(section);
        }
        String problem = node instanceof ConfigNode.Other other ? other.problem() : "is not a section of settings";
        fault(BACKENDS, node, "holds a backend that " + problem);
        return Option.none();
    }

    private void fault(String key, ConfigNode node, String problem) {
        faults.add(new ConfigError(key, node.line(), problem));
    }

    private void rootFault(String key, String problem) {
        Option<Integer> line = Option.of(config.root().entries().get(key)).flatMap(ConfigNode::line);
        faults.add(new ConfigError(key, line, problem));
    }

    /** The value for a message, if it may be shown. */
    static String shown(@Nullable ConfigNode node) {
        return node instanceof ConfigNode.Text text
                ? text.quoted().map(quoted -> ", but is " + quoted).getOrElse("")
                : "";
    }
}
