package io.otabridge.app;

import io.otabridge.app.audit.AuditLog;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.ConfigNode;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the structure of a configuration and collects all errors in it. For one thread and a single use. */
final class ConfigurationReader {

    private static final StringConstraint NAME = StringConstraint.matching(
            "backend name",
            "[a-z0-9][a-z0-9._-]{0,63}",
            "1 to 64 lower-case letters, digits, dots, hyphens and underscores, starting with a letter or digit");
    private static final String DEFAULT = "default";
    private static final String BACKENDS = "backends";
    private static final String AUDIT_LOG = "audit-log";
    private static final List<String> KNOWN = List.of(DEFAULT, BACKENDS, ProductsSection.KEY, AUDIT_LOG);

    /** Replaces a name that is not allowed in a path, because it may be a part of a secret. */
    static final String UNNAMED = "?";

    private final OtaConfig config;
    private final ProviderRegistry providers;
    private final BackendContext context;
    private final java.util.List<ConfigError> errors = new ArrayList<>();

    private ConfigurationReader(OtaConfig config, ProviderRegistry providers, BackendContext context) {
        this.config = config;
        this.providers = providers;
        this.context = context;
    }

    /** The backends, the name of the default backend, and the product names. */
    record Structure(Backends backends, String defaultBackend, ProductAliases products) {}

    /**
     * Checks the structure of a configuration: its keys, the default, the names of backends and products. The settings
     * of a backend are checked when it is opened.
     *
     * @throws ConfigurationException if the structure has an error; it has the errors of all backends too
     */
    static Structure read(OtaConfig config, ProviderRegistry providers, BackendContext context) {
        return new ConfigurationReader(config, providers, context).read();
    }

    private Structure read() {
        Map<String, ConfigNode> nodes = backends();
        List<String> names = List.ofAll(nodes.keySet()).filter(name -> isBackend(name, nodes.get(name)));
        String defaultBackend = defaultAmong(nodes.keySet(), names);
        config.root().entries().forEach((key, node) -> {
            if (!KNOWN.contains(key)) {
                errors.add(ConfigError.unknownKey("", node.line(), key, KNOWN));
            }
        });
        ProductsSection products = ProductsSection.read(
                config.root().entries().get(ProductsSection.KEY), nodes.keySet(), names, errors::add);
        BackendContext observed = auditLog().map(log -> log.in(context)).getOrElse(context);
        Map<String, Supplier<Either<List<ConfigError>, Backend>>> openers = new LinkedHashMap<>();
        nodes.forEach((name, node) -> section(name, node)
                .forEach(section ->
                        openers.put(name, new BackendSection(name, section, products, providers, observed)::open)));
        Backends backends = new Backends(config.file(), openers);
        requireNoErrors(backends);
        return new Structure(backends, defaultBackend, products.products(config.file(), backends::canonical));
    }

    /** Returns the log of changes; absent if there is none, or if it has an error, which is added. */
    private Option<AuditLog> auditLog() {
        ConfigNode node = config.root().entries().get(AUDIT_LOG);
        if (node == null) {
            return Option.none();
        }
        if (node instanceof ConfigNode.Text text && !text.resolved().isBlank()) {
            try {
                return Option.some(AuditLog.of(fileOf(text.resolved())));
            } catch (InvalidPathException invalid) {
                // Reported below.
            }
        }
        rootError(AUDIT_LOG, node instanceof ConfigNode.Other other ? other.problem() : "must be the path of a file");
        return Option.none();
    }

    /** A leading {@code ~} is the home directory; other relative paths begin at the folder of the configuration. */
    private Path fileOf(String path) {
        if (path.startsWith("~/") || path.startsWith("~\\")) {
            return context.home().resolve(path.substring(2));
        }
        return config.file()
                .map(file -> file.toAbsolutePath().resolveSibling(path))
                .getOrElse(() -> Path.of(path));
    }

    private void requireNoErrors(Backends backends) {
        if (!errors.isEmpty()) {
            errors.addAll(backends.errors().asJava());
            backends.close();
            throw new ConfigurationException(config.file(), List.ofAll(errors));
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
        rootError(BACKENDS, problem + ": it must contain a section for each backend, with any name");
        return Map.of();
    }

    /** Returns the path of a backend. A name that is not allowed is replaced, because it may be a part of a secret. */
    static String pathOf(String name) {
        return BACKENDS + "." + (NAME.check(name).isRight() ? name : UNNAMED);
    }

    /** Returns whether an entry is clearly a backend. Other names may be a part of a secret and are not shown. */
    private static boolean isBackend(String name, @Nullable ConfigNode node) {
        return NAME.check(name).isRight() && node instanceof ConfigNode.Section;
    }

    /** Returns the name of the default backend; empty, with an error added, if there is none. */
    private String defaultAmong(Set<String> all, List<String> names) {
        ConfigNode node = config.root().entries().get(DEFAULT);
        if (node instanceof ConfigNode.Text text && all.contains(text.resolved())) {
            return text.resolved();
        }
        if (node == null && all.size() == 1) {
            return all.iterator().next();
        }
        if (node instanceof ConfigNode.Other other) {
            rootError(DEFAULT, other.problem());
        } else if (!all.isEmpty()) {
            rootError(
                    DEFAULT,
                    (node == null ? "is missing: with several backends it must be one of " : "must be one of ")
                            + ConfigError.listed(names)
                            + shown(node));
        }
        return "";
    }

    private Option<ConfigNode.Section> section(String name, ConfigNode node) {
        if (NAME.check(name).isLeft()) {
            error(BACKENDS, node, "contains a name that is not allowed: it must be " + NAME.description());
        }
        if (node instanceof ConfigNode.Section section) {
            return Option.some(section);
        }
        String problem = node instanceof ConfigNode.Other other ? other.problem() : "is not a section of settings";
        error(BACKENDS, node, "contains a backend that " + problem);
        return Option.none();
    }

    private void error(String key, ConfigNode node, String problem) {
        errors.add(new ConfigError(key, node.line(), problem));
    }

    private void rootError(String key, String problem) {
        Option<Integer> line = Option.of(config.root().entries().get(key)).flatMap(ConfigNode::line);
        errors.add(new ConfigError(key, line, problem));
    }

    /** Returns the value for a message; empty if it must not be shown. */
    static String shown(@Nullable ConfigNode node) {
        return node instanceof ConfigNode.Text text
                ? text.quoted().map(quoted -> ", but is " + quoted).getOrElse("")
                : "";
    }
}
