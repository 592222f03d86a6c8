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
 * The contract of {@link io.otabridge.domain.module.ModuleCommandPort}. The test class of an adapter implements this
 * interface and its hooks, and inherits the tests.
 */
public interface ModuleCommandContract extends OperationContract {

    /** Returns an existing product in which modules can be created. It has a module {@code modem}. */
    ProductId givenProduct();

    /** Makes the vendor execute the next change and then close the connection without a response. */
    void givenLostResponse();

    /** Runs this action once, before the vendor handles the next deletion. The action deletes the same module. */
    void beforeNextDeletion(Runnable action);

    /**
     * Returns modules that are valid in the domain but invalid for this vendor; empty if the vendor has no rules for
     * modules.
     */
    List<NewModule> invalidModules();

    private static NewModule radio(ProductId product) {
        return NewModule.named(product, ModuleName.of("Radio"))
                .alias("radio-chip")
                .description("Firmware of the radio");
    }

    private boolean canCreate(ProductId product) {
        return isSupported(
                Capability.CREATE_MODULE, () -> backend().moduleCommands().create(radio(product)));
    }

    private boolean canUpdate(ProductId product) {
        return isSupported(
                Capability.UPDATE_MODULE,
                () -> backend().moduleCommands().update(radio(product).toRef(), ModuleUpdate.alias("any")));
    }

    private boolean canDelete(ProductId product) {
        return isSupported(
                Capability.DELETE_MODULE,
                () -> backend().moduleCommands().delete(radio(product).toRef()));
    }

    /** Returns the number of modules with this name in the product. */
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
    default void does_not_create_a_module_twice() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canCreate(product)) {
            backend().moduleCommands().create(radio).get();

            CreateResult<OtaModule> second =
                    backend().moduleCommands().create(radio).get();

            assertThat(second.alreadyExisted()).isTrue();
            assertThat(second.value())
                    .isEqualTo(backend().modules().find(radio.toRef()).get());
            assertThat(countOf(radio)).isEqualTo(1);
        }
    }

    @Test
    default void creates_one_module_although_the_response_is_lost() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canCreate(product)) {
            givenLostResponse();

            OtaFailure lost = backend().moduleCommands().create(radio).getLeft();
            CreateResult<OtaModule> second =
                    backend().moduleCommands().create(radio).get();

            assertThat(lost).isInstanceOf(OtaFailure.OutcomeUnknown.class);
            expectOriginAndAdvice(lost);
            assertThat(second.alreadyExisted()).isTrue();
            assertThat(countOf(radio)).isEqualTo(1);
        }
    }

    @Test
    default void rejects_creation_of_an_existing_module_with_another_description() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canCreate(product)) {
            OtaModule existing = backend().moduleCommands().create(radio).get().value();

            OtaFailure failure = backend()
                    .moduleCommands()
                    .create(radio.description("Something else"))
                    .getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            assertThat(failure.summary()).contains("Radio");
            expectOriginAndAdvice(failure);
            assertThat(backend().modules().find(radio.toRef()).get().description())
                    .isEqualTo(existing.description());
        }
    }

    @Test
    default void rejects_an_invalid_module_without_a_request() {
        ProductId product = givenProduct();
        List<NewModule> invalid = invalidModules();
        Assumptions.assumeTrue(invalid.nonEmpty(), "this vendor has no rules for modules");
        if (canCreate(product)) {
            int before = requestsSent();

            invalid.forEach(module -> {
                OtaFailure failure = backend().moduleCommands().create(module).getLeft();
                assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
                expectOriginAndAdvice(failure);
            });

            assertThat(requestsSent()).isEqualTo(before);
        }
    }

    @Test
    default void updates_the_alias_and_keeps_the_description() {
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
    default void updates_the_description_and_keeps_the_alias() {
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
    default void returns_not_found_for_an_update_of_an_unknown_module() {
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
                    .as("the other module still exists")
                    .isTrue();
        }
    }

    @Test
    default void deletes_a_module_by_id_or_returns_unsupported() {
        ProductId product = givenProduct();
        if (!canDelete(product) || !canCreate(product)) {
            return;
        }
        Option<ModuleId> id =
                backend().moduleCommands().create(radio(product)).get().value().id();
        ModuleId wanted = id.getOrElse(ModuleId.of("any"));
        if (isSupported(
                Capability.FIND_MODULE_BY_ID, () -> backend().moduleCommands().delete(ModuleRef.id(wanted)))) {
            assertThat(backend().moduleCommands().delete(ModuleRef.id(wanted)).get())
                    .isEqualTo(DeleteResult.DELETED);
            assertThat(backend().moduleCommands().delete(ModuleRef.id(wanted)).get())
                    .isEqualTo(DeleteResult.NOT_FOUND);
        }
    }

    @Test
    default void deletes_no_module_whose_name_differs_in_case() {
        ProductId product = givenProduct();
        if (canDelete(product)) {
            assertThat(backend()
                            .moduleCommands()
                            .delete(ModuleRef.named(product, ModuleName.of("Modem")))
                            .get())
                    .isEqualTo(DeleteResult.NOT_FOUND);
            assertThat(backend()
                            .modules()
                            .find(ModuleRef.named(product, ModuleName.of("modem")))
                            .isRight())
                    .as("still exists")
                    .isTrue();
        }
    }

    @Test
    default void returns_absent_when_the_module_does_not_exist() {
        ProductId product = givenProduct();
        if (canDelete(product)) {
            assertThat(backend().moduleCommands().delete(radio(product).toRef()).get())
                    .isEqualTo(DeleteResult.NOT_FOUND);
            assertThat(backend()
                            .moduleCommands()
                            .delete(ModuleRef.named(ProductId.of("anotherProduct"), ModuleName.of("Radio")))
                            .get())
                    .isEqualTo(DeleteResult.NOT_FOUND);
        }
    }

    @Test
    default void returns_absent_when_another_caller_deletes_the_module_first() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canDelete(product) && canCreate(product)) {
            ModuleCommandPort commands = backend().moduleCommands();
            commands.create(radio).get();
            AtomicReference<DeleteResult> otherResult = new AtomicReference<>();
            beforeNextDeletion(
                    () -> otherResult.set(commands.delete(radio.toRef()).get()));

            assertThat(commands.delete(radio.toRef()).get()).isEqualTo(DeleteResult.NOT_FOUND);
            assertThat(otherResult).hasValue(DeleteResult.DELETED);
        }
    }

    @Test
    default void deletes_a_module_although_the_response_is_lost() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canDelete(product) && canCreate(product)) {
            backend().moduleCommands().create(radio).get();
            givenLostResponse();

            expectGoneOrOutcomeUnknown(backend().moduleCommands().delete(radio.toRef()));

            assertThat(backend().moduleCommands().delete(radio.toRef()).get()).isEqualTo(DeleteResult.NOT_FOUND);
        }
    }

    @Test
    default void does_not_retry_a_creation_in_an_outage() {
        Assumptions.assumeTrue(supportsScenario(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        if (canCreate(product)) {
            int start = requestsSent();
            backend()
                    .moduleCommands()
                    .create(NewModule.named(product, ModuleName.of("Plain")))
                    .get();
            int needed = requestsSent() - start;
            givenFailureOnChanges(FailureScenario.VENDOR_OUTAGE);

            expectFailure(backend().moduleCommands().create(radio).getLeft(), FailureScenario.VENDOR_OUTAGE);

            assertThat(requestsSent() - start - needed).as("requests").isLessThanOrEqualTo(needed);
        }
    }

    @Test
    default void dry_run_changes_nothing() {
        ProductId product = givenProduct();
        ModuleRef modem = ModuleRef.named(product, ModuleName.of("modem"));
        List<OtaModule> before = modulesOf(product);

        changes(backend().moduleCommands().dryRun(), product, modem)
                .forEach(change -> assertThat(change.get().isRight()).isTrue());

        assertThat(modulesOf(product)).isEqualTo(before);
    }

    @Test
    default void dry_run_predicts_a_creation() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        ModuleCommandPort dryRun = backend().moduleCommands().dryRun();
        if (isSupported(Capability.CREATE_MODULE, () -> dryRun.create(radio))) {
            CreateResult<OtaModule> predicted = dryRun.create(radio).get();
            assertThat(predicted.alreadyExisted()).isFalse();
            assertThat(radio.describes(predicted.value())).isTrue();
            assertThat(predicted.value().id()).isEmpty();

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
    default void dry_run_predicts_an_update() {
        ProductId product = givenProduct();
        NewModule radio = radio(product);
        ModuleUpdate change = ModuleUpdate.alias("radio-2");
        ModuleCommandPort dryRun = backend().moduleCommands().dryRun();
        if (isSupported(Capability.UPDATE_MODULE, () -> dryRun.update(radio.toRef(), change)) && canCreate(product)) {
            assertThat(dryRun.update(radio.toRef(), change).getLeft()).isInstanceOf(OtaFailure.NotFound.class);

            backend().moduleCommands().create(radio).get();

            assertThat(radio.alias("radio-2")
                            .describes(dryRun.update(radio.toRef(), change).get()))
                    .isTrue();
        }
    }

    @Test
    default void dry_run_predicts_a_deletion() {
        ProductId product = givenProduct();
        ModuleRef modem = ModuleRef.named(product, ModuleName.of("modem"));
        ModuleCommandPort dryRun = backend().moduleCommands().dryRun();
        if (isSupported(Capability.DELETE_MODULE, () -> dryRun.delete(modem))) {
            assertThat(dryRun.delete(modem).get()).isEqualTo(DeleteResult.DELETED);

            for (ModuleRef absent : List.of(
                    ModuleRef.named(product, ModuleName.of("Modem")),
                    radio(product).toRef(),
                    radio(ProductId.of("anotherProduct")).toRef())) {
                assertThat(dryRun.delete(absent).get()).as(absent.toString()).isEqualTo(DeleteResult.NOT_FOUND);
            }
        }
    }

    @Test
    default void dry_run_predicts_a_deletion_by_id_or_returns_unsupported() {
        ModuleRef modem = ModuleRef.named(givenProduct(), ModuleName.of("modem"));
        ModuleRef unknown = ModuleRef.id(ModuleId.of("any"));
        ModuleCommandPort dryRun = backend().moduleCommands().dryRun();
        if (backend().capabilities().has(Capability.DELETE_MODULE)
                && isSupported(Capability.FIND_MODULE_BY_ID, () -> dryRun.delete(unknown))) {
            ModuleId id = backend().modules().find(modem).get().id().get();

            assertThat(dryRun.delete(ModuleRef.id(id)).get()).isEqualTo(DeleteResult.DELETED);
            assertThat(dryRun.delete(unknown).get()).isEqualTo(DeleteResult.NOT_FOUND);
        }
    }

    @Test
    default void dry_run_rejects_an_invalid_module_without_a_request() {
        ProductId product = givenProduct();
        List<NewModule> invalid = invalidModules();
        Assumptions.assumeTrue(invalid.nonEmpty(), "this vendor has no rules for modules");
        if (canCreate(product)) {
            int before = requestsSent();

            invalid.forEach(module -> {
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

    /** Returns a creation, an update and a deletion, as far as the backend declares them. */
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
