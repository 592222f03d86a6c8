package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.scenario.ResponseVariation;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.batch.LookupResult;
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
 * The contract of {@link io.otabridge.domain.firmware.FirmwareQueryPort} for ids and lists. The test class of an
 * adapter implements this interface and its hooks, and inherits the tests.
 */
public interface FirmwareQueryContract extends OperationContract {

    /** Adds a package with every field that this vendor supports, and returns what a caller must receive. */
    Firmware givenFirmware();

    /**
     * Adds a package whose response has this variation, and returns what a caller must receive; none if the variation
     * cannot occur with this vendor.
     */
    Option<Firmware> givenFirmware(ResponseVariation variation);

    /** Returns an id that no package has, packages that are added later included. */
    FirmwareId givenNoFirmware();

    /**
     * Adds at least three packages, on several pages if the vendor has pages, and returns them in the vendor's order.
     */
    List<FirmwareSummary> givenFirmwareList();

    /**
     * Makes the vendor omit packages from its lists while the announced total stays the same. Called after
     * {@link #givenFirmwareList()}.
     *
     * @param listings the number of incomplete listings; later ones are complete. Lists of one version may stay
     * complete
     * @return false if this vendor announces no total
     */
    boolean givenIncompleteFirmwareLists(int listings);

    /**
     * Returns an id that is valid in the domain but invalid for this vendor; none if the vendor has no rule for ids.
     */
    Option<FirmwareId> invalidFirmwareId();

    @Test
    default void finds_firmware_with_all_its_fields() {
        Firmware existing = givenFirmware();

        assertThat(backend().firmware().find(existing.id()).get()).isEqualTo(existing);
    }

    @Test
    default void firmware_has_the_fields_that_the_capabilities_declare() {
        Firmware existing = givenFirmware();
        Capabilities declared = backend().capabilities();

        Firmware found = backend().firmware().find(existing.id()).get();

        assertThat(found.verification() instanceof Verification.NotOffered)
                .isNotEqualTo(declared.has(Capability.VERIFICATION));
        assertThat(found.kind() instanceof UpdateKind.NotStated).isNotEqualTo(declared.has(Capability.UPDATE_KIND));
    }

    @ParameterizedTest
    @EnumSource
    default void finds_firmware_despite(ResponseVariation variation) {
        Option<Firmware> existing = givenFirmware(variation);
        Assumptions.assumeTrue(existing.isDefined(), variation + " cannot occur with this vendor");

        assertThat(backend().firmware().find(existing.get().id()).get()).isEqualTo(existing.get());
    }

    @Test
    default void returns_not_found_for_unknown_firmware() {
        FirmwareId unknown = givenNoFirmware();

        OtaFailure failure = backend().firmware().find(unknown).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).contains(unknown.value());
        expectOriginAndAdvice(failure);
    }

    @Test
    default void finds_no_firmware_for_an_id_that_looks_like_a_path() {
        givenNoFirmware();

        for (String id : List.of(".", "..", "a/b", "a?b=c", "a#b", "a%2Fb", "a&b=c")) {
            assertThat(backend().firmware().find(FirmwareId.of(id)).getLeft())
                    .as(id)
                    .isInstanceOfAny(OtaFailure.NotFound.class, OtaFailure.Rejected.class);
        }
    }

    @Test
    default void rejects_an_invalid_firmware_id_without_a_request() {
        Option<FirmwareId> invalid = invalidFirmwareId();
        Assumptions.assumeTrue(invalid.isDefined(), "this vendor has no rule for ids");

        OtaFailure failure = backend().firmware().find(invalid.get()).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary())
                .contains("\"" + invalid.get().value() + "\"")
                .contains("must be");
        expectOriginAndAdvice(failure);
        assertThat(requestsSent()).isZero();
    }

    @Test
    default void returns_one_result_for_each_firmware_id() {
        FirmwareId unknown = givenNoFirmware();
        Firmware existing = givenFirmware();

        List<LookupResult<FirmwareId, Firmware>> results = List.ofAll(backend()
                .firmware()
                .findAll(List.of(existing.id(), unknown, existing.id()))
                .toList());

        assertThat(results.map(LookupResult::id)).containsExactlyInAnyOrder(existing.id(), unknown);
        assertThat(results).contains(new LookupResult<>(existing.id(), Either.right(existing)));
        OtaFailure failure = results.find(result -> result.id().equals(unknown))
                .get()
                .result()
                .getLeft();
        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        expectOriginAndAdvice(failure);
    }

    @Test
    default void returns_one_failure_for_each_firmware_id_in_an_outage() {
        Assumptions.assumeTrue(supportsScenario(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        List<FirmwareId> ids = List.of(givenNoFirmware(), givenFirmware().id()).distinct();
        givenFailure(FailureScenario.VENDOR_OUTAGE);

        List<LookupResult<FirmwareId, Firmware>> results =
                List.ofAll(backend().firmware().findAll(ids).toList());

        assertThat(results.map(LookupResult::id)).containsExactlyInAnyOrderElementsOf(ids);
        results.forEach(result -> expectFailure(result.result().getLeft(), FailureScenario.VENDOR_OUTAGE));
    }

    @Test
    default void sends_no_request_for_firmware_that_is_not_consumed() {
        Firmware existing = givenFirmware();
        int before = requestsSent();

        assertThat(backend().firmware().findAll(List.empty())).isEmpty();
        backend().firmware().findAll(List.of(existing.id())).close();

        assertThat(requestsSent()).isEqualTo(before);
    }

    @Test
    default void returns_cancelled_for_each_firmware_id_on_an_interrupted_thread() {
        List<FirmwareId> ids = List.of(givenNoFirmware(), givenFirmware().id()).distinct();
        givenFailure(FailureScenario.RESPONSE_TIMEOUT);

        Thread.currentThread().interrupt();
        List<LookupResult<FirmwareId, Firmware>> results =
                List.ofAll(backend().firmware().findAll(ids).toList());

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(results.map(LookupResult::id)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(results)
                .extracting(result -> result.result().getLeft())
                .hasOnlyElementsOfType(OtaFailure.Cancelled.class);
    }

    @Test
    default void each_pagination_lists_every_firmware_once() {
        List<FirmwareSummary> existing = givenFirmwareList();
        java.util.List<FirmwareSummary> consumed = new ArrayList<>();

        Pages<FirmwareSummary> pages = backend().firmware().list(FirmwareFilter.all());

        assertThat(pages.toList().get()).containsExactlyElementsOf(existing);
        assertThat(pages.stream()).containsExactlyElementsOf(existing);
        assertThat(pages.stream().count()).isEqualTo(existing.size());
        assertThat(pages.forEach(consumed::add).get()).isEqualTo(existing.size());
        assertThat(consumed).containsExactlyElementsOf(existing);
    }

    @Test
    default void lists_firmware_again_if_the_list_was_incomplete() {
        List<FirmwareSummary> existing = givenFirmwareList();
        Assumptions.assumeTrue(givenIncompleteFirmwareLists(1), "this vendor announces no total");

        assertThat(backend().firmware().list(FirmwareFilter.all()).toList().get())
                .containsExactlyInAnyOrderElementsOf(existing);
    }

    @Test
    default void fails_if_the_firmware_list_stays_incomplete() {
        List<FirmwareSummary> existing = givenFirmwareList();
        Assumptions.assumeTrue(givenIncompleteFirmwareLists(Integer.MAX_VALUE), "this vendor announces no total");
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

        assertThat(listed).isSubsetOf(existing).doesNotHaveDuplicates();
        for (OtaFailure failure : List.of(list, newest)) {
            assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
            assertThat(failure.summary()).containsPattern("announced [0-9]+ firmware packages and sent [0-9]+");
            expectOriginAndAdvice(failure);
        }
    }

    @Test
    default void lists_firmware_page_by_page() {
        List<FirmwareSummary> existing = givenFirmwareList();
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

        assertThat(listed).containsExactlyElementsOf(existing);
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
    default void requests_no_firmware_page_that_is_not_consumed() {
        List<FirmwareSummary> existing = givenFirmwareList();

        Stream<FirmwareSummary> firmware = backend().firmware().list(FirmwareFilter.all()).stream();
        assertThat(requestsSent()).isZero();
        assertThat(firmware.limit(1)).containsExactly(existing.head());
        assertThat(requestsSent()).isLessThanOrEqualTo(1);
    }

    @Test
    default void lists_only_firmware_that_matches_the_filter() {
        List<FirmwareSummary> existing = givenFirmwareList();
        FirmwareSummary wanted = existing.last();
        FirmwareFilter version = FirmwareFilter.all().version(wanted.version());
        FirmwareFilter target = FirmwareFilter.all().target(wanted.target());

        for (FirmwareFilter filter : List.of(version, target, version.target(wanted.target()))) {
            assertThat(backend().firmware().list(filter).toList().get())
                    .as(filter.toString())
                    .containsExactlyElementsOf(existing.filter(filter::matches))
                    .contains(wanted);
        }
    }

    @Test
    default void passes_on_earlier_firmware_before_the_failure_of_a_later_page() {
        List<FirmwareSummary> existing = givenFirmwareList();
        Pages<FirmwareSummary> pages = backend().firmware().list(FirmwareFilter.all());
        Assumptions.assumeTrue(
                pages.page(PageToken.FIRST).get().next().isDefined(), "this vendor returns the list on one page");

        expectFailureAfterItems(pages, existing);
    }

    @Test
    default void does_not_report_an_outage_as_an_empty_list_of_firmware() {
        Assumptions.assumeTrue(supportsScenario(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        givenFirmwareList();
        givenFailure(FailureScenario.VENDOR_OUTAGE);

        expectListFailure(backend().firmware().list(FirmwareFilter.all()), FailureScenario.VENDOR_OUTAGE);
    }

    @Test
    default void finds_firmware_concurrently() {
        Firmware existing = givenFirmware();

        assertThat(callConcurrently(
                        () -> backend().firmware().find(existing.id()).get()))
                .containsOnly(existing);
    }
}
