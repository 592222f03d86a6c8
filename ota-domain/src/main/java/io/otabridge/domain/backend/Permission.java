package io.otabridge.domain.backend;

import io.otabridge.domain.Capability;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * An action of the vendor's access management, such as IAM or RAM, that must be allowed for an operation. Immutable.
 *
 * @param operation the vendor's name of the operation, as in {@link io.otabridge.domain.OtaFailure#operation}
 * @param action the action to allow
 * @param capabilities the capabilities that send the operation, including reads before or after a change
 * @param uncertainty why the action may have another name; absent if the vendor documents it
 */
public record Permission(String operation, String action, List<Capability> capabilities, Option<String> uncertainty) {

    /** Returns a permission that the vendor documents. */
    public static Permission of(String operation, String action, Capability... capabilities) {
        return new Permission(operation, action, List.of(capabilities), Option.none());
    }

    /** Returns a copy that the vendor's documents do not confirm. */
    public Permission uncertain(String reason) {
        return new Permission(operation, action, capabilities, Option.some(reason));
    }
}
