package io.otabridge.app;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.function.ObjLongConsumer;

/**
 * Selects the packages of an inventory, and configures how backends are queried. Immutable.
 *
 * @param backends the names of the backends; empty for all backends of the configuration
 * @param product only packages of this product: its name in the configuration or the vendor's id. With a name, backends
 *     without an id of the product are skipped and reported in {@link Inventory#skipped}, unless they are selected by
 *     name
 * @param filter only packages that match; it must have no product
 * @param parallel the number of backends queried at the same time, 1 or more
 * @param deadline the time for all pages of one backend, from its first call
 * @param progress receives the name of a backend and the number of packages received so far; called on the querying
 *     threads, so it must be fast and safe for use by multiple threads
 */
public record InventoryRequest(
        List<String> backends,
        Option<String> product,
        FirmwareFilter filter,
        int parallel,
        Duration deadline,
        ObjLongConsumer<String> progress) {

    private static final Duration MAX_DEADLINE = Duration.ofDays(365);

    /** @throws IllegalArgumentException if a number or duration is not positive, or the filter names a product */
    public InventoryRequest {
        if (parallel < 1) {
            throw new IllegalArgumentException("parallel must be 1 or more but is " + parallel);
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("the deadline of a backend must be positive but is " + deadline);
        }
        if (filter.product().isDefined()) {
            throw new IllegalArgumentException("the filter of an inventory must have no product but has "
                    + filter.product().get() + "; use product(...), because each backend has its own id");
        }
    }

    /** Returns a query for all packages of all backends: four backends at the same time, five minutes for each. */
    public static InventoryRequest all() {
        return new InventoryRequest(
                List.empty(), Option.none(), FirmwareFilter.all(), 4, Duration.ofMinutes(5), (backend, count) -> {});
    }

    /** Returns a copy for these backends. */
    public InventoryRequest backends(String... names) {
        return new InventoryRequest(List.of(names).distinct(), product, filter, parallel, deadline, progress);
    }

    /**
     * Returns a copy for this product.
     *
     * @param nameOrId the name in the configuration or the vendor's id
     */
    public InventoryRequest product(String nameOrId) {
        return new InventoryRequest(backends, Option.some(nameOrId), filter, parallel, deadline, progress);
    }

    /**
     * Returns a copy for packages that match.
     *
     * @throws IllegalArgumentException if the filter has a product
     */
    public InventoryRequest filter(FirmwareFilter only) {
        return new InventoryRequest(backends, product, only, parallel, deadline, progress);
    }

    /**
     * Returns a copy with this number of backends queried at the same time.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public InventoryRequest parallel(int max) {
        return new InventoryRequest(backends, product, filter, max, deadline, progress);
    }

    /**
     * Returns a copy with this time for each backend.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public InventoryRequest deadline(Duration each) {
        return new InventoryRequest(backends, product, filter, parallel, each, progress);
    }

    /** Returns a copy with this progress listener. */
    public InventoryRequest progress(ObjLongConsumer<String> listener) {
        return new InventoryRequest(backends, product, filter, parallel, deadline, listener);
    }

    /** Returns the deadline, at most a year. */
    long deadlineInMillis() {
        return deadline.compareTo(MAX_DEADLINE) < 0 ? Math.max(1, deadline.toMillis()) : MAX_DEADLINE.toMillis();
    }

    /**
     * Returns the names of the selected backends, in the order of the configuration.
     *
     * @throws IllegalArgumentException if a name is unknown
     */
    List<String> chosen(List<String> all, ProductAliases products) {
        Option<String> unknown = backends.reject(all::contains).headOption();
        if (unknown.isDefined()) {
            throw new IllegalArgumentException(
                    "unknown backend \"" + unknown.get() + "\"; known: " + all.mkString(", "));
        }
        return backends.isEmpty()
                ? all.filter(name -> product.forAll(wanted -> products.mayHave(wanted, name)))
                : all.filter(backends::contains);
    }

    /** Returns whether only some of the packages are requested. */
    boolean isFiltered() {
        return product.isDefined() || !filter.equals(FirmwareFilter.all());
    }

    /** Returns the filter for one backend, with its id of the product. */
    FirmwareFilter filterFor(Backend backend, ProductAliases products) {
        return product.map(name -> filter.product(products.resolve(name, backend.name())))
                .getOrElse(filter);
    }
}
