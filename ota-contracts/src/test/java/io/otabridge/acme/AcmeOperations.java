package io.otabridge.acme;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.client.Operation;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.OneShotBody;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.Message;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.vavr.control.Either;
import io.vavr.control.Option;

/** The operations of Acme Shelf. */
final class AcmeOperations {

    private static final StringConstraint PRODUCT =
            StringConstraint.matching("Acme product", "[A-Za-z0-9-]{1,32}", "1 to 32 letters, digits and hyphens");
    private static final StringConstraint PACKAGE = StringConstraint.matching(
            "Acme package id", "[a-z0-9-]{1,32}", "1 to 32 lower-case letters, digits and hyphens");
    private static final StringConstraint MODULE = StringConstraint.matching(
            "Acme module name",
            "[A-Za-z0-9][A-Za-z0-9._-]{0,39}",
            "1 to 40 letters, digits, full stops, underscores and hyphens, beginning with a letter or digit");
    private static final StringConstraint PAGE = StringConstraint.matching(
            "Acme page", "[0-9]{1,6}", "the number of a page, as returned with the previous page");

    /** A page of the packages that a filter matches. */
    record PackagePage(FirmwareFilter filter, PageToken from) {}

    /**
     * A page of a product's modules.
     *
     * @param name the name to look for; none to list all modules
     */
    record ModulePage(ProductId product, Option<ModuleName> name, PageToken from) {}

    final Operation<FirmwareId, Firmware> showPackage;
    final Operation<PackagePage, Page<FirmwareSummary>> listPackages;
    final Operation<FirmwareId, DeleteResult> deletePackage;
    final Operation<ModulePage, Page<OtaModule>> listModules;
    final Operation<NewModule, OtaModule> createModule;
    final Operation<ModuleRef.ByName, DeleteResult> deleteModule;

    AcmeOperations(AcmeApi api) {
        showPackage = Operation.<FirmwareId>read("ShowPackage")
                .subject("firmware {0}", FirmwareId::value)
                .valid(PACKAGE, FirmwareId::value)
                .request(id -> api.showPackage(id.value()))
                .json(
                        LenientJsonReader.of(PackageDto.class),
                        (id, dto) -> AcmeMapping.toFirmware(dto).flatMap(found -> requireId(id, found)));

        listPackages = Operation.<PackagePage>read("ListPackages")
                .subject("{0}", PackagePage::filter)
                .needs(
                        Capability.SOFTWARE_PACKAGES,
                        page -> page.filter().target().exists(FirmwareTarget.Software.class::isInstance))
                .validIfPresent(PRODUCT, page -> page.filter().product().map(ProductId::value))
                .validIfPresent(PAGE, page -> number(page.from()))
                .inBulk(page -> number(page.from()).isDefined())
                .request(page -> api.listPackages(
                        page.filter().product().map(ProductId::value).getOrNull(),
                        page.filter().version().map(FirmwareVersion::value).getOrNull(),
                        number(page.from()).getOrNull()))
                .json(
                        LenientJsonReader.of(PackageDto.PageDto.class),
                        (page, dto) -> AcmeMapping.toPage(
                                        "packages", dto.packages(), dto.next(), page.from(), AcmeMapping::toFirmware)
                                .flatMap(found -> matching(page.filter(), found)));

        deletePackage = Operation.<FirmwareId>deletion("DeletePackage")
                .subject("firmware {0}", FirmwareId::value)
                .valid(PACKAGE, FirmwareId::value)
                .request(id -> api.deletePackage(id.value()))
                .deleted();

        listModules = Operation.<ModulePage>read("ListModules")
                .subject(page -> page.name()
                        .map(name -> Message.of("module {0} of product {1}", name, page.product()))
                        .getOrElse(() -> Message.of("modules of product {0}", page.product())))
                .valid(PRODUCT, page -> page.product().value())
                .validIfPresent(MODULE, page -> page.name().map(ModuleName::value))
                .validIfPresent(PAGE, page -> number(page.from()))
                .request(page -> api.listModules(
                        page.product().value(), number(page.from()).getOrNull()))
                .json(
                        LenientJsonReader.of(ModuleDto.PageDto.class),
                        (page, dto) -> AcmeMapping.toPage(
                                "modules",
                                dto.modules(),
                                dto.next(),
                                page.from(),
                                module -> AcmeMapping.toModule(module)
                                        .flatMap(found -> requireProduct(page.product(), found))));

        createModule = Operation.<NewModule>change("CreateModule")
                .subject("the new {0}", NewModule::toRef)
                .valid(PRODUCT, module -> module.product().value())
                .valid(MODULE, module -> module.name().value())
                .request(module -> {
                    ObjectNode body = JsonNodeFactory.instance.objectNode();
                    body.put("name", module.name().value());
                    module.alias().forEach(alias -> body.put("alias", alias));
                    module.description().forEach(description -> body.put("description", description));
                    return api.createModule(module.product().value(), OneShotBody.json(body.toString()));
                })
                .json(
                        LenientJsonReader.of(ModuleDto.class),
                        (module, dto) -> AcmeMapping.toModule(dto).flatMap(created -> requireSame(module, created)));

        // Not retried: a retry could delete a module of the same name that was created in between.
        deleteModule = Operation.<ModuleRef.ByName>change("DeleteModule")
                .subject("{0}", ref -> ref)
                .valid(PRODUCT, ref -> ref.product().value())
                .valid(MODULE, ref -> ref.name().value())
                .request(ref ->
                        api.deleteModule(ref.product().value(), ref.name().value()))
                .deleted();
    }

    /** Returns the number of a page; none for the first page. */
    private static Option<String> number(PageToken from) {
        return Option.when(!from.equals(PageToken.FIRST), from.value());
    }

    /** Filters by target. Acme Shelf itself filters by product and version. */
    private static Either<String, Page<FirmwareSummary>> matching(FirmwareFilter filter, Page<Firmware> found) {
        return filter.retainMatching(found.items().map(FirmwareSummary::of), ProductId::equals)
                .map(packages -> new Page<>(packages, found.next()));
    }

    private static Either<String, Firmware> requireId(FirmwareId id, Firmware found) {
        return found.id().equals(id)
                ? Either.right(found)
                : Either.left("it is package " + found.id() + ", requested was " + id);
    }

    private static Either<String, OtaModule> requireProduct(ProductId product, OtaModule found) {
        ProductId other = found.product().id();
        return other.equals(product)
                ? Either.right(found)
                : Either.left("it is a module of product " + other + ", requested was " + product);
    }

    private static Either<String, OtaModule> requireSame(NewModule module, OtaModule created) {
        return module.describes(created)
                ? Either.right(created)
                : Either.left("it is another module than the requested one");
    }
}
