package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.ProductSummary;
import io.vavr.collection.List;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract of {@link io.otabridge.domain.product.ProductQueryPort} and {@link
 * io.otabridge.domain.product.DeviceGroupQueryPort}. The test class of an adapter implements this interface and its
 * hooks, and inherits the tests. A list that the backend does not declare must be unsupported.
 */
public interface ResourceListContract extends OperationContract {

    /** A list of the ports. */
    enum Resource {
        /** {@code products().list()}. */
        PRODUCTS(Capability.LIST_PRODUCTS),
        /** {@code deviceGroups().list()}. */
        DEVICE_GROUPS(Capability.LIST_DEVICE_GROUPS);

        private final Capability capability;

        Resource(Capability capability) {
            this.capability = capability;
        }

        Capability capability() {
            return capability;
        }

        @SuppressWarnings("unchecked")
        Pages<Object> list(Backend backend) {
            Pages<?> list = this == PRODUCTS
                    ? backend.products().list()
                    : backend.deviceGroups().list();
            return (Pages<Object>) list;
        }
    }

    /** Adds products on at least two pages, and returns all products of the vendor in its order. */
    List<ProductSummary> givenProducts();

    /** Adds device groups on at least two pages, and returns all device groups of the vendor in its order. */
    List<DeviceGroup> givenDeviceGroups();

    /**
     * Makes the vendor omit entries from this list while the announced total stays the same. Called after entries were
     * added.
     *
     * @param listings the number of incomplete listings; later ones are complete
     */
    void givenIncompleteLists(Resource resource, int listings);

    private boolean isSupported(Resource resource) {
        return isSupported(resource.capability(), () -> resource.list(backend()).toList());
    }

    private List<Object> given(Resource resource) {
        assumeTrue(isSupported(resource), resource + " are not supported by this backend");
        return List.narrow(resource == Resource.PRODUCTS ? givenProducts() : givenDeviceGroups());
    }

    @ParameterizedTest
    @EnumSource
    default void each_pagination_lists_every_entry_once_or_is_unsupported(Resource resource) {
        if (!isSupported(resource)) {
            return;
        }
        List<Object> existing = given(resource);
        java.util.List<Object> consumed = new ArrayList<>();

        Pages<Object> pages = resource.list(backend());

        assertThat(pages.toList().get()).containsExactlyElementsOf(existing);
        assertThat(pages.stream().count()).isEqualTo(existing.size());
        assertThat(pages.forEach(consumed::add).get()).isEqualTo(existing.size());
        assertThat(consumed).containsExactlyElementsOf(existing);
    }

    @ParameterizedTest
    @EnumSource
    default void lists_page_by_page(Resource resource) {
        List<Object> existing = given(resource);

        Page<Object> first = resource.list(backend()).page(PageToken.FIRST).get();
        Page<Object> second = resource.list(backend()).page(first.next().get()).get();

        assertThat(existing.startsWith(first.items())).isTrue();
        assertThat(second.items().head()).isEqualTo(existing.get(first.items().size()));
    }

    @ParameterizedTest
    @EnumSource
    default void lists_again_if_the_list_was_incomplete(Resource resource) {
        List<Object> existing = given(resource);
        givenIncompleteLists(resource, 1);

        assertThat(resource.list(backend()).toList().get()).containsExactlyInAnyOrderElementsOf(existing);
    }

    @ParameterizedTest
    @EnumSource
    default void fails_if_the_list_stays_incomplete(Resource resource) {
        given(resource);
        givenIncompleteLists(resource, Integer.MAX_VALUE);

        OtaFailure failure = resource.list(backend()).toList().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).containsPattern("announced [0-9]+ [a-z ]+ and sent [0-9]+");
        expectOriginAndAdvice(failure);
    }

    @ParameterizedTest
    @EnumSource
    default void rejects_the_token_of_another_list(Resource resource) {
        given(resource);

        OtaFailure failure = resource.list(backend()).page(FOREIGN_TOKEN).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        expectOriginAndAdvice(failure);
    }

    @ParameterizedTest
    @EnumSource
    default void requests_no_page_before_it_is_needed(Resource resource) {
        List<Object> existing = given(resource);
        int before = requestsSent();

        Stream<Object> entries = resource.list(backend()).stream();
        assertThat(requestsSent()).isEqualTo(before);
        assertThat(entries.findFirst()).contains(existing.head());
        assertThat(requestsSent()).isLessThanOrEqualTo(before + 1);
    }

    @ParameterizedTest
    @EnumSource
    default void passes_on_earlier_entries_before_the_failure_of_a_later_page(Resource resource) {
        List<Object> existing = given(resource);

        expectFailureAfterItems(resource.list(backend()), existing);
    }

    @ParameterizedTest
    @EnumSource
    default void does_not_report_an_outage_as_an_empty_list(Resource resource) {
        assumeTrue(supportsScenario(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        given(resource);
        givenFailure(FailureScenario.VENDOR_OUTAGE);

        expectListFailure(resource.list(backend()), FailureScenario.VENDOR_OUTAGE);
    }
}
