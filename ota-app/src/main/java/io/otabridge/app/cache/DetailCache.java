package io.otabridge.app.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.observation.CacheResult;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a vendor said about things of one kind. Failures are not kept. Nothing is served once a download link in it has
 * expired or is about to, and nothing is kept that has a link whose expiry is unknown. Safe for many threads; two that ask for the same thing at once both ask the port, as adapters send
 * the same question once.
 */
final class DetailCache<K, V> {

    /** Whoever is given a link needs time to begin with it, and clocks differ. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final int COUNTERS = 1_024;

    /**
     * An answer.
     *
     * @param generation of the cache when the question was asked; after a write it is another
     * @param asked when the question was asked
     * @param fresh until when it serves
     * @param end until when it serves if the vendor cannot answer
     */
    private record Kept<V>(V value, long generation, Instant asked, Instant fresh, Instant end) {}

    /** Frees memory; what is served is decided by the clock of the backend. */
    private static final class Memory<K, V> implements Expiry<K, Kept<V>> {

        @Override
        public long expireAfterCreate(K key, Kept<V> kept, long now) {
            return Duration.between(kept.asked(), kept.end()).toNanos();
        }

        @Override
        public long expireAfterUpdate(K key, Kept<V> kept, long now, long left) {
            return expireAfterCreate(key, kept, now);
        }

        @Override
        public long expireAfterRead(K key, Kept<V> kept, long now, long left) {
            return left;
        }
    }

    private final Duration life;
    private final Duration stale;
    private final Function<V, List<Option<Instant>>> links;
    private final InstantSource clock;
    private final Cache<K, Kept<V>> kept;
    private final AtomicLong generation = new AtomicLong();

    /** How often the vendor has denied a thing; each number is that of many things, so that there need not be one for each. */
    private final AtomicIntegerArray denials = new AtomicIntegerArray(COUNTERS);

    private final Consumer<CacheResult> uses;

    /**
     * An empty cache.
     *
     * @param life how long an answer is kept
     * @param uses is told of every question
     * @param links when the links in an answer end, for each of them; absent where it does not say
     * @param clock the vendor's time, as far as it is known
     */
    DetailCache(
            Duration life,
            CacheSettings rules,
            Consumer<CacheResult> uses,
            Function<V, List<Option<Instant>>> links,
            InstantSource clock) {
        this.life = life;
        this.stale = rules.stale();
        this.uses = uses;
        this.links = links;
        this.clock = clock;
        this.kept = Caffeine.newBuilder()
                .maximumSize(rules.entries())
                .expireAfter(new Memory<K, V>())
                .executor(Runnable::run)
                .build();
    }

    /** What is kept, or what the vendor says now, or what is kept if the vendor cannot answer. */
    Either<OtaFailure, V> find(K key, Function<K, Either<OtaFailure, V>> ask) {
        @Nullable Kept<V> held = kept.getIfPresent(key);
        if (held != null && serves(held, Kept::fresh)) {
            uses.accept(CacheResult.HIT);
            return Either.right(held.value());
        }
        return ask(key, ask);
    }

    private Either<OtaFailure, V> ask(K key, Function<K, Either<OtaFailure, V>> ask) {
        Instant asked = clock.instant();
        long before = generation.get();
        int denied = denials.get(counter(key));
        Either<OtaFailure, V> answer = ask.apply(key)
                .peek(value -> keep(key, value, asked, before, denied))
                .peekLeft(failure -> forget(key, failure));
        Option<Kept<V>> old = answer.isLeft() && isPassing(answer.getLeft())
                ? Option.of(kept.getIfPresent(key)).filter(held -> serves(held, Kept::end))
                : Option.none();
        uses.accept(old.isDefined() ? CacheResult.STALE : CacheResult.MISS);
        return old.map(Kept::value).<Either<OtaFailure, V>>map(Either::right).getOrElse(answer);
    }

    /** Forgets everything, and what is being asked right now, as it may be of before the write. */
    void written() {
        generation.incrementAndGet();
        kept.invalidateAll();
    }

    /** Whether it may serve now. A clock that was set back says nothing of how old it is. */
    private boolean serves(Kept<V> held, Function<Kept<V>, Instant> until) {
        Instant now = clock.instant();
        return held.generation() == generation.get() && !now.isBefore(held.asked()) && now.isBefore(until.apply(held));
    }

    private void keep(K key, V value, Instant asked, long before, int denied) {
        List<Option<Instant>> ends = links.apply(value);
        if (ends.exists(Option::isEmpty)) {
            // The link may end at any moment, and so may that of an older value.
            kept.invalidate(key);
            return;
        }
        Instant usable =
                ends.flatMap(end -> end).min().map(end -> end.minus(MARGIN)).getOrElse(Instant.MAX);
        Instant fresh = earlier(asked.plus(life), usable);
        Instant end = earlier(asked.plus(life).plus(stale), usable);
        if (asked.isBefore(fresh) && before == generation.get()) {
            Kept<V> answer = new Kept<>(value, before, asked, fresh, end);
            kept.asMap().compute(key, (same, old) -> denied == denials.get(counter(key)) ? answer : old);
        }
    }

    /**
     * What the vendor denies or does not know any more must not come back when it is down, nor with an answer to a question
     * that was asked before.
     */
    private void forget(K key, OtaFailure failure) {
        if (failure instanceof OtaFailure.NotFound
                || failure instanceof OtaFailure.AccessDenied
                || failure instanceof OtaFailure.Rejected) {
            denials.incrementAndGet(counter(key));
            kept.invalidate(key);
        }
    }

    private int counter(K key) {
        return Math.floorMod(key.hashCode(), COUNTERS);
    }

    /** Whether the vendor cannot respond for the time being. An interrupt of the caller is another matter. */
    private static boolean isPassing(OtaFailure failure) {
        return failure.isRetryable()
                && (failure instanceof OtaFailure.Unavailable
                        || failure instanceof OtaFailure.DeadlineExceeded
                        || failure instanceof OtaFailure.CircuitOpen
                        || failure instanceof OtaFailure.RateLimited);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
