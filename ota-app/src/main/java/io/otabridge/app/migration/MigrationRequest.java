package io.otabridge.app.migration;

import io.otabridge.domain.firmware.FirmwareFilter;
import io.vavr.control.Option;
import java.nio.file.Path;

/**
 * What to migrate between two backends, and how. Immutable.
 *
 * @param from the name of the source in the configuration
 * @param to the name of the target in the configuration
 * @param stateDirectory where journals are kept; they are in a directory for each pair of backends
 * @param spoolDirectory where files are stored while they are copied; absent for a directory beside the journal
 * @param spoolLimit the maximum number of bytes of these files together
 * @param product only packages of this product: its name in the configuration or the source's id
 * @param filter only packages that match; it must have no product
 * @param newest only this number of the newest packages that the target has or can store; absent for all
 * @param ignoresPackageLimit whether to copy more packages than the target's documented limit permits
 * @param concurrency the number of packages that are copied at the same time, 1 to 16
 * @param isDeep whether the verification downloads every file from the target, in addition to the digests that the target
 *     reports
 */
public record MigrationRequest(
        String from,
        String to,
        Path stateDirectory,
        Option<Path> spoolDirectory,
        long spoolLimit,
        Option<String> product,
        FirmwareFilter filter,
        Option<Integer> newest,
        boolean ignoresPackageLimit,
        int concurrency,
        boolean isDeep) {

    /** 4 GiB. */
    public static final long DEFAULT_SPOOL_LIMIT = 4L << 30;

    private static final int DEFAULT_CONCURRENCY = 2;
    private static final int MAX_CONCURRENCY = 16;

    /**
     * @throws IllegalArgumentException if both backends are the same, a number is out of range, or the filter names a
     *     product
     */
    public MigrationRequest {
        if (from.equals(to)) {
            throw new IllegalArgumentException("backend \"" + from + "\" cannot be migrated to itself");
        }
        if (spoolLimit < 1) {
            throw new IllegalArgumentException("spoolLimit must be at least 1 but is " + spoolLimit);
        }
        if (newest.exists(count -> count < 1)) {
            throw new IllegalArgumentException("newest must be at least 1 but is " + newest.get());
        }
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "concurrency must be 1 to " + MAX_CONCURRENCY + " but is " + concurrency);
        }
        if (filter.product().isDefined()) {
            throw new IllegalArgumentException("the filter of a migration must have no product but has "
                    + filter.product().get() + "; use product(...)");
        }
    }

    /**
     * Returns a request for all packages of a backend, two at the same time.
     *
     * @throws IllegalArgumentException if both backends are the same
     */
    public static MigrationRequest of(String from, String to, Path stateDirectory) {
        return new MigrationRequest(
                from,
                to,
                stateDirectory,
                Option.none(),
                DEFAULT_SPOOL_LIMIT,
                Option.none(),
                FirmwareFilter.all(),
                Option.none(),
                false,
                DEFAULT_CONCURRENCY,
                false);
    }

    /** Returns a copy that stores files in this directory while they are copied. */
    public MigrationRequest spoolDirectory(Path directory) {
        return copy(
                Option.some(directory), spoolLimit, product, filter, newest, ignoresPackageLimit, concurrency, isDeep);
    }

    /**
     * Returns a copy with another limit of the bytes that are stored at the same time. A package whose files are larger
     * is not copied. A file of unknown size may have an equal share for each concurrent copy.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public MigrationRequest spoolLimit(long bytes) {
        return copy(spoolDirectory, bytes, product, filter, newest, ignoresPackageLimit, concurrency, isDeep);
    }

    /**
     * Returns a copy for packages of this product.
     *
     * @param nameOrId the name in the configuration or the source's id
     */
    public MigrationRequest product(String nameOrId) {
        return copy(
                spoolDirectory,
                spoolLimit,
                Option.some(nameOrId),
                filter,
                newest,
                ignoresPackageLimit,
                concurrency,
                isDeep);
    }

    /**
     * Returns a copy for packages that match.
     *
     * @throws IllegalArgumentException if the filter has a product
     */
    public MigrationRequest filter(FirmwareFilter only) {
        return copy(spoolDirectory, spoolLimit, product, only, newest, ignoresPackageLimit, concurrency, isDeep);
    }

    /**
     * Returns a copy for only this number of the newest packages that can be copied, including those that the target has,
     * so that a repeated run selects the same. They are still copied oldest first.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public MigrationRequest newest(int count) {
        return copy(
                spoolDirectory,
                spoolLimit,
                product,
                filter,
                Option.some(count),
                ignoresPackageLimit,
                concurrency,
                isDeep);
    }

    /** Returns a copy for an account whose limit of packages the vendor has increased. */
    public MigrationRequest ignorePackageLimit() {
        return copy(spoolDirectory, spoolLimit, product, filter, newest, true, concurrency, isDeep);
    }

    /**
     * Returns a copy that copies this number of packages at the same time. Packages of one target, such as a module, are
     * created one after the other, so that their order stays the same.
     *
     * @throws IllegalArgumentException if it is less than 1 or more than 16
     */
    public MigrationRequest concurrency(int packages) {
        return copy(spoolDirectory, spoolLimit, product, filter, newest, ignoresPackageLimit, packages, isDeep);
    }

    /** Returns a copy whose verification downloads every file from the target. */
    public MigrationRequest deep() {
        return copy(spoolDirectory, spoolLimit, product, filter, newest, ignoresPackageLimit, concurrency, true);
    }

    private MigrationRequest copy(
            Option<Path> newSpool,
            long newSpoolLimit,
            Option<String> newProduct,
            FirmwareFilter newFilter,
            Option<Integer> newNewest,
            boolean ignoresLimit,
            int newConcurrency,
            boolean deep) {
        return new MigrationRequest(
                from,
                to,
                stateDirectory,
                newSpool,
                newSpoolLimit,
                newProduct,
                newFilter,
                newNewest,
                ignoresLimit,
                newConcurrency,
                deep);
    }
}
