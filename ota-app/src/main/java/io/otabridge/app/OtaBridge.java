package io.otabridge.app;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.vavr.Tuple;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way in for applications: every configured backend, open and ready, by its name. Which vendor stands behind a name
 * is the configuration's business alone. Safe for many threads; open one for the life of the application.
 *
 * <pre>{@code
 * try (OtaBridge ota = OtaBridge.load(Path.of("ota.yaml"))) {
 *     String text = ota.backend("prod").firmware().find(FirmwareId.of("28f61af5"))
 *             .fold(OtaFailure::summary, firmware -> "version " + firmware.version());
 * }
 * }</pre>
 *
 * <p>Adapters are found with {@link java.util.ServiceLoader}: adding a vendor is adding its adapter's jar. Nothing is
 * sent before the first question is asked, so a wrong key shows there and not here.
 */
public final class OtaBridge implements AutoCloseable {

    private final List<Backend> backends;
    private final String defaultBackend;
    private final Products products;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OtaBridge(List<Backend> backends, String defaultBackend, Products products) {
        this.backends = backends;
        this.defaultBackend = defaultBackend;
        this.products = products;
    }

    /**
     * Opens the backends of a YAML file. <code>${NAME}</code> in a value stands for an environment variable.
     *
     * @throws ConfigurationException if the file cannot be read or holds any fault; it names all of them
     */
    public static OtaBridge load(Path file) {
        return load(file, BackendContext.system());
    }

    /**
     * Opens the backends of a YAML file in this context, which may bring other environment variables, another clock, or
     * resources that the adapters share with the application.
     *
     * @throws ConfigurationException if the file cannot be read or holds any fault; it names all of them
     */
    public static OtaBridge load(Path file, BackendContext context) {
        return of(OtaConfig.read(file, context), context);
    }

    /**
     * Opens the backends of a configuration made in Java.
     *
     * @throws ConfigurationException if it holds any fault; it names all of them
     */
    public static OtaBridge of(OtaConfig config) {
        return of(config, BackendContext.system());
    }

    /**
     * Opens the backends of a configuration made in Java, in this context.
     *
     * @throws ConfigurationException if it holds any fault; it names all of them
     */
    public static OtaBridge of(OtaConfig config, BackendContext context) {
        Wiring.Opened opened = Wiring.open(config, Providers.onClassPath(), context);
        return new OtaBridge(opened.backends(), opened.defaultBackend(), opened.products());
    }

    /**
     * A bridge over backends that are open already, without a configuration: for the tests of an application, over a
     * backend in memory, and for wiring of one's own. The first is the default; closing the bridge closes them all.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public static OtaBridge over(Backend first, Backend... more) {
        List<Backend> backends = List.of(more).prepend(first);
        if (backends.map(Backend::name).distinct().size() < backends.size()) {
            throw new IllegalArgumentException("two backends have the same name: "
                    + backends.map(Backend::name).mkString(", "));
        }
        Products products =
                new Products(Map.of(), backends.toJavaMap(backend -> Tuple.of(backend.name(), backend::canonical)));
        return new OtaBridge(backends, first.name(), products);
    }

    /**
     * The backend with this name.
     *
     * @throws IllegalArgumentException if the configuration has none of this name
     */
    public Backend backend(String name) {
        return backends.find(backend -> backend.name().equals(name))
                .getOrElseThrow(() -> new IllegalArgumentException("there is no backend \"" + name + "\"; known: "
                        + backends.map(Backend::name).mkString(", ")));
    }

    /** The default backend: the one the configuration says, or the only one. */
    public Backend backend() {
        return backend(defaultBackend);
    }

    /** Every backend, in the order of the configuration. */
    public List<Backend> backends() {
        return backends;
    }

    /** The name of the default backend. */
    public String defaultBackend() {
        return defaultBackend;
    }

    /** The configuration's names for products. */
    public Products products() {
        return products;
    }

    /** What every backend holds, with the defaults of {@link InventoryQuery}. */
    public Inventory inventory() {
        return inventory(InventoryQuery.all());
    }

    /**
     * What the chosen backends hold, asked at the same time. A backend that fails is named in the result, and the others
     * are there all the same. Blocks until all have told, failed, or come to their deadline, which is
     * {@link io.otabridge.domain.OtaFailure.DeadlineExceeded}; an interrupt ends it at once, with the interrupt flag set and
     * {@link io.otabridge.domain.OtaFailure.Cancelled} for those that were not done.
     *
     * @throws IllegalArgumentException if the query names a backend that the configuration does not have, or a product that
     *     it does not have there
     */
    public Inventory inventory(InventoryQuery query) {
        List<Backend> chosen = query.chosen(backends, products);
        List<String> leftOut =
                query.backends().isEmpty() ? backends.removeAll(chosen).map(Backend::name) : List.empty();
        return new Inventory(InventoryWalk.over(chosen, products, query), leftOut, products);
    }

    /** Where two backends differ, in all that they hold. */
    public Either<OtaFailure, FirmwareDiff> diff(String left, String right) {
        return diff(left, right, InventoryQuery.all());
    }

    /**
     * Where two backends differ: both are listed at the same time, and packages are compared by product, target and version.
     * Where a list does not say size and digest of a package that both have, it is asked for by its id; for all of that
     * there is the query's deadline once more.
     *
     * @param query what to compare; the backends it chooses are not looked at
     * @return the differences, or the failure of the first backend whose list is not whole
     * @throws IllegalArgumentException if the configuration has no such backends or product, or both are the same
     */
    public Either<OtaFailure, FirmwareDiff> diff(String left, String right, InventoryQuery query) {
        if (left.equals(right)) {
            throw new IllegalArgumentException("backend \"" + left + "\" cannot differ from itself");
        }
        return Comparison.of(backend(left), backend(right), products, query);
    }

    /** Closes every backend. Calls made afterwards may fail. Closing twice is harmless. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Wiring.closeAll(backends);
        }
    }
}
