package io.otabridge.domain.module;

import io.vavr.control.Option;

/**
 * An update of an OTA module. Absent components are not changed. Neither vendor documents how to remove an alias or a
 * description, so this is not supported. Immutable.
 *
 * @param alias the new display name
 * @param description the new description
 */
public record ModuleUpdate(Option<String> alias, Option<String> description) {

    /** @throws IllegalArgumentException if both components are absent, or a text is blank */
    public ModuleUpdate {
        requireText("alias", alias);
        requireText("description", description);
        if (alias.isEmpty() && description.isEmpty()) {
            throw new IllegalArgumentException("a module update must have a new alias or a new description");
        }
    }

    /**
     * Returns an update of the alias.
     *
     * @throws IllegalArgumentException if the text is blank
     */
    public static ModuleUpdate alias(String text) {
        return new ModuleUpdate(Option.some(text), Option.none());
    }

    /**
     * Returns an update of the description.
     *
     * @throws IllegalArgumentException if the text is blank
     */
    public static ModuleUpdate description(String text) {
        return new ModuleUpdate(Option.none(), Option.some(text));
    }

    /** Returns a builder for an update of both. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder. Not safe for use by multiple threads. */
    public static final class Builder {

        private Option<String> alias = Option.none();
        private Option<String> description = Option.none();

        private Builder() {}

        /** Sets the new display name. */
        public Builder alias(String value) {
            this.alias = Option.some(value);
            return this;
        }

        /** Sets the new description. */
        public Builder description(String value) {
            this.description = Option.some(value);
            return this;
        }

        /**
         * Builds the update.
         *
         * @throws IllegalArgumentException if nothing is set, or a text is blank
         */
        public ModuleUpdate build() {
            return new ModuleUpdate(alias, description);
        }
    }

    /**
     * Returns the module with this update applied. The modification time is absent, because only the vendor knows it.
     */
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
