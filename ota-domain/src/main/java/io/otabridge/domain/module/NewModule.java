package io.otabridge.domain.module;

import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.vavr.control.Option;

/**
 * An OTA module to be created.
 *
 * @param product the backend's id of the product
 * @param name unique in the product, never changed
 * @param alias the name for people
 * @param description free text
 */
public record NewModule(ProductId product, ModuleName name, Option<String> alias, Option<String> description) {

    /** @throws IllegalArgumentException if alias or description is blank; leave it out instead */
    public NewModule {
        ModuleUpdate.requireText("alias", alias);
        ModuleUpdate.requireText("description", description);
    }

    /** A module without alias and description. */
    public static NewModule named(ProductId product, ModuleName name) {
        return new NewModule(product, name, Option.none(), Option.none());
    }

    /** The same with this alias. */
    public NewModule alias(String text) {
        return new NewModule(product, name, Option.some(text), description);
    }

    /** The same with this description. */
    public NewModule description(String text) {
        return new NewModule(product, name, alias, Option.some(text));
    }

    /** How to ask for it. */
    public ModuleRef toRef() {
        return ModuleRef.named(product, name);
    }

    /** The module as it will be, before its vendor has given it an id and said when. */
    public OtaModule toModule() {
        OtaModule.Builder module = OtaModule.builder(Product.of(product), name);
        alias.forEach(module::alias);
        description.forEach(module::description);
        return module.build();
    }

    /** Whether a module is this one already. */
    public boolean describes(OtaModule module) {
        return module.product().id().equals(product)
                && module.name().equals(name)
                && module.alias().equals(alias)
                && module.description().equals(description);
    }
}
