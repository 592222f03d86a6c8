package io.otabridge.app;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.nio.file.Path;

/**
 * The entry point for applications: every configured backend by its name. The configuration alone decides which vendor a
 * name belongs to. Safe for many threads; open one for the life of the application.
 *
 * <pre>{@code
 * try (OtaBridge ota = OtaBridge.load(Path.of("ota.yaml"))) {
 *     String text = ota.backend("prod").firmware().find(FirmwareId.of("28f61af5"))
 *             .fold(OtaFailure::summary, firmware -> "version " + firmware.version());
 * }
 * }</pre>
 *
 * <p>The structure of the configuration is checked when the bridge is opened: its keys, the default, the names of backends
 * and products. A backend is opened on first use, and its settings are checked then, so an error in the settings of a
 * backend does not stop the use of another one. An application that wants to know at its start calls {@link #checkAll()}.
 *
 * <p>Adapters are found with {@link java.util.ServiceLoader}: adding a vendor is adding its adapter's jar. Opening a backend
 * sends nothing; credentials are checked by the vendor on the first call.
 */
public final class OtaBridge implements AutoCloseable {

    private final Backends backends;
    private final String defaultBackend;
    private final ProductAliases products;

    private OtaBridge(Backends backends, String defaultBackend, ProductAliases products) {
        this.backends = backends;
        this.defaultBackend = defaultBackend;
        this.products = products;
    }

    /**
     * Reads a YAML file. <code>${NAME}</code> in a value stands for an environment variable.
     *
     * @throws ConfigurationException if the file cannot be read or its structure has an error; it names all errors
     */
    public static OtaBridge load(Path file) {
        return load(file, BackendContext.system());
    }

    /**
     * Reads a YAML file in this context, which may bring other environment variables, another clock, or
     * resources that the adapters share with the application.
     *
     * @throws ConfigurationException if the file cannot be read or its structure has an error; it names all errors
     */
    public static OtaBridge load(Path file, BackendContext context) {
        return of(OtaConfig.read(file, context), context);
    }

    /**
     * Takes a configuration made in Java.
     *
     * @throws ConfigurationException if its structure has an error; it names all errors
     */
    public static OtaBridge of(OtaConfig config) {
        return of(config, BackendContext.system());
    }

    /**
     * Takes a configuration made in Java, in this context.
     *
     * @throws ConfigurationException if its structure has an error; it names all errors
     */
    public static OtaBridge of(OtaConfig config, BackendContext context) {
        BackendFactory.Structure structure = BackendFactory.read(config, ProviderRegistry.onClassPath(), context);
        return new OtaBridge(structure.backends(), structure.defaultBackend(), structure.products());
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
        Backends open = Backends.of(backends);
        return new OtaBridge(open, first.name(), ProductAliases.none(open::canonical));
    }

    /**
     * The backend with this name, opened on first use.
     *
     * @throws IllegalArgumentException if the configuration has no backend of this name
     * @throws ConfigurationException if the configuration of this backend has an error; it names all errors of this backend
     * @throws IllegalStateException if the backend is not open yet and the bridge is closed
     */
    public Backend backend(String name) {
        return backends.open(List.of(name)).head();
    }

    /**
     * The default backend: the one the configuration names, or the only one.
     *
     * @throws ConfigurationException if its configuration has an error; it names all errors of this backend
     */
    public Backend backend() {
        return backend(defaultBackend);
    }

    /**
     * The backends with these names, in this order.
     *
     * @throws IllegalArgumentException if the configuration has no backend of one of these names
     * @throws ConfigurationException if the configuration of one has an error; it names all errors of all of them
     */
    public List<Backend> backends(String... names) {
        return backends.open(List.of(names));
    }

    /**
     * Every backend, in the order of the configuration. {@link #backendNames()} opens none.
     *
     * @throws ConfigurationException if the configuration of one has an error; it names all errors of all backends
     */
    public List<Backend> backends() {
        return backends.open(backends.names());
    }

    /** The names of all backends, in the order of the configuration. Opens none of them. */
    public List<String> backendNames() {
        return backends.names();
    }

    /**
     * Checks the configuration of every backend and opens them all, so that an application learns of an error at its start.
     * Sends nothing. After an exception the backends without an error can be used, and the bridge is to be closed as ever.
     *
     * @throws ConfigurationException if the configuration of any backend has an error; it names all errors of all backends
     */
    public void checkAll() {
        backends();
    }

    /** The name of the default backend. */
    public String defaultBackend() {
        return defaultBackend;
    }

    /** The configuration's names for products. */
    public ProductAliases products() {
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
     * @throws ConfigurationException if the configuration of a chosen backend has an error; it names all errors of those
     *     chosen, and nothing is sent
     */
    public Inventory inventory(InventoryQuery query) {
        List<String> all = backends.names();
        List<String> chosen = query.chosen(all, products);
        List<String> leftOut = query.backends().isEmpty() ? all.removeAll(chosen) : List.empty();
        return new Inventory(InventoryTask.over(backends.open(chosen), products, query), leftOut, products);
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
     * @throws ConfigurationException if the configuration of one of them has an error; it names the errors of both
     */
    public Either<OtaFailure, FirmwareDiff> diff(String left, String right, InventoryQuery query) {
        if (left.equals(right)) {
            throw new IllegalArgumentException("backend \"" + left + "\" cannot differ from itself");
        }
        List<Backend> both = backends(left, right);
        return FirmwareDiffer.of(both.get(0), both.get(1), products, query);
    }

    /** Closes every open backend. Calls made afterwards may fail. Closing twice is harmless. */
    @Override
    public void close() {
        backends.close();
    }
}
