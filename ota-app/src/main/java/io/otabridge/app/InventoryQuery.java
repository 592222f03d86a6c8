package io.otabridge.app;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.function.ObjLongConsumer;

/**
 * What to ask several backends for, and how. Immutable.
 *
 * @param backends their names; empty for every backend of the configuration
 * @param product only of this product, by its name in the configuration or by the vendor's id. With a name, backends that
 *     the configuration gives no id of it are left out and named, unless they are chosen by name
 * @param filter only these packages; it names no product
 * @param parallel how many backends are asked at the same time, 1 or more
 * @param deadline how long one backend may take for all of its pages, from its first call on
 * @param progress told the name of a backend and how many packages it has told of so far, on the threads that ask; it must
 *     be quick
 */
public record InventoryQuery(
        List<String> backends,
        Option<String> product,
        FirmwareFilter filter,
        int parallel,
        Duration deadline,
        ObjLongConsumer<String> progress) {

    private static final Duration LONGEST = Duration.ofDays(365);

    /** @throws IllegalArgumentException if a number or duration is not positive, or the filter names a product */
    public InventoryQuery {
        if (parallel < 1) {
            throw new IllegalArgumentException("backends asked at the same time must be 1 or more but are " + parallel);
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("the deadline of a backend must be positive but is " + deadline);
        }
        if (filter.product().isDefined()) {
            throw new IllegalArgumentException("the filter of an inventory names product "
                    + filter.product().get() + "; say it with product(...), as each backend has its own id");
        }
    }

    /** All packages of all backends; four backends at the same time, five minutes for each. */
    public static InventoryQuery all() {
        return new InventoryQuery(
                List.empty(), Option.none(), FirmwareFilter.all(), 4, Duration.ofMinutes(5), (backend, count) -> {});
    }

    /** The same, of these backends only. */
    public InventoryQuery backends(String... names) {
        return new InventoryQuery(List.of(names).distinct(), product, filter, parallel, deadline, progress);
    }

    /** The same, of this product only. */
    public InventoryQuery product(String nameOrId) {
        return new InventoryQuery(backends, Option.some(nameOrId), filter, parallel, deadline, progress);
    }

    /** The same, for these packages only. */
    public InventoryQuery filter(FirmwareFilter only) {
        return new InventoryQuery(backends, product, only, parallel, deadline, progress);
    }

    /** The same, with so many backends asked at the same time. */
    public InventoryQuery parallel(int most) {
        return new InventoryQuery(backends, product, filter, most, deadline, progress);
    }

    /** The same, with this time for each backend. */
    public InventoryQuery deadline(Duration each) {
        return new InventoryQuery(backends, product, filter, parallel, each, progress);
    }

    /** The same, telling this of its progress. */
    public InventoryQuery progress(ObjLongConsumer<String> listener) {
        return new InventoryQuery(backends, product, filter, parallel, deadline, listener);
    }

    /** The deadline, if it is no more than a year. */
    long deadlineInMillis() {
        return deadline.compareTo(LONGEST) < 0 ? Math.max(1, deadline.toMillis()) : LONGEST.toMillis();
    }

    /** The names of those backends that are to be listed, in the order of the configuration. */
    List<String> chosen(List<String> all, ProductAliases products) {
        Option<String> unknown = backends.reject(all::contains).headOption();
        if (unknown.isDefined()) {
            throw new IllegalArgumentException(
                    "there is no backend \"" + unknown.get() + "\"; known: " + all.mkString(", "));
        }
        return backends.isEmpty()
                ? all.filter(name -> product.forAll(wanted -> products.mayHave(wanted, name)))
                : all.filter(backends::contains);
    }

    /** The filter for one backend, in its own words. */
    FirmwareFilter filterFor(Backend backend, ProductAliases products) {
        return product.map(name -> filter.product(products.resolve(name, backend.name())))
                .getOrElse(filter);
    }
}
