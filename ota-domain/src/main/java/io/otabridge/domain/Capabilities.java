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

    private final Set<Capability> supported;
    private final Map<Capability, String> alternatives;

    private Capabilities(Set<Capability> supported, Map<Capability, String> alternatives) {
        this.supported = Collections.unmodifiableSet(supported);
        this.alternatives = Collections.unmodifiableMap(alternatives);
    }

    /** Everything there is. */
    public static Capabilities all() {
        return new Capabilities(EnumSet.allOf(Capability.class), new EnumMap<>(Capability.class));
    }

    /**
     * The same without this one.
     *
     * @param alternative what to do instead, as a sentence without a final stop
     */
    public Capabilities without(Capability missing, String alternative) {
        Set<Capability> fewer = EnumSet.copyOf(supported);
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
        return Option.of(alternatives.get(capability));
    }

    /**
     * Goes on if the backend can do this.
     *
     * @param origin the backend, and the operation that is asked for
     * @return the capability, or {@link OtaFailure.Unsupported} that names it and says what to do instead
     */
    public Either<OtaFailure, Capability> require(Origin origin, Capability needed) {
        return alternative(needed)
                .<Either<OtaFailure, Capability>>map(alternative -> Either.left(new OtaFailure.Unsupported(
                        FailureDetails.of(
                                origin,
                                Message.of(
                                        "Backend {0} ({1}) cannot {2}",
                                        origin.backend(), origin.vendor(), Message.of(needed.words())),
                                Message.of(alternative).and(Message.of("nothing was sent"))),
                        needed)))
                .getOrElse(Either.right(needed));
    }

    @Override
    public String toString() {
        return supported().map(Capability::word).mkString(", ");
    }
}
