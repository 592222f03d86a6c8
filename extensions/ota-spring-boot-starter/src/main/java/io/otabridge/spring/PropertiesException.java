package io.otabridge.spring;

import java.util.List;

/** Thrown if the application cannot start with its properties. It has all errors, each with the origin of its property. */
final class PropertiesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    PropertiesException(List<String> errors) {
        super("The properties of OTA Bridge have " + (errors.size() == 1 ? "1 error:" : errors.size() + " errors:")
                + listed(errors));
        this.errors = List.copyOf(errors);
    }

    /** Returns sentences without final period that show no value. */
    List<String> errors() {
        return errors;
    }

    static String listed(List<String> errors) {
        return "\n    " + String.join("\n    ", errors);
    }
}
