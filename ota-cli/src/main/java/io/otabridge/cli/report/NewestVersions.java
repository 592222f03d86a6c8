package io.otabridge.cli.report;

import io.otabridge.app.BackendInventory;
import io.otabridge.app.Inventory;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.VersionComparator;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;

/** The newest version of each product and target on each backend, and where backends differ. */
final class NewestVersions {

    /** How the backends of a row compare. In the order of the page. */
    enum Comparison {
        DIFFERENT("Newest versions differ"),
        UNCOMPARABLE("Versions that cannot be compared"),
        SAME("Same newest version on every backend"),
        UNKNOWN("Not known, because a backend failed"),
        SINGLE("On one backend only");

        final String title;

        Comparison(String title) {
            this.title = title;
        }
    }

    /** What a backend has of a product and target. */
    enum State {
        /** The newest version of all backends. */
        NEWEST,
        /** An older version than another backend. */
        OLDER,
        /** The backend has the product, but no package for the target. */
        MISSING,
        /** The backend does not have the product. */
        NO_PRODUCT,
        /** The list is incomplete and has no package of the product. */
        UNKNOWN,
        /** The list is incomplete, so there may be newer versions. */
        INCOMPLETE
    }

    /**
     * The newest packages on a backend.
     *
     * @param newest one package for each version of which no newer one exists; several if they cannot be compared
     */
    record Cell(BackendInventory backend, List<FirmwareSummary> newest, State state) {}

    /** One product and target. The cells are in the order of the backends. */
    record Row(String product, String target, Comparison comparison, List<Cell> cells) {}

    /** @param backend the only backend with such packages; empty if the product decides it */
    private record Key(String product, FirmwareTarget target, String backend) {}

    private final Inventory inventory;
    private final Map<String, Map<Key, List<FirmwareSummary>>> byBackend;
    private final ProductLabels labels;

    private NewestVersions(Inventory inventory, ProductLabels labels) {
        this.inventory = inventory;
        this.labels = labels;
        this.byBackend = inventory
                .backends()
                .toMap(BackendInventory::backend, backend -> backend.firmware().groupBy(one -> key(backend, one)));
    }

    /** Packages without a product are not compared with those of another backend. */
    private Key key(BackendInventory backend, FirmwareSummary firmware) {
        return new Key(
                labels.of(backend.backend(), firmware.product()),
                firmware.target(),
                firmware.product().isDefined() ? "" : backend.backend());
    }

    /** Returns the rows, those in which backends differ first, then by product and target. */
    static List<Row> of(Inventory inventory, ProductLabels labels) {
        NewestVersions versions = new NewestVersions(inventory, labels);
        return versions.byBackend
                .values()
                .flatMap(Map::keySet)
                .toList()
                .distinct()
                .map(versions::row)
                .sorted((a, b) -> {
                    int byComparison = a.comparison().compareTo(b.comparison());
                    int byProduct = a.product().compareToIgnoreCase(b.product());
                    return byComparison != 0
                            ? byComparison
                            : byProduct != 0 ? byProduct : a.target().compareTo(b.target());
                });
    }

    private Row row(Key key) {
        List<FirmwareVersion> newest = newest(
                inventory.backends().flatMap(backend -> packages(backend, key)).map(FirmwareSummary::version));
        List<Cell> cells = inventory.backends().map(backend -> cell(backend, key, newest));
        return new Row(key.product(), FirmwareTable.target(key.target()), comparison(cells, newest), cells);
    }

    private Cell cell(BackendInventory backend, Key key, List<FirmwareVersion> newestOfAll) {
        List<FirmwareSummary> packages = packages(backend, key);
        List<FirmwareVersion> versions = newest(packages.map(FirmwareSummary::version));
        // Of several packages of one version, such as a full image and a delta, one that may be rolled out.
        List<FirmwareSummary> newest = versions.map(version -> packages.filter(
                        one -> one.version().equals(version))
                .minBy((a, b) -> Boolean.compare(
                        b.verification().permitsRollout(), a.verification().permitsRollout()))
                .get());
        return new Cell(backend, newest, state(backend, key, versions, newestOfAll));
    }

    private State state(
            BackendInventory backend, Key key, List<FirmwareVersion> versions, List<FirmwareVersion> newestOfAll) {
        if (!hasProduct(backend, key)) {
            boolean isMapped = !inventory.products().backendsOf(key.product()).isEmpty();
            return backend.failure().isDefined() && !isMapped && key.backend().isEmpty()
                    ? State.UNKNOWN
                    : State.NO_PRODUCT;
        }
        if (backend.failure().isDefined()) {
            return State.INCOMPLETE;
        }
        if (versions.isEmpty()) {
            return State.MISSING;
        }
        boolean isOlder = versions.exists(version -> newestOfAll.exists(
                newer -> VersionComparator.SEMANTIC.compare(version, newer).exists(order -> order < 0)));
        return isOlder ? State.OLDER : State.NEWEST;
    }

    private static Comparison comparison(List<Cell> cells, List<FirmwareVersion> newest) {
        List<Cell> compared = cells.filter(cell -> cell.state() != State.NO_PRODUCT && cell.state() != State.UNKNOWN);
        if (compared.size() < 2) {
            return Comparison.SINGLE;
        }
        List<Cell> complete = compared.filter(cell -> cell.state() != State.INCOMPLETE);
        if (complete.exists(cell -> cell.state() == State.OLDER || cell.state() == State.MISSING)) {
            return Comparison.DIFFERENT;
        }
        if (!complete.forAll(cell ->
                newest.forAll(version -> cell.newest().exists(one -> isEqual(one.version(), version))))) {
            return Comparison.UNCOMPARABLE;
        }
        return complete.size() < compared.size() ? Comparison.UNKNOWN : Comparison.SAME;
    }

    /** Returns the versions of which no newer one exists: one of each that are equal in order, newest in lists first. */
    private static List<FirmwareVersion> newest(List<FirmwareVersion> versions) {
        List<FirmwareVersion> distinct = versions.distinct();
        List<FirmwareVersion> sorted = distinct.sorted(VersionComparator.FOR_LISTS.reversed());
        List<FirmwareVersion> newest = List.empty();
        // Comparable versions are adjacent in this order, so each is compared with the previous one only.
        Option<FirmwareVersion> previous = Option.none();
        for (FirmwareVersion version : sorted) {
            boolean isNewest = previous.forAll(
                    newer -> VersionComparator.SEMANTIC.compare(newer, version).isEmpty());
            if (isNewest) {
                newest = newest.append(version);
            }
            previous = Option.some(version);
        }
        return newest;
    }

    private static boolean isEqual(FirmwareVersion one, FirmwareVersion other) {
        return VersionComparator.SEMANTIC.compare(one, other).contains(0);
    }

    private List<FirmwareSummary> packages(BackendInventory backend, Key key) {
        return byBackend.get(backend.backend()).flatMap(found -> found.get(key)).getOrElse(List.empty());
    }

    /** Returns whether the configuration has an id of the product on the backend, or the backend has packages of it. */
    private boolean hasProduct(BackendInventory backend, Key key) {
        return key.backend().equals(backend.backend())
                || inventory.products().backendsOf(key.product()).contains(backend.backend())
                || byBackend
                        .get(backend.backend())
                        .exists(found -> found.keySet()
                                .exists(other -> other.product().equals(key.product())
                                        && other.backend().equals(key.backend())));
    }
}
