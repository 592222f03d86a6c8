package io.otabridge.domain;

/**
 * Where an answer or a failure comes from.
 *
 * @param backend the name of the backend in the configuration, such as {@code prod}
 * @param vendor the kind of back end
 * @param operation the vendor's own name of the operation, such as {@code ShowOtaModule}; it is what a support desk asks
 */
public record OperationContext(String backend, Vendor vendor, String operation) {}
