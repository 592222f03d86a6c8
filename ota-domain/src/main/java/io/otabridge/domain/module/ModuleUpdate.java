package io.otabridge.domain.module;

import io.vavr.control.Option;

/**
 * What to change about an OTA module. What is absent stays as it is. Neither vendor documents a way to take an alias or
 * description away again, so none is offered.
 *
 * @param alias the new name for people
 * @param description the new free text
 */
public record ModuleUpdate(Option<String> alias, Option<String> description) {

    /** @throws IllegalArgumentException if nothing is to change, or a text is blank */
    public ModuleUpdate {
        requireText("alias", alias);
        requireText("description", description);
        if (alias.isEmpty() && description.isEmpty()) {
            throw new IllegalArgumentException("a change of a module must name a new alias or a new description");
        }
    }

    /** A new alias; the description stays. */
    public static ModuleUpdate alias(String text) {
        return new ModuleUpdate(Option.some(text), Option.none());
    }

    /** A new description; the alias stays. */
    public static ModuleUpdate description(String text) {
        return new ModuleUpdate(Option.none(), Option.some(text));
    }

    /** A builder for a change of several texts. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of a {@link ModuleUpdate} by name. For one thread. */
    public static final class Builder {

        private Option<String> alias = Option.none();
        private Option<String> description = Option.none();

        private Builder() {}

        /** The new name for people. */
        public Builder alias(String value) {
            this.alias = Option.some(value);
            return this;
        }

        /** The new free text. */
        public Builder description(String value) {
            this.description = Option.some(value);
            return this;
        }

        /**
         * The change.
         *
         * @throws IllegalArgumentException if nothing is to change, or a text is blank
         */
        public ModuleUpdate build() {
            return new ModuleUpdate(alias, description);
        }
    }

    /** The module as it will be, before its vendor has said when. */
    public OtaModule applyTo(OtaModule module) {
        return new OtaModule(
                module.id(),
                module.product(),
                module.name(),
                alias.orElse(module.alias()),
                description.orElse(module.description()),
                module.resourceSpace(),
                module.created(),
                Option.none());
    }

    static void requireText(String subject, Option<String> text) {
        if (text.exists(String::isBlank)) {
            throw new IllegalArgumentException("a module's " + subject + " must not be blank; leave it out instead");
        }
    }
}
