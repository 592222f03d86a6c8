package io.otabridge.domain.firmware;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.batch.Answer;
import io.otabridge.domain.batch.Batch;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.PageWalk;
import io.vavr.control.Either;
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
    default Stream<Answer<FirmwareId, Firmware>> findAll(Iterable<FirmwareId> ids) {
        return findAll(ids, Batch.AT_ONCE);
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
     * @param atOnce how many at the same time, from 1 to 64
     * @throws IllegalArgumentException if {@code atOnce} is anything else
     */
    default Stream<Answer<FirmwareId, Firmware>> findAll(Iterable<FirmwareId> ids, int atOnce) {
        return Batch.stream(ids, atOnce, id -> find(id));
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
     * One page of the account's firmware packages (documents "Query OTA upgrade packages" of Huawei Cloud IoTDA and
     * "ListOTAFirmware" of Alibaba Cloud IoT Platform). Huawei lists by kind (firmware, software, modules, in this order)
     * and newest first within each; Alibaba does not document an order.
     *
     * @param filter which packages; a part that breaks the vendor's own rule is {@link OtaFailure.Rejected} before anything
     *     is sent
     * @param from {@link PageToken#FIRST}, or {@link Page#next} of the page before with the same filter
     * @return the page, which may hold no package and still have a next one; otherwise the failure that says what to do
     *     next. One entry that cannot be read makes the whole page {@link OtaFailure.UnreadableResponse}, and so does a last
     *     page if the vendor announced more packages than the pages held. That is all that one page can tell: packages that
     *     move between pages while the list changes may be missing or come twice. {@link #stream} checks that too
     */
    Either<OtaFailure, Page<FirmwareSummary>> list(FirmwareFilter filter, PageToken from);

    /**
     * All firmware packages that the filter means, lazily: a page is requested when its first item is wanted, and not before.
     * A page that fails is the last element, a {@code Left}; a stream without one is whole.
     *
     * <p>Packages are counted by id and compared with the number that the vendor announces. A list that ends short is read
     * again from its first page, and only packages not seen before are passed on; if it stays short, the stream ends with
     * {@link OtaFailure.UnreadableResponse} that names both numbers. Packages added or deleted meanwhile are no failure. On
     * Huawei Cloud IoTDA a change moves no package, and one made meanwhile may be left out. Alibaba Cloud IoT Platform numbers
     * its pages: a list whose total changed, and one of several pages without a total, is read again. After 100 readings that
     * all changed the stream ends with {@link OtaFailure.Unavailable}. If one package is deleted and one added between two
     * pages, the total stays the same and another package can be missed.
     *
     * <p>The last 10,000 ids are kept, so that memory is bounded. A longer list is not read again: if it is short or changed,
     * the stream ends with the failure at once. A caller who stops early learns nothing of the rest, and pays nothing for it.
     *
     * <p>A type of package that a Huawei platform does not know is left out, logged as a warning and reported to
     * {@link io.otabridge.domain.observation.BackendObserver#noted}; if it knows none, that is the failure.
     */
    default Stream<Either<OtaFailure, FirmwareSummary>> stream(FirmwareFilter filter) {
        return PageWalk.stream(from -> list(filter, from));
    }
}
