package io.otabridge.app;

import io.otabridge.domain.TextRule;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.BackendProvider;
import io.otabridge.domain.backend.SettingFault;
import io.otabridge.domain.backend.SettingNode;
import io.otabridge.domain.backend.Settings;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Opens every backend of a configuration, or finds everything that is wrong with it. For one thread, used once. */
final class Wiring {

    private static final TextRule NAME = TextRule.matching(
            "backend name",
            "[a-z0-9][a-z0-9._-]{0,63}",
            "1 to 64 lower-case letters, digits, dots, hyphens and underscores, starting with a letter or digit");
    private static final TextRule ANY = TextRule.matching("value", "(?s).*", "a text");
    private static final String DEFAULT = "default";
    private static final String BACKENDS = "backends";
    private static final String VENDOR = "vendor";
    private static final List<String> KNOWN = List.of(DEFAULT, BACKENDS, ProductsSection.KEY);

    /** In the path of an entry whose name is not allowed, and which may be a part of a secret. */
    static final String UNNAMED = "?";

    private final OtaConfig config;
    private final Providers providers;
    private final BackendContext context;
    private final java.util.List<SettingFault> faults = new ArrayList<>();

    /** By name in the configuration. A backend may report another name. */
    private final Map<String, Backend> opened = new LinkedHashMap<>();

    private Wiring(OtaConfig config, Providers providers, BackendContext context) {
        this.config = config;
        this.providers = providers;
        this.context = context;
    }

    /** The backends in the order of the configuration, which of them is the default, and what products are called. */
    record Opened(List<Backend> backends, String defaultBackend, Products products) {}

    /** @throws ConfigurationException with every fault there is; then nothing stays open */
    static Opened open(OtaConfig config, Providers providers, BackendContext context) {
        Wiring wiring = new Wiring(config, providers, context);
        boolean done = false;
        try {
            Opened result = wiring.open();
            done = true;
            return result;
        } finally {
            if (!done) {
                closeAll(wiring.opened.values());
            }
        }
    }

    /** Closes each, even if another one fails to. */
    static void closeAll(Iterable<Backend> backends) {
        RuntimeException first = null;
        for (Backend backend : backends) {
            try {
                backend.close();
            } catch (RuntimeException failed) {
                first = first == null ? failed : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private Opened open() {
        Map<String, SettingNode> backends = backends();
        List<String> names = List.ofAll(backends.keySet()).filter(name -> isBackend(name, backends.get(name)));
        String defaultBackend = defaultAmong(backends.keySet(), names);
        config.root().entries().forEach((key, node) -> {
            if (!KNOWN.contains(key)) {
                faults.add(SettingFault.unknownKey("", node.line(), key, KNOWN));
            }
        });
        backends.forEach(this::openBackend);
        Products products = ProductsSection.read(
                config.root().entries().get(ProductsSection.KEY),
                backends.keySet(),
                names,
                opened.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()::canonical)),
                faults::add);
        if (!faults.isEmpty()) {
            throw new ConfigurationException(
                    config.file(),
                    List.ofAll(faults).sortBy(fault -> fault.line().getOrElse(0)));
        }
        return new Opened(List.ofAll(opened.values()), defaultBackend, products);
    }

    private Map<String, SettingNode> backends() {
        SettingNode node = config.root().entries().get(BACKENDS);
        if (node instanceof SettingNode.Section section && !section.entries().isEmpty()) {
            return section.entries();
        }
        String problem = node instanceof SettingNode.Other other
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
    private static boolean isBackend(String name, @Nullable SettingNode node) {
        return NAME.check(name).isRight() && node instanceof SettingNode.Section;
    }

    /** The default's name; empty, with a fault noted, if there is none. */
    private String defaultAmong(Set<String> all, List<String> names) {
        SettingNode node = config.root().entries().get(DEFAULT);
        if (node instanceof SettingNode.Text text && all.contains(text.resolved())) {
            return text.resolved();
        }
        if (node == null && all.size() == 1) {
            return all.iterator().next();
        }
        if (node instanceof SettingNode.Other other) {
            rootFault(DEFAULT, other.problem());
        } else if (!all.isEmpty()) {
            rootFault(
                    DEFAULT,
                    (node == null ? "is missing: with several backends it must be one of " : "must be one of ")
                            + SettingFault.listed(names)
                            + shown(node));
        }
        return "";
    }

    private void openBackend(String name, SettingNode node) {
        if (NAME.check(name).isLeft()) {
            fault(BACKENDS, node, "holds a name that is not allowed: it must be " + NAME.words());
        }
        if (node instanceof SettingNode.Section section) {
            openBackend(name, pathOf(name), section);
        } else {
            String problem = node instanceof SettingNode.Other other ? other.problem() : "is not a section of settings";
            fault(BACKENDS, node, "holds a backend that " + problem);
        }
    }

    private void openBackend(String name, String path, SettingNode.Section section) {
        vendor(path, section).forEach(provider -> {
            Settings settings = Settings.of(path, section);
            settings.text(VENDOR, ANY);
            Option<CacheRules> cache = CacheRules.read(settings);
            provider.open(name, settings, context)
                    .map(backend -> cache.<Backend>map(rules -> CachedBackend.of(backend, rules, context))
                            .getOrElse(backend))
                    .peek(backend -> opened.put(name, backend))
                    .peekLeft(found -> found.forEach(faults::add));
        });
    }

    private Option<BackendProvider> vendor(String path, SettingNode.Section section) {
        SettingNode node = section.entries().get(VENDOR);
        Option<BackendProvider> provider =
                node instanceof SettingNode.Text text ? providers.find(text.resolved()) : Option.none();
        if (provider.isEmpty()) {
            fault(
                    path + "." + VENDOR,
                    node == null ? section : node,
                    vendorProblem(node) + "; another vendor is added by its adapter's jar on the class path (for the"
                            + " command: in OTA_CLASSPATH). The other settings of this backend are checked once its vendor"
                            + " is known");
        }
        return provider;
    }

    private String vendorProblem(@Nullable SettingNode node) {
        if (node instanceof SettingNode.Other other) {
            return other.problem();
        }
        return (node == null ? "is missing: it must be one of " : "must be one of ") + providers.known() + shown(node);
    }

    private void fault(String key, SettingNode node, String problem) {
        faults.add(new SettingFault(key, node.line(), problem));
    }

    private void rootFault(String key, String problem) {
        Option<Integer> line = Option.of(config.root().entries().get(key)).flatMap(SettingNode::line);
        faults.add(new SettingFault(key, line, problem));
    }

    private static String shown(@Nullable SettingNode node) {
        return node instanceof SettingNode.Text text
                ? text.quoted().map(quoted -> ", but is " + quoted).getOrElse("")
                : "";
    }
}
