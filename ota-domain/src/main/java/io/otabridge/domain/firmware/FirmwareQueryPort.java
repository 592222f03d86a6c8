package io.otabridge.domain.firmware;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.batch.ConcurrentLookup;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.page.Pages;
import io.vavr.control.Either;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Queries firmware packages of one backend. Implementations are safe for use by multiple threads. Methods block until
 * the result is available or the deadline has passed, and return a failure for every error of the network or the
 * vendor; they do not throw. An interrupt ends the call with {@link OtaFailure.Cancelled}, at the latest at the
 * deadline; the interrupt flag stays set.
 */
public interface FirmwareQueryPort {

    /**
     * Finds a firmware package by its id, with all details (documents "Query OTA upgrade package details" of Huawei
     * Cloud IoTDA and "QueryOTAFirmware" of Alibaba Cloud IoT Platform).
     *
     * @param id the vendor's id. An id that violates the vendor's constraint is {@link OtaFailure.Rejected} before
     *     anything is sent
     * @return the package; {@link OtaFailure.NotFound} if it does not exist; otherwise the failure. A response without
     *     an id or a version, or with a field of the wrong type, is {@link OtaFailure.UnreadableResponse}; no field is
     *     guessed
     */
    Either<OtaFailure, Firmware> find(FirmwareId id);

    /** Finds many packages, 8 at the same time. See {@link #findAll(Iterable, int)}. */
    default Stream<LookupResult<FirmwareId, Firmware>> findAll(Iterable<FirmwareId> ids) {
        return findAll(ids, ConcurrentLookup.DEFAULT_CONCURRENCY);
    }

    /**
     * Finds many packages concurrently, each as with {@link #find(FirmwareId)}, within the account's quota. Results
     * arrive in order of completion, one for each distinct id. A failure belongs to its id only and does not end the
     * stream.
     *
     * <p>The stream is for one thread and sends nothing before its first element is requested. Close it unless it is
     * read to its end: closing sends no further requests, interrupts the running calls, and ends their threads (daemons
     * named {@code ota-find-…}). After an interrupt of the reading thread the interrupt flag stays set, and each
     * remaining id gets the result that {@link #find(FirmwareId)} returns to an interrupted thread: {@link
     * OtaFailure.Cancelled}. Exceptions of an adapter are thrown to the reading thread.
     *
     * @param concurrency the number of concurrent calls, 1 to 64
     * @throws IllegalArgumentException if {@code concurrency} is out of range
     */
    default Stream<LookupResult<FirmwareId, Firmware>> findAll(Iterable<FirmwareId> ids, int concurrency) {
        return ConcurrentLookup.stream(ids, concurrency, id -> find(id));
    }

    /**
     * Finds a firmware package by its coordinates, with all details. Neither vendor offers this call, so it lists the
     * packages with these coordinates and then requests the package by its id.
     *
     * @param coordinates a part that violates the vendor's constraint is {@link OtaFailure.Rejected} before anything is
     *     sent
     * @return the package; {@link OtaFailure.NotFound} if it does not exist; {@link OtaFailure.Rejected} with the ids
     *     if several packages match, which vendors may allow; {@link OtaFailure.UnreadableResponse} if the list is
     *     incomplete, or if the details name another product, target or version than requested (omitted parts are
     *     accepted); otherwise the failure
     */
    Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates);

    /**
     * Finds the newest package that matches the filter, with as few calls as possible. Huawei Cloud IoTDA lists the
     * packages of one target newest first, so the newest by creation is the first match; otherwise all pages are read.
     *
     * @param filter selects the packages, as for {@link #list}
     * @param order defines "newer". By creation, several packages of which one has no readable time are {@link
     *     OtaFailure.UnreadableResponse}; of packages created at the same time the first in the vendor's order is the
     *     newest
     * @return the package; {@link OtaFailure.NotFound} if none matches; {@link OtaFailure.Rejected} with both versions
     *     if the order cannot compare two matching packages, or if several packages have the newest version and their
     *     creation times do not decide; otherwise the failure
     */
    Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order);

    /**
     * Lists the packages that match the filter (documents "Query OTA upgrade packages" of Huawei Cloud IoTDA and
     * "ListOTAFirmware" of Alibaba Cloud IoT Platform). This method sends nothing; the methods of {@link Pages} do.
     * Huawei lists by type (firmware, software, modules, in this order), newest first within each type; Alibaba does
     * not document an order.
     *
     * <p>Packages are counted by id and compared with the total that the vendor announces. A list that ends short is
     * read again from its first page, and only packages not seen before are returned; if it stays short, it fails with
     * {@link OtaFailure.UnreadableResponse} that names both numbers. Concurrent additions and deletions are not a
     * failure. On Huawei Cloud IoTDA a change moves no package, and a package added during pagination may be missing.
     * Alibaba Cloud IoT Platform numbers its pages: a list whose total changed, and a list of several pages without a
     * total, is read again. If the list changed during each of 100 readings, it fails with {@link
     * OtaFailure.Unavailable}. If one package is deleted and one added between two pages, the total stays the same and
     * another package can be missed.
     *
     * <p>The last 10,000 ids are remembered, so memory is bounded. A longer list is not read again: if it is short or
     * changed, it fails at once.
     *
     * <p>A package type that a Huawei platform does not support is skipped, logged as a warning and reported to {@link
     * io.otabridge.domain.observation.BackendObserver#warned}; if the platform supports none, the list fails.
     *
     * @param filter selects the packages; a part that violates the vendor's constraint is {@link OtaFailure.Rejected}
     *     before anything is sent
     * @return the list, which may be empty. An unreadable entry makes its page {@link OtaFailure.UnreadableResponse}. A
     *     page may be empty and still have a next page
     */
    Pages<FirmwareSummary> list(FirmwareFilter filter);

    /**
     * Downloads a file of a package and verifies it. The digest is computed over all bytes while they arrive. The file
     * appears under its name only when it is complete and correct. An interrupted download continues where it ended,
     * also in a later call, if the stored object is still the same; a link that expires in between is requested again.
     *
     * <p>The backend's deadline is the stall timeout: the time without any progress. There is no limit for the whole
     * download; interrupt the thread to end it.
     *
     * @param id the vendor's id of the package
     * @param download the target file, what to verify, and limits
     * @return the file; {@link OtaFailure.NotFound} if the package, or the file within it, does not exist; {@link
     *     OtaFailure.DigestMismatch} if size or digest are wrong, and nothing is kept then; {@link OtaFailure.Rejected}
     *     if a digest is required and there is none, if the file is larger than the limit, or if it cannot be written;
     *     otherwise the failure
     */
    default Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
        return Either.left(unsupported(Capability.DOWNLOAD_FIRMWARE));
    }

    /**
     * Returns the failure of an operation that the backend does not support. Optional operations return it by default.
     */
    OtaFailure unsupported(Capability missing);

    /**
     * Returns a port whose operations return a failure. Nothing is sent.
     *
     * @param failure creates the failure for the missing capability
     */
    static FirmwareQueryPort unsupported(Function<Capability, OtaFailure> failure) {
        return new FirmwareQueryPort() {
            @Override
            public Either<OtaFailure, Firmware> find(FirmwareId id) {
                return Either.left(failure.apply(Capability.FIND_FIRMWARE));
            }

            @Override
            public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
                return Either.left(failure.apply(Capability.LIST_FIRMWARE));
            }

            @Override
            public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
                return Either.left(failure.apply(Capability.LIST_FIRMWARE));
            }

            @Override
            public OtaFailure unsupported(Capability missing) {
                return failure.apply(missing);
            }

            @Override
            public Pages<FirmwareSummary> list(FirmwareFilter filter) {
                return Pages.of(from -> Either.left(failure.apply(Capability.LIST_FIRMWARE)));
            }
        };
    }
}
