package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.scenario.ResponseVariation;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.batch.BatchResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.firmware.VersionComparator;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link io.otabridge.domain.firmware.FirmwareQueryPort} does with ids and lists. A test class of an adapter
 * implements this interface and the hooks of {@link BackendContract}, and inherits the tests.
 */
public interface FirmwareQueryContract extends OperationContract {

    /** Makes the vendor hold a package that has everything this vendor can say. Answers how a caller must see it. */
    Firmware givenFirmware();

    /** Makes the vendor answer for a package with this quirk. Absent if it cannot happen with this vendor. */
    Option<Firmware> givenFirmware(ResponseVariation quirk);

    /** Makes the vendor know no such package, whatever it is made to hold afterwards, and answers its id. */
    FirmwareId givenNoFirmware();

    /**
     * Makes the vendor hold at least three packages, over several pages if the vendor has pages. Answers them in the vendor's
     * order.
     */
    List<FirmwareSummary> givenFirmwareList();

    /**
     * Makes the vendor leave packages out of its lists although it still announces all of them. Called after
     * {@link #givenFirmwareList()}.
     *
     * @param listings how many listings are short; later ones are whole. Lists of one version may stay whole
     * @return whether it can: false if this vendor announces no number
     */
    boolean givenShortFirmwareLists(int listings);

    /** An id that obeys the domain's rule but breaks the vendor's; absent if the vendor has no rule of its own. */
    Option<FirmwareId> idAgainstTheVendorsRule();

    @Test
    default void finds_firmware_with_all_the_vendor_says() {
        Firmware held = givenFirmware();

        assertThat(backend().firmware().find(held.id()).get()).isEqualTo(held);
    }

    @Test
    default void tells_of_firmware_what_the_backend_declares() {
        Firmware held = givenFirmware();
        Capabilities declared = backend().capabilities();

        Firmware found = backend().firmware().find(held.id()).get();

        assertThat(found.verification() instanceof Verification.NotOffered)
                .isNotEqualTo(declared.has(Capability.VERIFICATION));
        assertThat(found.kind() instanceof UpdateKind.NotStated).isNotEqualTo(declared.has(Capability.UPDATE_KIND));
    }

    @ParameterizedTest
    @EnumSource
    default void finds_firmware_in_spite_of(ResponseVariation quirk) {
        Option<Firmware> held = givenFirmware(quirk);
        Assumptions.assumeTrue(held.isDefined(), quirk + " cannot happen with this vendor");

        assertThat(backend().firmware().find(held.get().id()).get()).isEqualTo(held.get());
    }

    @Test
    default void answers_not_found_for_firmware_nobody_knows() {
        FirmwareId unknown = givenNoFirmware();

        OtaFailure failure = backend().firmware().find(unknown).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).contains(unknown.value());
        expectOriginAndAdvice(failure);
    }

    @Test
    default void answers_no_firmware_for_an_id_that_reads_like_a_path() {
        givenNoFirmware();

        for (String odd : List.of(".", "..", "a/b", "a?b=c", "a#b", "a%2Fb", "a&b=c")) {
            assertThat(backend().firmware().find(FirmwareId.of(odd)).getLeft())
                    .as(odd)
                    .isInstanceOfAny(OtaFailure.NotFound.class, OtaFailure.Rejected.class);
        }
    }

    @Test
    default void refuses_a_firmware_id_the_vendor_would_refuse() {
        Option<FirmwareId> wrong = idAgainstTheVendorsRule();
        Assumptions.assumeTrue(wrong.isDefined(), "this vendor has no rule of its own");

        OtaFailure failure = backend().firmware().find(wrong.get()).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary())
                .contains("\"" + wrong.get().value() + "\"")
                .contains("must be");
        expectOriginAndAdvice(failure);
        assertThat(requestsSent()).isZero();
    }

    @Test
    default void answers_for_each_firmware_id_of_many() {
        FirmwareId unknown = givenNoFirmware();
        Firmware held = givenFirmware();

        List<BatchResult<FirmwareId, Firmware>> answers = List.ofAll(backend()
                .firmware()
                .findAll(List.of(held.id(), unknown, held.id()))
                .toList());

        assertThat(answers.map(BatchResult::id)).containsExactlyInAnyOrder(held.id(), unknown);
        assertThat(answers).contains(new BatchResult<>(held.id(), Either.right(held)));
        OtaFailure failure = answers.find(answer -> answer.id().equals(unknown))
                .get()
                .found()
                .getLeft();
        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        expectOriginAndAdvice(failure);
    }

    @Test
    default void answers_for_each_firmware_id_of_many_in_an_outage() {
        Assumptions.assumeTrue(canBefall(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        List<FirmwareId> ids = List.of(givenNoFirmware(), givenFirmware().id()).distinct();
        givenTrouble(FailureScenario.VENDOR_OUTAGE);

        List<BatchResult<FirmwareId, Firmware>> answers =
                List.ofAll(backend().firmware().findAll(ids).toList());

        assertThat(answers.map(BatchResult::id)).containsExactlyInAnyOrderElementsOf(ids);
        answers.forEach(answer -> expectFailure(answer.found().getLeft(), FailureScenario.VENDOR_OUTAGE));
    }

    @Test
    default void asks_for_no_firmware_of_many_that_nobody_wants() {
        Firmware held = givenFirmware();
        int before = requestsSent();

        assertThat(backend().firmware().findAll(List.empty())).isEmpty();
        backend().firmware().findAll(List.of(held.id())).close();

        assertThat(requestsSent()).isEqualTo(before);
    }

    @Test
    default void answers_an_interrupted_thread_about_many_firmware_ids() {
        List<FirmwareId> ids = List.of(givenNoFirmware(), givenFirmware().id()).distinct();
        givenTrouble(FailureScenario.NO_ANSWER_IN_TIME);

        Thread.currentThread().interrupt();
        List<BatchResult<FirmwareId, Firmware>> answers =
                List.ofAll(backend().firmware().findAll(ids).toList());

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(answers.map(BatchResult::id)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(answers)
                .extracting(answer -> answer.found().getLeft())
                .hasOnlyElementsOfType(OtaFailure.Cancelled.class);
    }

    @Test
    default void lists_every_firmware_once_in_each_pagination() {
        List<FirmwareSummary> held = givenFirmwareList();
        java.util.List<FirmwareSummary> consumed = new ArrayList<>();

        Pages<FirmwareSummary> pages = backend().firmware().list(FirmwareFilter.all());

        assertThat(pages.toList().get()).containsExactlyElementsOf(held);
        assertThat(pages.stream()).containsExactlyElementsOf(held);
        assertThat(pages.stream().count()).isEqualTo(held.size());
        assertThat(pages.forEach(consumed::add).get()).isEqualTo(held.size());
        assertThat(consumed).containsExactlyElementsOf(held);
    }

    @Test
    default void lists_firmware_again_if_the_list_was_short() {
        List<FirmwareSummary> held = givenFirmwareList();
        Assumptions.assumeTrue(givenShortFirmwareLists(1), "this vendor announces no number of packages");

        assertThat(backend().firmware().list(FirmwareFilter.all()).toList().get())
                .containsExactlyInAnyOrderElementsOf(held);
    }

    @Test
    default void fails_if_the_firmware_list_stays_short() {
        List<FirmwareSummary> held = givenFirmwareList();
        Assumptions.assumeTrue(
                givenShortFirmwareLists(Integer.MAX_VALUE), "this vendor announces no number of packages");
        java.util.List<FirmwareSummary> listed = new ArrayList<>();

        OtaFailure list = backend()
                .firmware()
                .list(FirmwareFilter.all())
                .forEach(listed::add)
                .getLeft();
        OtaFailure newest = backend()
                .firmware()
                .newest(FirmwareFilter.all(), FirmwareOrder.byVersion(VersionComparator.SEMANTIC))
                .getLeft();

        assertThat(listed).isSubsetOf(held).doesNotHaveDuplicates();
        for (OtaFailure failure : List.of(list, newest)) {
            assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
            assertThat(failure.summary()).containsPattern("announced [0-9]+ firmware packages and sent [0-9]+");
            expectOriginAndAdvice(failure);
        }
    }

    @Test
    default void lists_firmware_page_by_page() {
        List<FirmwareSummary> held = givenFirmwareList();
        List<FirmwareSummary> listed = List.empty();
        Option<PageToken> next = Option.some(PageToken.FIRST);

        while (next.isDefined()) {
            Page<FirmwareSummary> page = backend()
                    .firmware()
                    .list(FirmwareFilter.all())
                    .page(next.get())
                    .get();
            listed = listed.appendAll(page.items());
            next = page.next();
        }

        assertThat(listed).containsExactlyElementsOf(held);
    }

    @Test
    default void rejects_the_token_of_another_list_of_firmware() {
        givenFirmwareList();

        OtaFailure failure = backend()
                .firmware()
                .list(FirmwareFilter.all())
                .page(FOREIGN_TOKEN)
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        expectOriginAndAdvice(failure);
    }

    @Test
    default void asks_for_no_firmware_page_that_nobody_wants() {
        List<FirmwareSummary> held = givenFirmwareList();

        Stream<FirmwareSummary> firmware = backend().firmware().list(FirmwareFilter.all()).stream();
        assertThat(requestsSent()).isZero();
        assertThat(firmware.limit(1)).containsExactly(held.head());
        assertThat(requestsSent()).isLessThanOrEqualTo(1);
    }

    @Test
    default void lists_only_firmware_that_the_filter_means() {
        List<FirmwareSummary> held = givenFirmwareList();
        FirmwareSummary meant = held.last();
        FirmwareFilter version = FirmwareFilter.all().version(meant.version());
        FirmwareFilter target = FirmwareFilter.all().target(meant.target());

        for (FirmwareFilter filter : List.of(version, target, version.target(meant.target()))) {
            assertThat(backend().firmware().list(filter).toList().get())
                    .as(filter.toString())
                    .containsExactlyElementsOf(held.filter(filter::matches))
                    .contains(meant);
        }
    }

    @Test
    default void ends_with_the_failure_when_a_later_firmware_page_fails() {
        List<FirmwareSummary> held = givenFirmwareList();
        Pages<FirmwareSummary> pages = backend().firmware().list(FirmwareFilter.all());
        Assumptions.assumeTrue(
                pages.page(PageToken.FIRST).get().next().isDefined(), "this vendor answers the list on one page");

        expectFailureAfterItems(pages, held);
    }

    @Test
    default void takes_no_outage_for_an_empty_list_of_firmware() {
        Assumptions.assumeTrue(canBefall(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        givenFirmwareList();
        givenTrouble(FailureScenario.VENDOR_OUTAGE);

        expectNoEmptyList(backend().firmware().list(FirmwareFilter.all()), FailureScenario.VENDOR_OUTAGE);
    }

    @Test
    default void answers_many_threads_at_once_about_firmware() {
        Firmware held = givenFirmware();

        assertThat(inManyThreads(() -> backend().firmware().find(held.id()).get()))
                .containsOnly(held);
    }
}
