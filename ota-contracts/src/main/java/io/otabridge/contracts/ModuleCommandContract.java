package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.Capability;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link io.otabridge.domain.module.ModuleCommandPort} does. A test class of an adapter implements this interface
 * and the hooks of {@link BackendContract}, and inherits the tests.
 */
public interface ModuleCommandContract extends OperationContract {

    /** A product that the vendor knows, in which modules may be made; one module {@code modem} is there. */
    ProductId givenProduct();

    /** Makes the vendor do the next change that it is asked for, and lose its answer on the way back. */
    void givenLostAnswer();

    /** Runs the action once, before the vendor handles the next deletion; it deletes the same thing. */
    void beforeNextDeletion(Runnable action);

    /** Modules that obey the domain's rules but break the vendor's; empty if the vendor has no rules of its own. */
    List<NewModule> modulesAgainstTheVendorsRules();

    private static NewModule radio(ProductId product) {
        return NewModule.named(product, ModuleName.of("Radio"))
                .alias("radio-chip")
                .description("Firmware of the radio");
    }

    private boolean canCreate(ProductId product) {
        return can(Capability.CREATE_MODULE, () -> backend().moduleCommands().create(radio(product)));
    }

    private boolean canUpdate(ProductId product) {
        return can(
                Capability.UPDATE_MODULE,
                () -> backend().moduleCommands().update(radio(product).toRef(), ModuleUpdate.alias("any")));
    }

    private boolean canDelete(ProductId product) {
        return can(
                Capability.DELETE_MODULE,
                () -> backend().moduleCommands().delete(radio(product).toRef()));
    }

    /** How often the product has a module of this name. */
    private long countOf(NewModule module) {
        return backend().modules().list(module.product()).stream()
                .filter(found -> found.name().equals(module.name()))
                .count();
    }

    @Test
    default void creates_a_module() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canCreate(product)) {
            CreateResult<OtaModule> created =
                    backend().moduleCommands().create(radio).get();

            assertThat(created.alreadyExisted()).isFalse();
            assertThat(radio.describes(created.value())).isTrue();
            OtaModule found = backend().modules().find(radio.toRef()).get();
            assertThat(radio.describes(found)).isTrue();
            assertThat(found.id()).isEqualTo(created.value().id());
        }
    }

    @Test
    default void creates_a_module_without_alias_and_description() {
        ProductId product = givenProduct();
        NewModule plain = NewModule.named(product, ModuleName.of("Plain"));
        if (canCreate(product)) {
            backend().moduleCommands().create(plain).get();

            assertThat(plain.describes(backend().modules().find(plain.toRef()).get()))
                    .isTrue();
        }
    }

    @Test
    default void creates_no_second_module_when_asked_twice() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canCreate(product)) {
            backend().moduleCommands().create(radio).get();

            CreateResult<OtaModule> again =
                    backend().moduleCommands().create(radio).get();

            assertThat(again.alreadyExisted()).isTrue();
            assertThat(again.value())
                    .isEqualTo(backend().modules().find(radio.toRef()).get());
            assertThat(countOf(radio)).isEqualTo(1);
        }
    }

    @Test
    default void creates_one_module_though_the_answer_was_lost() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canCreate(product)) {
            givenLostAnswer();

            OtaFailure lost = backend().moduleCommands().create(radio).getLeft();
            CreateResult<OtaModule> again =
                    backend().moduleCommands().create(radio).get();

            assertThat(lost).isInstanceOf(OtaFailure.OutcomeUnknown.class);
            expectOriginAndAdvice(lost);
            assertThat(again.alreadyExisted()).isTrue();
            assertThat(countOf(radio)).isEqualTo(1);
        }
    }

    @Test
    default void refuses_to_create_a_module_that_is_there_with_other_words() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canCreate(product)) {
            OtaModule there = backend().moduleCommands().create(radio).get().value();

            OtaFailure failure = backend()
                    .moduleCommands()
                    .create(radio.description("Something else"))
                    .getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            assertThat(failure.summary()).contains("Radio");
            expectOriginAndAdvice(failure);
            assertThat(backend().modules().find(radio.toRef()).get().description())
                    .isEqualTo(there.description());
        }
    }

    @Test
    default void refuses_to_create_a_module_the_vendor_would_refuse() {
        ProductId product = givenProduct();
        List<NewModule> wrong = modulesAgainstTheVendorsRules();
        Assumptions.assumeTrue(wrong.nonEmpty(), "this vendor has no rules of its own");
        if (canCreate(product)) {
            int before = requestsSent();

            wrong.forEach(module -> {
                OtaFailure failure = backend().moduleCommands().create(module).getLeft();
                assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
                expectOriginAndAdvice(failure);
            });

            assertThat(requestsSent()).isEqualTo(before);
        }
    }

    @Test
    default void changes_an_alias_and_keeps_the_description() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canUpdate(product) && canCreate(product)) {
            backend().moduleCommands().create(radio).get();

            OtaModule changed = backend()
                    .moduleCommands()
                    .update(radio.toRef(), ModuleUpdate.alias("radio-2"))
                    .get();

            NewModule expected = radio.alias("radio-2");
            assertThat(expected.describes(changed)).isTrue();
            assertThat(expected.describes(
                            backend().modules().find(radio.toRef()).get()))
                    .isTrue();
        }
    }

    @Test
    default void changes_a_description_and_keeps_the_alias() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canUpdate(product) && canCreate(product)) {
            backend().moduleCommands().create(radio).get();

            backend()
                    .moduleCommands()
                    .update(radio.toRef(), ModuleUpdate.description("Firmware of the second radio"))
                    .get();

            assertThat(radio.description("Firmware of the second radio")
                            .describes(backend().modules().find(radio.toRef()).get()))
                    .isTrue();
        }
    }

    @Test
    default void answers_not_found_for_a_change_of_a_module_nobody_knows() {
        ProductId product = givenProduct();
        if (canUpdate(product)) {
            OtaFailure failure = backend()
                    .moduleCommands()
                    .update(radio(product).toRef(), ModuleUpdate.alias("any"))
                    .getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
            expectOriginAndAdvice(failure);
        }
    }

    @Test
    default void deletes_a_module() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canDelete(product) && canCreate(product)) {
            backend().moduleCommands().create(radio).get();

            assertThat(backend().moduleCommands().delete(radio.toRef()).get()).isEqualTo(DeleteResult.DELETED);

            assertThat(countOf(radio)).isZero();
            assertThat(backend()
                            .modules()
                            .find(ModuleRef.named(product, ModuleName.of("modem")))
                            .isRight())
                    .as("the other module is still there")
                    .isTrue();
        }
    }

    @Test
    default void deletes_a_module_by_id_or_says_it_cannot() {
        ProductId product = givenProduct();
        if (!canDelete(product) || !canCreate(product)) {
            return;
        }
        Option<ModuleId> id =
                backend().moduleCommands().create(radio(product)).get().value().id();
        ModuleId asked = id.getOrElse(ModuleId.of("any"));
        if (can(Capability.FIND_MODULE_BY_ID, () -> backend().moduleCommands().delete(ModuleRef.id(asked)))) {
            assertThat(backend().moduleCommands().delete(ModuleRef.id(asked)).get())
                    .isEqualTo(DeleteResult.DELETED);
            assertThat(backend().moduleCommands().delete(ModuleRef.id(asked)).get())
                    .isEqualTo(DeleteResult.ABSENT);
        }
    }

    @Test
    default void deletes_no_module_of_another_spelling() {
        ProductId product = givenProduct();
        if (canDelete(product)) {
            assertThat(backend()
                            .moduleCommands()
                            .delete(ModuleRef.named(product, ModuleName.of("Modem")))
                            .get())
                    .isEqualTo(DeleteResult.ABSENT);
            assertThat(backend()
                            .modules()
                            .find(ModuleRef.named(product, ModuleName.of("modem")))
                            .isRight())
                    .as("still there")
                    .isTrue();
        }
    }

    @Test
    default void has_deleted_a_module_that_is_not_there() {
        ProductId product = givenProduct();
        if (canDelete(product)) {
            assertThat(backend().moduleCommands().delete(radio(product).toRef()).get())
                    .isEqualTo(DeleteResult.ABSENT);
            assertThat(backend()
                            .moduleCommands()
                            .delete(ModuleRef.named(ProductId.of("anotherProduct"), ModuleName.of("Radio")))
                            .get())
                    .isEqualTo(DeleteResult.ABSENT);
        }
    }

    @Test
    default void has_deleted_a_module_that_another_caller_deletes() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canDelete(product) && canCreate(product)) {
            ModuleCommandPort commands = backend().moduleCommands();
            commands.create(radio).get();
            AtomicReference<DeleteResult> others = new AtomicReference<>();
            beforeNextDeletion(() -> others.set(commands.delete(radio.toRef()).get()));

            assertThat(commands.delete(radio.toRef()).get()).isEqualTo(DeleteResult.ABSENT);
            assertThat(others).hasValue(DeleteResult.DELETED);
        }
    }

    @Test
    default void has_deleted_a_module_though_the_answer_was_lost() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canDelete(product) && canCreate(product)) {
            backend().moduleCommands().create(radio).get();
            givenLostAnswer();

            expectDoneOrLost(backend().moduleCommands().delete(radio.toRef()));

            assertThat(backend().moduleCommands().delete(radio.toRef()).get()).isEqualTo(DeleteResult.ABSENT);
        }
    }

    @Test
    default void sends_a_creation_once_in_an_outage() {
        Assumptions.assumeTrue(canBefall(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canCreate(product)) {
            int start = requestsSent();
            backend()
                    .moduleCommands()
                    .create(NewModule.named(product, ModuleName.of("Plain")))
                    .get();
            int needed = requestsSent() - start;
            givenTroubleWithChanges(FailureScenario.VENDOR_OUTAGE);

            expectFailure(backend().moduleCommands().create(radio).getLeft(), FailureScenario.VENDOR_OUTAGE);

            assertThat(requestsSent() - start - needed).as("requests").isLessThanOrEqualTo(needed);
        }
    }

    @Test
    default void changes_nothing_in_a_dry_run() {
        ProductId product = givenProduct();
        ModuleRef modem = ModuleRef.named(product, ModuleName.of("modem"));
        List<OtaModule> before = modulesOf(product);

        changes(backend().moduleCommands().dryRun(), product, modem)
                .forEach(change -> assertThat(change.get().isRight()).isTrue());

        assertThat(modulesOf(product)).isEqualTo(before);
    }

    @Test
    default void foresees_a_creation() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        ModuleCommandPort dryRun = backend().moduleCommands().dryRun();
        if (can(Capability.CREATE_MODULE, () -> dryRun.create(radio))) {
            CreateResult<OtaModule> foreseen = dryRun.create(radio).get();
            assertThat(foreseen.alreadyExisted()).isFalse();
            assertThat(radio.describes(foreseen.value())).isTrue();
            assertThat(foreseen.value().id()).isEmpty();

            backend().moduleCommands().create(radio).get();

            assertThat(dryRun.create(radio))
                    .isEqualTo(backend().moduleCommands().create(radio));
            OtaFailure failure =
                    dryRun.create(radio.description("Something else")).getLeft();
            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            expectOriginAndAdvice(failure);
        }
    }

    @Test
    default void foresees_a_change() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        ModuleUpdate change = ModuleUpdate.alias("radio-2");
        ModuleCommandPort dryRun = backend().moduleCommands().dryRun();
        if (can(Capability.UPDATE_MODULE, () -> dryRun.update(radio.toRef(), change)) && canCreate(product)) {
            assertThat(dryRun.update(radio.toRef(), change).getLeft()).isInstanceOf(OtaFailure.NotFound.class);

            backend().moduleCommands().create(radio).get();

            assertThat(radio.alias("radio-2")
                            .describes(dryRun.update(radio.toRef(), change).get()))
                    .isTrue();
        }
    }

    @Test
    default void foresees_a_deletion() {
        ProductId product = givenProduct();
        ModuleRef modem = ModuleRef.named(product, ModuleName.of("modem"));
        ModuleCommandPort dryRun = backend().moduleCommands().dryRun();
        if (can(Capability.DELETE_MODULE, () -> dryRun.delete(modem))) {
            assertThat(dryRun.delete(modem).get()).isEqualTo(DeleteResult.DELETED);

            for (ModuleRef absent : List.of(
                    ModuleRef.named(product, ModuleName.of("Modem")),
                    radio(product).toRef(),
                    radio(ProductId.of("anotherProduct")).toRef())) {
                assertThat(dryRun.delete(absent).get()).as(absent.toString()).isEqualTo(DeleteResult.ABSENT);
            }
        }
    }

    @Test
    default void foresees_a_deletion_by_id_or_says_it_cannot() {
        ModuleRef modem = ModuleRef.named(givenProduct(), ModuleName.of("modem"));
        ModuleRef nobody = ModuleRef.id(ModuleId.of("any"));
        ModuleCommandPort dryRun = backend().moduleCommands().dryRun();
        if (backend().capabilities().has(Capability.DELETE_MODULE)
                && can(Capability.FIND_MODULE_BY_ID, () -> dryRun.delete(nobody))) {
            ModuleId id = backend().modules().find(modem).get().id().get();

            assertThat(dryRun.delete(ModuleRef.id(id)).get()).isEqualTo(DeleteResult.DELETED);
            assertThat(dryRun.delete(nobody).get()).isEqualTo(DeleteResult.ABSENT);
        }
    }

    @Test
    default void refuses_in_a_dry_run_what_the_vendor_would_refuse() {
        ProductId product = givenProduct();
        List<NewModule> wrong = modulesAgainstTheVendorsRules();
        Assumptions.assumeTrue(wrong.nonEmpty(), "this vendor has no rules of its own");
        if (canCreate(product)) {
            int before = requestsSent();

            wrong.forEach(module -> {
                OtaFailure failure =
                        backend().moduleCommands().dryRun().create(module).getLeft();
                assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
                expectOriginAndAdvice(failure);
            });

            assertThat(requestsSent()).isEqualTo(before);
        }
    }

    private List<OtaModule> modulesOf(ProductId product) {
        return backend().modules().list(product).toList().get();
    }

    /** A creation, a change and a deletion, as far as the backend declares them. */
    private List<Supplier<Either<OtaFailure, ?>>> changes(
            ModuleCommandPort commands, ProductId product, ModuleRef modem) {
        return List.<Supplier<Either<OtaFailure, ?>>>empty()
                .appendAll(changesOf(Capability.CREATE_MODULE, () -> commands.create(radio(product))))
                .appendAll(changesOf(
                        Capability.UPDATE_MODULE, () -> commands.update(modem, ModuleUpdate.alias("another-alias"))))
                .appendAll(changesOf(Capability.DELETE_MODULE, () -> commands.delete(modem)));
    }

    private Option<Supplier<Either<OtaFailure, ?>>> changesOf(
            Capability capability, Supplier<Either<OtaFailure, ?>> change) {
        return backend().capabilities().has(capability) ? Option.some(change) : Option.none();
    }
}
