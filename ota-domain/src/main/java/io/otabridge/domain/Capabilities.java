package io.otabridge.domain;

import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The capabilities that a backend supports, with an alternative for each that it lacks, and the vendor's limits.
 * Immutable.
 *
 * <p>An adapter declares its capabilities once and calls {@link #require} before every operation that not all vendors
 * support.
 */
public final class Capabilities {

    private static final String NOT_IMPLEMENTED = "This adapter does not implement it: use the vendor's console";

    private final Set<Capability> supported;
    private final Map<Capability, String> alternatives;
    private final Option<PackageLimit> packageLimit;

    private Capabilities(
            Set<Capability> supported, Map<Capability, String> alternatives, Option<PackageLimit> packageLimit) {
        this.supported = Collections.unmodifiableSet(supported);
        this.alternatives = Collections.unmodifiableMap(alternatives);
        this.packageLimit = packageLimit;
    }

    /**
     * Returns exactly these capabilities. Adapters use this method, so that a capability added to the enum later is
     * missing until the adapter supports it.
     */
    public static Capabilities of(Capability... supported) {
        Set<Capability> set = EnumSet.noneOf(Capability.class);
        Collections.addAll(set, supported);
        return new Capabilities(set, new EnumMap<>(Capability.class), Option.none());
    }

    /** Returns every capability of the enum, including those added later. */
    public static Capabilities all() {
        return new Capabilities(EnumSet.allOf(Capability.class), new EnumMap<>(Capability.class), Option.none());
    }

    /**
     * Returns a copy without this capability.
     *
     * @param alternative what to do instead, as a sentence without a final period
     */
    public Capabilities without(Capability missing, String alternative) {
        Set<Capability> remaining = EnumSet.noneOf(Capability.class);
        remaining.addAll(supported);
        remaining.remove(missing);
        Map<Capability, String> newAlternatives = new EnumMap<>(Capability.class);
        newAlternatives.putAll(alternatives);
        newAlternatives.put(missing, alternative);
        return new Capabilities(remaining, newAlternatives, packageLimit);
    }

    /** Returns a copy with the vendor's limit for packages. */
    public Capabilities withPackageLimit(PackageLimit limit) {
        return new Capabilities(supported, alternatives, Option.some(limit));
    }

    /** Returns the vendor's limit for packages; absent if it has none, or none is known. */
    public Option<PackageLimit> packageLimit() {
        return packageLimit;
    }

    /** Returns whether the backend supports the capability. */
    public boolean has(Capability capability) {
        return supported.contains(capability);
    }

    /** Returns the supported capabilities, in the order of {@link Capability}. */
    public List<Capability> supported() {
        return List.ofAll(supported);
    }

    /** Returns what to do instead; absent if the backend supports the capability. */
    public Option<String> alternative(Capability capability) {
        return Option.when(
                !has(capability), () -> Option.of(alternatives.get(capability)).getOrElse(NOT_IMPLEMENTED));
    }

    /**
     * Checks that the backend supports the capability.
     *
     * @param origin the backend and the requested operation
     * @return the capability, or {@link OtaFailure.Unsupported} that names it and the alternative
     */
    public Either<OtaFailure, Capability> require(OperationContext origin, Capability needed) {
        return has(needed) ? Either.right(needed) : Either.left(unsupported(origin, needed));
    }

    /**
     * Returns the failure of an operation that the backend does not support. It names the capability and the
     * alternative.
     *
     * @param origin the backend and the requested operation
     */
    public OtaFailure unsupported(OperationContext origin, Capability needed) {
        return new OtaFailure.Unsupported(
                FailureDetails.of(
                        origin,
                        Message.of(
                                "Backend {0} ({1}) cannot {2}",
                                origin.backend(), origin.vendor(), Message.of(needed.description())),
                        Message.of(alternative(needed).getOrElse(NOT_IMPLEMENTED))
                                .and(Message.of("nothing was sent"))),
                needed);
    }

    @Override
    public String toString() {
        return supported().map(Capability::code).mkString(", ");
    }
}
