package io.otabridge.domain;

/**
 * The backend and operation that a result or failure belongs to.
 *
 * @param backend the name of the backend in the configuration, such as {@code prod}
 * @param vendor the vendor of the backend
 * @param operation the vendor's name of the operation, such as {@code ShowOtaModule}, for the vendor's support
 */
public record OperationContext(String backend, Vendor vendor, String operation) {}
