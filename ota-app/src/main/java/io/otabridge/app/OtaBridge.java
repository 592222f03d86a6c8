package io.otabridge.app;

import io.otabridge.app.migration.Migration;
import io.otabridge.app.migration.MigrationRequest;
import io.otabridge.app.promotion.Promoter;
import io.otabridge.app.promotion.PromotionReport;
import io.otabridge.app.promotion.PromotionRequest;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.nio.file.Path;

/**
 * The entry point for applications: all configured backends by name. The configuration alone decides which vendor a
 * name belongs to. Safe for use by multiple threads; open one for the lifetime of the application.
 *
 * <pre>{@code
 * try (OtaBridge ota = OtaBridge.load(Path.of("ota.yaml"))) {
 *     String text = ota.backend("prod").firmware().find(FirmwareId.of("28f61af5"))
 *             .fold(OtaFailure::summary, firmware -> "version " + firmware.version());
 * }
 * }</pre>
 *
 * <p>The structure of the configuration is checked when the bridge is opened: its keys, the default, the names of
 * backends and products. A backend is opened on first use, and its settings are checked then, so an error in the
 * settings of one backend does not affect another. {@link #checkAll()} checks all backends, for example at the start of
 * an application.
 *
 * <p>Adapters are found with {@link java.util.ServiceLoader}: to add a vendor, add its adapter's jar. Opening a backend
 * sends nothing; credentials are checked on first use.
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
     * Opens a bridge with the configuration of a YAML file. A placeholder <code>${NAME}</code> in a value is replaced
     * by an environment variable.
     *
     * @throws ConfigurationException if the file cannot be read or its structure has an error; it has all errors
     */
    public static OtaBridge load(Path file) {
        return load(file, BackendContext.system());
    }

    /**
     * Opens a bridge with the configuration of a YAML file.
     *
     * @param context environment variables, clock, and resources that the adapters share with the application
     * @throws ConfigurationException if the file cannot be read or its structure has an error; it has all errors
     */
    public static OtaBridge load(Path file, BackendContext context) {
        return of(OtaConfig.read(file, context), context);
    }

    /**
     * Opens a bridge with a configuration created in Java.
     *
     * @throws ConfigurationException if its structure has an error; it has all errors
     */
    public static OtaBridge of(OtaConfig config) {
        return of(config, BackendContext.system());
    }

    /**
     * Opens a bridge with a configuration created in Java.
     *
     * @param context environment variables, clock, and resources that the adapters share with the application
     * @throws ConfigurationException if its structure has an error; it has all errors
     */
    public static OtaBridge of(OtaConfig config, BackendContext context) {
        ConfigurationReader.Structure structure =
                ConfigurationReader.read(config, ProviderRegistry.onClassPath(), context);
        return new OtaBridge(structure.backends(), structure.defaultBackend(), structure.products());
    }

    /**
     * Opens a bridge over open backends, without a configuration, for example for tests with an in-memory backend. The
     * first backend is the default. Closing the bridge closes all backends.
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
     * Returns the backend with this name and opens it on first use.
     *
     * @throws UnknownBackendException if the name is unknown
     * @throws ConfigurationException if the configuration of this backend has an error; it has all errors of this
     *     backend
     * @throws IllegalStateException if the backend is not open yet and the bridge is closed
     */
    public Backend backend(String name) {
        return backends.open(List.of(name)).head();
    }

    /**
     * Returns the default backend of the configuration. If there is only one backend, it is the default.
     *
     * @throws ConfigurationException if its configuration has an error; it has all errors of this backend
     */
    public Backend backend() {
        return backend(defaultBackend);
    }

    /**
     * Returns the backends with these names, in this order.
     *
     * @throws UnknownBackendException if a name is unknown
     * @throws ConfigurationException if the configuration of one has an error; it has all errors of all of them
     */
    public List<Backend> backends(String... names) {
        return backends.open(List.of(names));
    }

    /**
     * Returns all backends, in the order of the configuration. {@link #backendNames()} opens none.
     *
     * @throws ConfigurationException if the configuration of one has an error; it has all errors of all backends
     */
    public List<Backend> backends() {
        return backends.open(backends.names());
    }

    /** Returns the names of all backends, in the order of the configuration. Opens none of them. */
    public List<String> backendNames() {
        return backends.names();
    }

    /**
     * Checks the configuration of all backends and opens them. Sends nothing. After an exception the valid backends can
     * be used, and the bridge must still be closed.
     *
     * @throws ConfigurationException if the configuration of any backend has an error; it has all errors of all
     *     backends
     */
    public void checkAll() {
        backends();
    }

    /** Returns the name of the default backend. */
    public String defaultBackend() {
        return defaultBackend;
    }

    /** Returns the product names of the configuration. */
    public ProductAliases products() {
        return products;
    }

    /** Returns the packages of all backends, with the defaults of {@link InventoryRequest}. */
    public Inventory inventory() {
        return inventory(InventoryRequest.all());
    }

    /**
     * Returns the packages of the selected backends, queried at the same time. A failure of one backend is part of the
     * result and does not affect the others. Blocks until every backend has completed, failed, or reached its deadline,
     * which is {@link io.otabridge.domain.OtaFailure.DeadlineExceeded}. An interrupt ends the call at once, with the
     * interrupt flag set and {@link io.otabridge.domain.OtaFailure.Cancelled} for incomplete backends.
     *
     * @throws IllegalArgumentException if the query has an unknown backend, or a product without an id for a selected
     *     backend
     * @throws ConfigurationException if the configuration of a selected backend has an error; it has all errors of the
     *     selected backends, and nothing is sent
     */
    public Inventory inventory(InventoryRequest query) {
        List<String> all = backends.names();
        List<String> chosen = query.chosen(all, products);
        List<String> skipped = query.backends().isEmpty() ? all.removeAll(chosen) : List.empty();
        return new Inventory(
                InventoryTask.over(backends.open(chosen), products, query), skipped, products, query.isFiltered());
    }

    /**
     * Compares all packages of two backends.
     *
     * @return the differences, or the failure of the first backend whose list is incomplete
     */
    public Either<OtaFailure, FirmwareDiff> diff(String left, String right) {
        return diff(left, right, InventoryRequest.all());
    }

    /**
     * Compares the packages of two backends. Both are listed at the same time, and packages are compared by product,
     * target and version. If a list lacks size or digest of a package that both have, the package is requested by its
     * id; the deadline of the query applies again to all of these requests.
     *
     * @param query selects the packages; its backends are ignored
     * @return the differences, or the failure of the first backend whose list is incomplete
     * @throws IllegalArgumentException if a backend or the product is unknown, or both backends are the same
     * @throws ConfigurationException if the configuration of one of them has an error; it has the errors of both
     */
    public Either<OtaFailure, FirmwareDiff> diff(String left, String right, InventoryRequest query) {
        if (left.equals(right)) {
            throw new IllegalArgumentException("backend \"" + left + "\" cannot be compared with itself");
        }
        List<Backend> both = backends(left, right);
        return FirmwareDiffer.of(both.get(0), both.get(1), products, query);
    }

    /**
     * Publishes a package of one backend on others. The files are downloaded and verified once, and uploaded to all targets
     * at the same time. A module that is missing on a target is created with its alias and description. The ids of the
     * product come from {@code products:} in the configuration.
     *
     * <p>Repeating a promotion is safe: a target that has the package with the same content is not changed, and if all have
     * it, nothing is downloaded. Packages arrive unverified if the target has a verification step. What a target does not
     * store is among the warnings of its result.
     *
     * @return a result for each target, of which each may be a failure: {@link OtaFailure.Rejected} if the target cannot
     *     store the package, has another one with the same identity, or the product has no id there. The failure of the
     *     source if the package cannot be found or downloaded
     * @throws IllegalArgumentException if a backend is unknown
     * @throws ConfigurationException if the configuration of one has an error; it has the errors of all of them
     */
    public Either<OtaFailure, PromotionReport> promote(PromotionRequest request) {
        List<Backend> all = backends.open(request.to().prepend(request.from()));
        return Promoter.promote(all.head(), all.tail(), products, request);
    }

    /**
     * Returns the migration of all packages of a backend to another one: its plan, its execution, and its verification.
     * Nothing is sent yet.
     *
     * @throws IllegalArgumentException if a backend is unknown
     * @throws ConfigurationException if the configuration of one has an error; it has the errors of both
     */
    public Migration migration(MigrationRequest request) {
        List<Backend> both = backends(request.from(), request.to());
        return Migration.of(both.get(0), both.get(1), products, request);
    }

    /** Closes all open backends. Later calls may fail. Closing twice has no effect. */
    @Override
    public void close() {
        backends.close();
    }
}
