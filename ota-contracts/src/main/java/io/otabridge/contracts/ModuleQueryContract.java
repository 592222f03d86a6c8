package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.scenario.ResponseVariation;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.batch.BatchResult;
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
 * What every {@link io.otabridge.domain.module.ModuleQueryPort} does. A test class of an adapter implements this interface
 * and the hooks of {@link BackendContract}, and inherits the tests.
 */
public interface ModuleQueryContract extends OperationContract {

    /**
     * Makes the vendor hold a module that has everything this vendor can say, under a name with an upper-case letter.
     * Answers how a caller must see it.
     */
    OtaModule givenModule();

    /** Makes the vendor answer for a module with this quirk. Absent if it cannot happen with this vendor. */
    Option<OtaModule> givenModule(ResponseVariation quirk);

    /** Makes the vendor hold no such module, by id nor by name. */
    void givenNoModule();

    /**
     * Makes the vendor hold at least two modules of one product, over several pages if the vendor has pages. Answers them in
     * the vendor's order.
     */
    io.vavr.collection.List<OtaModule> givenModules();

    /**
     * Makes the vendor leave modules out of its lists although it still announces all of them. Called after
     * {@link #givenModules()}.
     *
     * @param listings how many listings are short; later ones are whole
     * @return whether it can: false if this vendor announces no number
     */
    boolean givenShortModuleLists(int listings);

    /** Whether the vendor answers a list of modules in pages. */
    boolean supportsModulePages();

    /** Whether the backend says that its modules have ids. */
    default boolean supportsModuleIds() {
        return backend().capabilities().has(Capability.FIND_MODULE_BY_ID);
    }

    /** References that obey the domain's rules but break the vendor's; empty if the vendor has no rules of its own. */
    java.util.List<ModuleRef> refsAgainstTheVendorsRules();

    /** How this vendor is asked best: by id where it has ids. */
    default ModuleRef refOf(OtaModule module) {
        return supportsModuleIds() ? ModuleRef.id(module.id().get()) : byName(module);
    }

    private static ModuleRef byName(OtaModule module) {
        return ModuleRef.named(module.product().id(), module.name());
    }

    @Test
    default void finds_a_module_by_product_and_name() {
        OtaModule held = givenModule();

        assertThat(backend().modules().find(byName(held)).get()).isEqualTo(held);
    }

    @Test
    default void finds_a_module_by_id_or_says_it_cannot() {
        OtaModule held = givenModule();
        if (can(Capability.FIND_MODULE_BY_ID, () -> backend().modules().find(ModuleRef.id(ModuleId.of("any"))))) {
            assertThat(backend().modules().find(ModuleRef.id(held.id().get())).get())
                    .isEqualTo(held);
        }
    }

    @ParameterizedTest
    @EnumSource
    default void finds_a_module_in_spite_of(ResponseVariation quirk) {
        Option<OtaModule> held = givenModule(quirk);
        Assumptions.assumeTrue(held.isDefined(), quirk + " cannot happen with this vendor");

        assertThat(backend().modules().find(refOf(held.get())).get()).isEqualTo(held.get());
    }

    @Test
    default void tells_module_names_apart_by_case() {
        OtaModule held = givenModule();
        String folded = held.name().value().toLowerCase(Locale.ROOT);
        assertThat(folded).isNotEqualTo(held.name().value());

        OtaFailure failure = backend()
                .modules()
                .find(ModuleRef.named(held.product().id(), ModuleName.of(folded)))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        expectOriginAndAdvice(failure);
    }

    @Test
    default void answers_not_found_for_a_module_nobody_knows() {
        givenNoModule();
        ModuleRef byName = ModuleRef.named(ProductId.of("5ba24f5ebbe8f56f5a14f605"), ModuleName.of("Nobody"));

        OtaFailure failure = backend().modules().find(byName).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).contains("Nobody");
        expectOriginAndAdvice(failure);
        if (supportsModuleIds()) {
            assertThat(backend()
                            .modules()
                            .find(ModuleRef.id(ModuleId.of("nobody")))
                            .getLeft())
                    .isInstanceOf(OtaFailure.NotFound.class);
        }
    }

    @Test
    default void answers_no_module_for_a_name_that_reads_like_a_path() {
        givenNoModule();

        for (String odd : java.util.List.of(".", "..", "a/b", "a?b=c", "a#b", "a%2Fb", "a&b=c")) {
            ModuleRef byName = ModuleRef.named(ProductId.of("5ba24f5ebbe8f56f5a14f605"), ModuleName.of(odd));
            assertThat(backend().modules().find(byName).getLeft())
                    .as(odd)
                    .isInstanceOfAny(OtaFailure.NotFound.class, OtaFailure.Rejected.class);
        }
    }

    @Test
    default void refuses_a_module_ref_the_vendor_would_refuse() {
        for (ModuleRef wrong : refsAgainstTheVendorsRules()) {
            OtaFailure failure = backend().modules().find(wrong).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            assertThat(failure.summary()).contains("is not valid: it must be");
            expectOriginAndAdvice(failure);
        }
        assertThat(requestsSent()).isZero();
    }

    @Test
    default void answers_for_each_module_ref_of_many() {
        io.vavr.collection.List<OtaModule> held = givenModules().take(10);
        ModuleRef unknown = ModuleRef.named(held.head().product().id(), ModuleName.of("Nobody"));
        io.vavr.collection.List<ModuleRef> known = held.map(ModuleQueryContract::byName);

        io.vavr.collection.List<BatchResult<ModuleRef, OtaModule>> answers = io.vavr.collection.List.ofAll(backend()
                .modules()
                .findAll(known.append(unknown).append(known.head()), 4)
                .toList());

        assertThat(answers.map(BatchResult::id)).containsExactlyInAnyOrderElementsOf(known.append(unknown));
        assertThat(answers).containsAll(held.map(module -> new BatchResult<>(byName(module), Either.right(module))));
        OtaFailure failure = answers.find(answer -> answer.id().equals(unknown))
                .get()
                .found()
                .getLeft();
        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        expectOriginAndAdvice(failure);
    }

    @Test
    default void answers_for_each_module_ref_of_many_in_an_outage() {
        Assumptions.assumeTrue(canBefall(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        ProductId product = givenModule().product().id();
        io.vavr.collection.List<ModuleRef> refs = io.vavr.collection.List.range(0, 10)
                .map(number -> ModuleRef.named(product, ModuleName.of("M" + number)));
        givenTrouble(FailureScenario.VENDOR_OUTAGE);

        io.vavr.collection.List<BatchResult<ModuleRef, OtaModule>> answers =
                io.vavr.collection.List.ofAll(backend().modules().findAll(refs).toList());

        assertThat(answers.map(BatchResult::id)).containsExactlyInAnyOrderElementsOf(refs);
        answers.forEach(answer -> expectFailure(answer.found().getLeft(), FailureScenario.VENDOR_OUTAGE));
    }

    @Test
    default void asks_for_no_module_of_many_that_nobody_wants() {
        OtaModule held = givenModule();
        int before = requestsSent();

        assertThat(backend().modules().findAll(io.vavr.collection.List.empty())).isEmpty();
        backend().modules().findAll(io.vavr.collection.List.of(refOf(held))).close();

        assertThat(requestsSent()).isEqualTo(before);
    }

    @Test
    default void answers_an_interrupted_thread_about_many_modules() {
        OtaModule held = givenModule();
        io.vavr.collection.List<ModuleRef> refs = io.vavr.collection.List.of(
                refOf(held), ModuleRef.named(held.product().id(), ModuleName.of("Nobody")));
        givenTrouble(FailureScenario.NO_ANSWER_IN_TIME);

        Thread.currentThread().interrupt();
        io.vavr.collection.List<BatchResult<ModuleRef, OtaModule>> answers =
                io.vavr.collection.List.ofAll(backend().modules().findAll(refs).toList());

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        assertThat(answers.map(BatchResult::id)).containsExactlyInAnyOrderElementsOf(refs);
        assertThat(answers)
                .extracting(answer -> answer.found().getLeft())
                .hasOnlyElementsOfType(OtaFailure.Cancelled.class);
    }

    @Test
    default void lists_every_module_of_a_product_once_in_each_pagination() {
        io.vavr.collection.List<OtaModule> held = givenModules();
        java.util.List<OtaModule> consumed = new ArrayList<>();

        Pages<OtaModule> pages = backend().modules().list(held.head().product().id());

        assertThat(pages.toList().get()).containsExactlyElementsOf(held);
        assertThat(pages.stream()).containsExactlyElementsOf(held);
        assertThat(pages.stream().count()).isEqualTo(held.size());
        assertThat(pages.forEach(consumed::add).get()).isEqualTo(held.size());
        assertThat(consumed).containsExactlyElementsOf(held);
    }

    @Test
    default void lists_modules_again_if_the_list_was_short() {
        io.vavr.collection.List<OtaModule> held = givenModules();
        Assumptions.assumeTrue(givenShortModuleLists(1), "this vendor announces no number of modules");

        assertThat(backend().modules().list(held.head().product().id()).toList().get())
                .containsExactlyInAnyOrderElementsOf(held);
    }

    @Test
    default void fails_if_the_module_list_stays_short() {
        io.vavr.collection.List<OtaModule> held = givenModules();
        Assumptions.assumeTrue(givenShortModuleLists(Integer.MAX_VALUE), "this vendor announces no number of modules");
        java.util.List<OtaModule> listed = new ArrayList<>();

        OtaFailure failure = backend()
                .modules()
                .list(held.head().product().id())
                .forEach(listed::add)
                .getLeft();

        assertThat(listed).isSubsetOf(held).doesNotHaveDuplicates();
        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).containsPattern("announced [0-9]+ modules and sent [0-9]+");
        expectOriginAndAdvice(failure);
    }

    @Test
    default void lists_modules_page_by_page() {
        io.vavr.collection.List<OtaModule> held = givenModules();
        Pages<OtaModule> pages = backend().modules().list(held.head().product().id());

        Page<OtaModule> first = pages.page(PageToken.FIRST).get();

        assertThat(first.next().isDefined()).isEqualTo(supportsModulePages());
        assertThat(held.startsWith(first.items())).isTrue();
        first.next()
                .forEach(next -> assertThat(pages.page(next).get().items().head())
                        .isEqualTo(held.drop(first.items().size()).head()));
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
    default void asks_for_no_page_that_nobody_wants() {
        io.vavr.collection.List<OtaModule> held = givenModules();
        ProductId product = held.head().product().id();

        Stream<OtaModule> modules = backend().modules().list(product).stream();
        assertThat(requestsSent()).isZero();
        assertThat(modules.limit(1)).containsExactly(held.head());
        assertThat(requestsSent()).isLessThanOrEqualTo(1);
    }

    @Test
    default void ends_with_the_failure_when_a_later_page_fails() {
        Assumptions.assumeTrue(supportsModulePages(), "this vendor answers all modules on one page");
        io.vavr.collection.List<OtaModule> held = givenModules();

        expectFailureAfterItems(backend().modules().list(held.head().product().id()), held);
    }

    @Test
    default void takes_no_outage_for_an_empty_list_of_modules() {
        Assumptions.assumeTrue(canBefall(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        ProductId product = givenModules().head().product().id();
        givenTrouble(FailureScenario.VENDOR_OUTAGE);

        expectNoEmptyList(backend().modules().list(product), FailureScenario.VENDOR_OUTAGE);
    }

    @Test
    default void answers_many_threads_at_once_about_a_module() {
        OtaModule held = givenModule();

        assertThat(inManyThreads(() -> backend().modules().find(refOf(held)).get()))
                .containsOnly(held);
    }
}
