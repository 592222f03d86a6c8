package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.scenario.ResponseVariation;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract of {@link io.otabridge.domain.module.ModuleQueryPort}. The test class of an adapter implements this
 * interface and its hooks, and inherits the tests.
 */
public interface ModuleQueryContract extends OperationContract {

    /**
     * Adds a module with every field that this vendor supports and an upper-case letter in its name. Returns what a
     * caller must receive.
     */
    OtaModule givenModule();

    /**
     * Adds a module whose response has this variation, and returns what a caller must receive; none if the variation
     * cannot occur with this vendor.
     */
    Option<OtaModule> givenModule(ResponseVariation variation);

    /** Prepares the vendor for lookups of modules that do not exist, by id and by name. */
    void givenNoModule();

    /**
     * Adds at least two modules of one product, on several pages if the vendor has pages, and returns them in the
     * vendor's order.
     */
    io.vavr.collection.List<OtaModule> givenModules();

    /**
     * Makes the vendor omit modules from its lists while the announced total stays the same. Called after
     * {@link #givenModules()}.
     *
     * @param listings the number of incomplete listings; later ones are complete
     * @return false if this vendor announces no total
     */
    boolean givenIncompleteModuleLists(int listings);

    /** Returns whether the vendor lists modules in pages. */
    boolean supportsModulePages();

    /** Returns whether the backend declares that modules have ids. */
    default boolean supportsModuleIds() {
        return backend().capabilities().has(Capability.FIND_MODULE_BY_ID);
    }

    /**
     * Returns references that are valid in the domain but invalid for this vendor; empty if the vendor has no rules
     * for references.
     */
    java.util.List<ModuleRef> invalidModuleRefs();

    /** Returns a reference by id if modules have ids, else by name. */
    default ModuleRef preferredRef(OtaModule module) {
        return supportsModuleIds() ? ModuleRef.id(module.id().get()) : byName(module);
    }

    private static ModuleRef byName(OtaModule module) {
        return ModuleRef.named(module.product().id(), module.name());
    }

    @Test
    default void finds_a_module_by_product_and_name() {
        OtaModule existing = givenModule();

        assertThat(backend().modules().find(byName(existing)).get()).isEqualTo(existing);
    }

    @Test
    default void finds_a_module_by_id_or_returns_unsupported() {
        OtaModule existing = givenModule();
        if (isSupported(
                Capability.FIND_MODULE_BY_ID, () -> backend().modules().find(ModuleRef.id(ModuleId.of("any"))))) {
            assertThat(backend()
                            .modules()
                            .find(ModuleRef.id(existing.id().get()))
                            .get())
                    .isEqualTo(existing);
        }
    }

    @ParameterizedTest
    @EnumSource
    default void finds_a_module_despite(ResponseVariation variation) {
        Option<OtaModule> existing = givenModule(variation);
        Assumptions.assumeTrue(existing.isDefined(), variation + " cannot occur with this vendor");

        assertThat(backend().modules().find(preferredRef(existing.get())).get()).isEqualTo(existing.get());
    }

    @Test
    default void module_names_are_case_sensitive() {
        OtaModule existing = givenModule();
        String folded = existing.name().value().toLowerCase(Locale.ROOT);
        assertThat(folded).isNotEqualTo(existing.name().value());

        OtaFailure failure = backend()
                .modules()
                .find(ModuleRef.named(existing.product().id(), ModuleName.of(folded)))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        expectOriginAndAdvice(failure);
    }

    @Test
    default void returns_not_found_for_an_unknown_module() {
        givenNoModule();
        ModuleRef byName = ModuleRef.named(ProductId.of("5ba24f5ebbe8f56f5a14f605"), ModuleName.of("Unknown"));

        OtaFailure failure = backend().modules().find(byName).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).contains("Unknown");
        expectOriginAndAdvice(failure);
        if (supportsModuleIds()) {
            assertThat(backend()
                            .modules()
                            .find(ModuleRef.id(ModuleId.of("unknown")))
                            .getLeft())
                    .isInstanceOf(OtaFailure.NotFound.class);
        }
    }

    @Test
    default void finds_no_module_for_a_name_that_looks_like_a_path() {
        givenNoModule();

        for (String name : java.util.List.of(".", "..", "a/b", "a?b=c", "a#b", "a%2Fb", "a&b=c")) {
            ModuleRef byName = ModuleRef.named(ProductId.of("5ba24f5ebbe8f56f5a14f605"), ModuleName.of(name));
            assertThat(backend().modules().find(byName).getLeft())
                    .as(name)
                    .isInstanceOfAny(OtaFailure.NotFound.class, OtaFailure.Rejected.class);
        }
    }

    @Test
    default void rejects_an_invalid_module_reference_without_a_request() {
        for (ModuleRef invalid : invalidModuleRefs()) {
            OtaFailure failure = backend().modules().find(invalid).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            assertThat(failure.summary()).contains("is not valid: it must be");
            expectOriginAndAdvice(failure);
        }
        assertThat(requestsSent()).isZero();
    }

    @Test
    default void returns_one_result_for_each_module_reference() {
        io.vavr.collection.List<OtaModule> existing = givenModules().take(10);
        ModuleRef unknown = ModuleRef.named(existing.head().product().id(), ModuleName.of("Unknown"));
        io.vavr.collection.List<ModuleRef> known = existing.map(ModuleQueryContract::byName);

        io.vavr.collection.List<LookupResult<ModuleRef, OtaModule>> results = io.vavr.collection.List.ofAll(backend()
                .modules()
                .findAll(known.append(unknown).append(known.head()), 4)
                .toList());

        assertThat(results.map(LookupResult::id)).containsExactlyInAnyOrderElementsOf(known.append(unknown));
        assertThat(results)
                .containsAll(existing.map(module -> new LookupResult<>(byName(module), Either.right(module))));
        OtaFailure failure = results.find(result -> result.id().equals(unknown))
                .get()
                .result()
                .getLeft();
        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        expectOriginAndAdvice(failure);
    }

    @Test
    default void returns_one_failure_for_each_module_reference_in_an_outage() {
        Assumptions.assumeTrue(supportsScenario(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        ProductId product = givenModule().product().id();
        io.vavr.collection.List<ModuleRef> refs = io.vavr.collection.List.range(0, 10)
                .map(number -> ModuleRef.named(product, ModuleName.of("M" + number)));
        givenFailure(FailureScenario.VENDOR_OUTAGE);

        io.vavr.collection.List<LookupResult<ModuleRef, OtaModule>> results =
                io.vavr.collection.List.ofAll(backend().modules().findAll(refs).toList());

        assertThat(results.map(LookupResult::id)).containsExactlyInAnyOrderElementsOf(refs);
        results.forEach(result -> expectFailure(result.result().getLeft(), FailureScenario.VENDOR_OUTAGE));
    }

    @Test
    default void sends_no_request_for_modules_that_are_not_consumed() {
        OtaModule existing = givenModule();
        int before = requestsSent();

        assertThat(backend().modules().findAll(io.vavr.collection.List.empty())).isEmpty();
        backend()
                .modules()
                .findAll(io.vavr.collection.List.of(preferredRef(existing)))
                .close();

        assertThat(requestsSent()).isEqualTo(before);
    }

    @Test
    default void returns_cancelled_for_each_module_on_an_interrupted_thread() {
        OtaModule existing = givenModule();
        io.vavr.collection.List<ModuleRef> refs = io.vavr.collection.List.of(
                preferredRef(existing), ModuleRef.named(existing.product().id(), ModuleName.of("Unknown")));
        givenFailure(FailureScenario.RESPONSE_TIMEOUT);

        Thread.currentThread().interrupt();
        io.vavr.collection.List<LookupResult<ModuleRef, OtaModule>> results =
                io.vavr.collection.List.ofAll(backend().modules().findAll(refs).toList());

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(results.map(LookupResult::id)).containsExactlyInAnyOrderElementsOf(refs);
        assertThat(results)
                .extracting(result -> result.result().getLeft())
                .hasOnlyElementsOfType(OtaFailure.Cancelled.class);
    }

    @Test
    default void each_pagination_lists_every_module_once() {
        io.vavr.collection.List<OtaModule> existing = givenModules();
        java.util.List<OtaModule> consumed = new ArrayList<>();

        Pages<OtaModule> pages =
                backend().modules().list(existing.head().product().id());

        assertThat(pages.toList().get()).containsExactlyElementsOf(existing);
        assertThat(pages.stream()).containsExactlyElementsOf(existing);
        assertThat(pages.stream().count()).isEqualTo(existing.size());
        assertThat(pages.forEach(consumed::add).get()).isEqualTo(existing.size());
        assertThat(consumed).containsExactlyElementsOf(existing);
    }

    @Test
    default void lists_modules_again_if_the_list_was_incomplete() {
        io.vavr.collection.List<OtaModule> existing = givenModules();
        Assumptions.assumeTrue(givenIncompleteModuleLists(1), "this vendor announces no total");

        assertThat(backend()
                        .modules()
                        .list(existing.head().product().id())
                        .toList()
                        .get())
                .containsExactlyInAnyOrderElementsOf(existing);
    }

    @Test
    default void fails_if_the_module_list_stays_incomplete() {
        io.vavr.collection.List<OtaModule> existing = givenModules();
        Assumptions.assumeTrue(givenIncompleteModuleLists(Integer.MAX_VALUE), "this vendor announces no total");
        java.util.List<OtaModule> listed = new ArrayList<>();

        OtaFailure failure = backend()
                .modules()
                .list(existing.head().product().id())
                .forEach(listed::add)
                .getLeft();

        assertThat(listed).isSubsetOf(existing).doesNotHaveDuplicates();
        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).containsPattern("announced [0-9]+ modules and sent [0-9]+");
        expectOriginAndAdvice(failure);
    }

    @Test
    default void lists_modules_page_by_page() {
        io.vavr.collection.List<OtaModule> existing = givenModules();
        Pages<OtaModule> pages =
                backend().modules().list(existing.head().product().id());

        Page<OtaModule> first = pages.page(PageToken.FIRST).get();

        assertThat(first.next().isDefined()).isEqualTo(supportsModulePages());
        assertThat(existing.startsWith(first.items())).isTrue();
        first.next()
                .forEach(next -> assertThat(pages.page(next).get().items().head())
                        .isEqualTo(existing.drop(first.items().size()).head()));
    }

    @Test
    default void rejects_the_token_of_another_list_of_modules() {
        ProductId product = givenModules().head().product().id();

        OtaFailure failure =
                backend().modules().list(product).page(FOREIGN_TOKEN).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        expectOriginAndAdvice(failure);
    }

    @Test
    default void requests_no_page_that_is_not_consumed() {
        io.vavr.collection.List<OtaModule> existing = givenModules();
        ProductId product = existing.head().product().id();

        Stream<OtaModule> modules = backend().modules().list(product).stream();
        assertThat(requestsSent()).isZero();
        assertThat(modules.limit(1)).containsExactly(existing.head());
        assertThat(requestsSent()).isLessThanOrEqualTo(1);
    }

    @Test
    default void passes_on_earlier_modules_before_the_failure_of_a_later_page() {
        Assumptions.assumeTrue(supportsModulePages(), "this vendor returns all modules on one page");
        io.vavr.collection.List<OtaModule> existing = givenModules();

        expectFailureAfterItems(
                backend().modules().list(existing.head().product().id()), existing);
    }

    @Test
    default void does_not_report_an_outage_as_an_empty_list_of_modules() {
        Assumptions.assumeTrue(supportsScenario(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        ProductId product = givenModules().head().product().id();
        givenFailure(FailureScenario.VENDOR_OUTAGE);

        expectListFailure(backend().modules().list(product), FailureScenario.VENDOR_OUTAGE);
    }

    @Test
    default void finds_a_module_concurrently() {
        OtaModule existing = givenModule();

        assertThat(callConcurrently(
                        () -> backend().modules().find(preferredRef(existing)).get()))
                .containsOnly(existing);
    }
}
