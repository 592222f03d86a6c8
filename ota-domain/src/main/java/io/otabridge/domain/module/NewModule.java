package io.otabridge.domain.module;

import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.vavr.control.Option;

/**
 * An OTA module to be created. Immutable.
 *
 * @param product the backend's id of the product
 * @param name the name, unique in the product; it cannot be changed
 * @param alias the display name
 * @param description the description
 */
public record NewModule(ProductId product, ModuleName name, Option<String> alias, Option<String> description) {

    /** @throws IllegalArgumentException if alias or description is blank; leave it out instead */
    public NewModule {
        ModuleUpdate.requireText("alias", alias);
        ModuleUpdate.requireText("description", description);
    }

    /** Returns a module without alias and description. */
    public static NewModule named(ProductId product, ModuleName name) {
        return new NewModule(product, name, Option.none(), Option.none());
    }

    /**
     * Returns a copy with this alias.
     *
     * @throws IllegalArgumentException if the text is blank
     */
    public NewModule alias(String text) {
        return new NewModule(product, name, Option.some(text), description);
    }

    /**
     * Returns a copy with this description.
     *
     * @throws IllegalArgumentException if the text is blank
     */
    public NewModule description(String text) {
        return new NewModule(product, name, alias, Option.some(text));
    }

    /** Returns a reference to the module. */
    public ModuleRef toRef() {
        return ModuleRef.named(product, name);
    }

    /** Returns the module as it will be created, without the id and times that the vendor assigns. */
    public OtaModule toModule() {
        OtaModule.Builder module = OtaModule.builder(Product.of(product), name);
        alias.forEach(module::alias);
        description.forEach(module::description);
        return module.build();
    }

    /** Returns whether an existing module has the same product, name, alias and description. */
    public boolean describes(OtaModule module) {
        return module.product().id().equals(product)
                && module.name().equals(name)
                && module.alias().equals(alias)
                && module.description().equals(description);
    }
}
