package io.otabridge.domain.firmware;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.batch.BatchResult;
import io.otabridge.domain.batch.ConcurrentLookup;
import io.otabridge.domain.page.Pages;
import io.vavr.control.Either;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Asks one backend about firmware packages. Implementations are safe for many threads, block the calling thread until the
 * answer is there or the deadline has passed, and never throw for anything that the remote side does. An interrupt ends
 * the call when it is next noticed, at the latest at the deadline, with {@link OtaFailure.Cancelled}; the interrupt flag
 * stays set.
 */
public interface FirmwareQueryPort {

    /**
     * The firmware package with this id, with everything the vendor says about it (documents "Query OTA upgrade package
     * details" of Huawei Cloud IoTDA and "QueryOTAFirmware" of Alibaba Cloud IoT Platform).
     *
     * @param id the vendor's id. One that breaks the vendor's own rule is {@link OtaFailure.Rejected} before anything is sent
     * @return the package; {@link OtaFailure.NotFound} if the vendor knows no such id; otherwise the failure that says what
     *     to do next. An answer that lacks the id or the version, or holds a member of the wrong type, is
     *     {@link OtaFailure.UnreadableResponse}, never a package with guessed parts
     */
    Either<OtaFailure, Firmware> find(FirmwareId id);

    /** The same as {@link #findAll(Iterable, int)} with 8 at a time. */
    default Stream<BatchResult<FirmwareId, Firmware>> findAll(Iterable<FirmwareId> ids) {
        return findAll(ids, ConcurrentLookup.DEFAULT_CONCURRENCY);
    }

    /**
     * The firmware packages with these ids, each asked for as with {@link #find(FirmwareId)}, several at the same time and
     * within the account's quota. Answers come as they are there, one for each id; a repeated one is asked for once. A
     * failure is the answer for its own id alone and ends nothing.
     *
     * <p>The stream is for one thread and asks nothing before its first element is wanted. Close it if it is not taken to its
     * end: then nothing more is asked, calls that are under way are interrupted, and their threads, daemons named
     * {@code ota-find-…}, end. After an interrupt of the thread that takes the answers the interrupt flag stays set, and
     * what is left is answered as {@link #find(FirmwareId)} answers an interrupted thread: {@link OtaFailure.Cancelled}.
     * What an adapter throws reaches the thread that takes the answers.
     *
     * @param concurrency how many at the same time, from 1 to 64
     * @throws IllegalArgumentException if {@code concurrency} is anything else
     */
    default Stream<BatchResult<FirmwareId, Firmware>> findAll(Iterable<FirmwareId> ids, int concurrency) {
        return ConcurrentLookup.stream(ids, concurrency, id -> find(id));
    }

    /**
     * The firmware package with these coordinates, with everything the vendor says about it. Neither vendor has a call for
     * this, so the list that the coordinates narrow is walked, and the package then asked for by its id.
     *
     * @param coordinates a part that breaks the vendor's own rule is {@link OtaFailure.Rejected} before anything is sent
     * @return the package; {@link OtaFailure.NotFound} if there is none; {@link OtaFailure.Rejected}, with the ids, if there
     *     are several, as vendors may allow; {@link OtaFailure.UnreadableResponse} if the list is not whole, or if the details
     *     name another product, target or version than requested (a part that they leave out is no contradiction); otherwise
     *     the failure that says what to do next
     */
    Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates);

    /**
     * The newest of the firmware packages that the filter means, with as few calls as the vendor allows: Huawei Cloud IoTDA
     * lists the packages for one target from newer to older, so that the newest by creation stands on the first page that
     * has one; otherwise the list is walked to its end.
     *
     * @param filter which packages, as for {@link #list}
     * @param order what "newer" means. By creation, several packages of which one has no readable time are
     *     {@link OtaFailure.UnreadableResponse}; of packages created at the same time the first in the vendor's order counts
     * @return the package; {@link OtaFailure.NotFound} if the filter means none; {@link OtaFailure.Rejected}, with both
     *     versions, if the order cannot compare the versions of two packages that the filter means, or if the newest version
     *     has several packages and it is not known which was created last; otherwise the failure that says what to do next
     */
    Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order);

    /**
     * The firmware packages that the filter means (documents "Query OTA upgrade packages" of Huawei Cloud IoTDA and
     * "ListOTAFirmware" of Alibaba Cloud IoT Platform). This method sends nothing; the methods of {@link Pages} do. Huawei lists
     * by kind (firmware, software, modules, in this order) and newest first within each; Alibaba does not document an order.
     *
     * <p>Packages are counted by id and compared with the number that the vendor announces. A list that ends short is read
     * again from its first page, and only packages not seen before are passed on; if it stays short, it fails with
     * {@link OtaFailure.UnreadableResponse} that names both numbers. Packages added or deleted meanwhile are no failure. On
     * Huawei Cloud IoTDA a change moves no package, and one made meanwhile may be left out. Alibaba Cloud IoT Platform numbers
     * its pages: a list whose total changed, and one of several pages without a total, is read again. After 100 readings that
     * all changed the list fails with {@link OtaFailure.Unavailable}. If one package is deleted and one added between two
     * pages, the total stays the same and another package can be missed.
     *
     * <p>The last 10,000 ids are kept, so that memory is bounded. A longer list is not read again: if it is short or changed,
     * it fails at once.
     *
     * <p>A type of package that a Huawei platform does not know is left out, logged as a warning and reported to
     * {@link io.otabridge.domain.observation.BackendObserver#noted}; if it knows none, that is the failure.
     *
     * @param filter which packages; a part that breaks the vendor's own rule is {@link OtaFailure.Rejected} before anything
     *     is sent
     * @return the list, which may have no package. One entry that cannot be read makes its page
     *     {@link OtaFailure.UnreadableResponse}. A single page may have no package and still have a next one
     */
    Pages<FirmwareSummary> list(FirmwareFilter filter);

    /**
     * The port of a backend that has none of these operations. Nothing is sent.
     *
     * @param failure the failure for an operation that needs this capability
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
            public Pages<FirmwareSummary> list(FirmwareFilter filter) {
                return Pages.of(from -> Either.left(failure.apply(Capability.LIST_FIRMWARE)));
            }
        };
    }
}
