package io.otabridge.huawei.firmware;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.page.PageIterator;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Finds out whether packages use an object. Lists do not contain the object of a package, so each listed package is
 * requested once, 8 at the same time: a resource space with the maximum of 200 packages costs 4 to 6 calls for lists and
 * up to 200 for packages. IoTDA cannot update a package, so its object is remembered, and further checks cost the lists
 * and the packages that are new. Safe for use by multiple threads.
 */
final class ObjectUsers {

    private final FirmwareQueryPort firmware;
    private final Map<FirmwareId, List<FileLocation.ObjectStore>> known = new ConcurrentHashMap<>();

    ObjectUsers(FirmwareQueryPort firmware) {
        this.firmware = firmware;
    }

    /**
     * Returns whether another package uses an object.
     *
     * @param filter the packages to look at
     * @param except the package that does not count
     * @return the failure if a package or a list cannot be read, unless one that uses the object was found
     */
    Either<OtaFailure, Boolean> isUsed(
            FileLocation.ObjectStore object, FirmwareFilter filter, List<FirmwareId> except) {
        Either<OtaFailure, List<FirmwareSummary>> listed = listed(filter);
        if (listed.isLeft()) {
            return Either.left(listed.getLeft());
        }
        except.forEach(known::remove);
        List<FirmwareId> ids = listed.get().map(FirmwareSummary::id).removeAll(except);
        if (filter.equals(FirmwareFilter.all())) {
            // Packages that were deleted.
            known.keySet().retainAll(ids.asJava());
        }
        if (ids.flatMap(id -> Option.of(known.get(id))).exists(locations -> uses(locations, object))) {
            return Either.right(true);
        }
        Either<OtaFailure, Boolean> result = Either.right(false);
        try (Stream<LookupResult<FirmwareId, Firmware>> found = firmware.findAll(ids.reject(known::containsKey))) {
            Iterator<LookupResult<FirmwareId, Firmware>> results = found.iterator();
            while (results.hasNext()) {
                LookupResult<FirmwareId, Firmware> one = results.next();
                Either<OtaFailure, List<FileLocation.ObjectStore>> next =
                        one.result().map(ObjectUsers::objects);
                next.forEach(objects -> known.put(one.id(), objects));
                if (next.exists(objects -> uses(objects, object))) {
                    return Either.right(true);
                }
                if (next.isLeft() && !(next.getLeft() instanceof OtaFailure.NotFound)) {
                    result = Either.left(next.getLeft());
                }
            }
        }
        return result;
    }

    private Either<OtaFailure, List<FirmwareSummary>> listed(FirmwareFilter filter) {
        Iterator<Either<OtaFailure, FirmwareSummary>> packages =
                PageIterator.stream(firmware.list(filter)).iterator();
        java.util.List<FirmwareSummary> summaries = new java.util.ArrayList<>();
        while (packages.hasNext()) {
            Either<OtaFailure, FirmwareSummary> next = packages.next();
            if (next.isLeft()) {
                return Either.left(next.getLeft());
            }
            summaries.add(next.get());
        }
        return Either.right(List.ofAll(summaries));
    }

    /** Bucket names are unique in all regions. */
    private static boolean uses(List<FileLocation.ObjectStore> objects, FileLocation.ObjectStore object) {
        return objects.exists(
                other -> other.bucket().equals(object.bucket()) && other.key().equals(object.key()));
    }

    /** Returns the objects of a package. */
    static List<FileLocation.ObjectStore> objects(Firmware firmware) {
        return firmware.files()
                .flatMap(FirmwareFile::location)
                .filter(FileLocation.ObjectStore.class::isInstance)
                .map(FileLocation.ObjectStore.class::cast);
    }
}
