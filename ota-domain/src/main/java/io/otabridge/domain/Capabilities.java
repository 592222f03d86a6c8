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
 * What a backend declares it can do, and what to do instead where it cannot. Immutable. An adapter declares once, and asks
 * {@link #require} before every operation that not all vendors have, so that what is declared is what happens.
 */
public final class Capabilities {

    private static final String NOT_IMPLEMENTED = "This adapter does not implement it: use the vendor's console";

    private final Set<Capability> supported;
    private final Map<Capability, String> alternatives;

    private Capabilities(Set<Capability> supported, Map<Capability, String> alternatives) {
        this.supported = Collections.unmodifiableSet(supported);
        this.alternatives = Collections.unmodifiableMap(alternatives);
    }

    /**
     * These, and no others. An adapter declares with this method, so that a capability that is added to the enum later is
     * missing until the adapter supports it.
     */
    public static Capabilities of(Capability... supported) {
        Set<Capability> set = EnumSet.noneOf(Capability.class);
        Collections.addAll(set, supported);
        return new Capabilities(set, new EnumMap<>(Capability.class));
    }

    /** Every capability of the enum, those added later included. */
    public static Capabilities all() {
        return new Capabilities(EnumSet.allOf(Capability.class), new EnumMap<>(Capability.class));
    }

    /**
     * The same without this one.
     *
     * @param alternative what to do instead, as a sentence without a final stop
     */
    public Capabilities without(Capability missing, String alternative) {
        Set<Capability> fewer = EnumSet.noneOf(Capability.class);
        fewer.addAll(supported);
        fewer.remove(missing);
        Map<Capability, String> more = new EnumMap<>(Capability.class);
        more.putAll(alternatives);
        more.put(missing, alternative);
        return new Capabilities(fewer, more);
    }

    /** Whether the backend can do this. */
    public boolean has(Capability capability) {
        return supported.contains(capability);
    }

    /** All that the backend can do, in the order of {@link Capability}. */
    public List<Capability> supported() {
        return List.ofAll(supported);
    }

    /** What to do instead; absent if the backend can do it. */
    public Option<String> alternative(Capability capability) {
        return Option.when(
                !has(capability), () -> Option.of(alternatives.get(capability)).getOrElse(NOT_IMPLEMENTED));
    }

    /**
     * Goes on if the backend can do this.
     *
     * @param origin the backend, and the operation that is asked for
     * @return the capability, or {@link OtaFailure.Unsupported} that names it and says what to do instead
     */
    public Either<OtaFailure, Capability> require(OperationContext origin, Capability needed) {
        return has(needed) ? Either.right(needed) : Either.left(unsupported(origin, needed));
    }

    /**
     * The failure of an operation that the backend does not have.
     *
     * @param origin the backend, and the operation that is asked for
     * @return the failure, which names the capability and says what to do instead
     */
    public OtaFailure unsupported(OperationContext origin, Capability needed) {
        return new OtaFailure.Unsupported(
                FailureDetails.of(
                        origin,
                        Message.of(
                                "Backend {0} ({1}) cannot {2}",
                                origin.backend(), origin.vendor(), Message.of(needed.words())),
                        Message.of(alternative(needed).getOrElse(NOT_IMPLEMENTED))
                                .and(Message.of("nothing was sent"))),
                needed);
    }

    @Override
    public String toString() {
        return supported().map(Capability::word).mkString(", ");
    }
}
