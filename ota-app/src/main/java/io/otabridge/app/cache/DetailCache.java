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
 * Caches details of one kind. Failures are not cached. An entry is not used once a download link in it has expired or
 * is about to expire, and details with a link of unknown expiry are not cached. Safe for use by multiple threads.
 * Concurrent lookups of one key all call the port, because adapters coalesce identical requests.
 *
 * @param <K> the key
 * @param <V> the cached details
 */
final class DetailCache<K, V> {

    /** The caller needs time to use a link, and clocks differ. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final int DENIAL_COUNTERS = 1_024;

    /**
     * A cached result.
     *
     * @param generation the generation of the cache when the call started; a write increments it
     * @param requested when the call started
     * @param freshUntil until when the entry is used
     * @param staleUntil until when the entry is used while the vendor is unavailable
     */
    private record Entry<V>(V value, long generation, Instant requested, Instant freshUntil, Instant staleUntil) {}

    /** Frees memory. The clock of the backend decides whether an entry is used. */
    private static final class MemoryExpiry<K, V> implements Expiry<K, Entry<V>> {

        @Override
        public long expireAfterCreate(K key, Entry<V> entry, long now) {
            return Duration.between(entry.requested(), entry.staleUntil()).toNanos();
        }

        @Override
        public long expireAfterUpdate(K key, Entry<V> entry, long now, long remaining) {
            return expireAfterCreate(key, entry, now);
        }

        @Override
        public long expireAfterRead(K key, Entry<V> entry, long now, long remaining) {
            return remaining;
        }
    }

    private final Duration timeToLive;
    private final Duration staleTime;
    private final Function<V, List<Option<Instant>>> links;
    private final InstantSource clock;
    private final Cache<K, Entry<V>> entries;
    private final AtomicLong generation = new AtomicLong();

    /** How often the vendor denied an object, in a fixed number of counters that several keys share. */
    private final AtomicIntegerArray denials = new AtomicIntegerArray(DENIAL_COUNTERS);

    private final Consumer<CacheResult> results;

    /**
     * Creates an empty cache.
     *
     * @param timeToLive how long an entry is used
     * @param settings the maximum size, and how long stale entries are used
     * @param results receives the result of each lookup
     * @param links returns the expiry of each link in a value; an element is absent if the expiry is unknown
     * @param clock the vendor's clock, as far as it is known
     */
    DetailCache(
            Duration timeToLive,
            CacheSettings settings,
            Consumer<CacheResult> results,
            Function<V, List<Option<Instant>>> links,
            InstantSource clock) {
        this.timeToLive = timeToLive;
        this.staleTime = settings.stale();
        this.results = results;
        this.links = links;
        this.clock = clock;
        this.entries = Caffeine.newBuilder()
                .maximumSize(settings.entries())
                .expireAfter(new MemoryExpiry<K, V>())
                .executor(Runnable::run)
                .build();
    }

    /** Returns a fresh entry, otherwise the vendor's result, otherwise a stale entry if the vendor is unavailable. */
    Either<OtaFailure, V> find(K key, Function<K, Either<OtaFailure, V>> call) {
        @Nullable Entry<V> cached = entries.getIfPresent(key);
        if (cached != null && isUsable(cached, Entry::freshUntil)) {
            results.accept(CacheResult.HIT);
            return Either.right(cached.value());
        }
        return callVendor(key, call);
    }

    private Either<OtaFailure, V> callVendor(K key, Function<K, Either<OtaFailure, V>> call) {
        Instant requested = clock.instant();
        long before = generation.get();
        int denied = denials.get(counter(key));
        Either<OtaFailure, V> result = call.apply(key)
                .peek(value -> store(key, value, requested, before, denied))
                .peekLeft(failure -> invalidateIfDenied(key, failure));
        Option<Entry<V>> stale = result.isLeft() && isOutage(result.getLeft())
                ? Option.of(entries.getIfPresent(key)).filter(cached -> isUsable(cached, Entry::staleUntil))
                : Option.none();
        results.accept(stale.isDefined() ? CacheResult.STALE : CacheResult.MISS);
        return stale.map(Entry::value).<Either<OtaFailure, V>>map(Either::right).getOrElse(result);
    }

    /** Invalidates all entries, and the results of running calls, which may precede the write. */
    void invalidateAll() {
        generation.incrementAndGet();
        entries.invalidateAll();
    }

    /** Returns whether an entry may be used now. If the clock was set back, its age is unknown. */
    private boolean isUsable(Entry<V> entry, Function<Entry<V>, Instant> until) {
        Instant now = clock.instant();
        return entry.generation() == generation.get()
                && !now.isBefore(entry.requested())
                && now.isBefore(until.apply(entry));
    }

    private void store(K key, V value, Instant requested, long before, int denied) {
        List<Option<Instant>> expiries = links.apply(value);
        if (expiries.exists(Option::isEmpty)) {
            // The link may expire at any moment, and so may that of an older value.
            entries.invalidate(key);
            return;
        }
        Instant linksUsableUntil = expiries.flatMap(expiry -> expiry)
                .min()
                .map(expiry -> expiry.minus(MARGIN))
                .getOrElse(Instant.MAX);
        Instant freshUntil = earlier(requested.plus(timeToLive), linksUsableUntil);
        Instant staleUntil = earlier(requested.plus(timeToLive).plus(staleTime), linksUsableUntil);
        if (requested.isBefore(freshUntil) && before == generation.get()) {
            Entry<V> entry = new Entry<>(value, before, requested, freshUntil, staleUntil);
            entries.asMap().compute(key, (same, old) -> denied == denials.get(counter(key)) ? entry : old);
        }
    }

    /**
     * Invalidates an object that the vendor denied, so that it is not used during a later outage, nor replaced by the
     * result of an earlier call.
     */
    private void invalidateIfDenied(K key, OtaFailure failure) {
        if (failure instanceof OtaFailure.NotFound
                || failure instanceof OtaFailure.AccessDenied
                || failure instanceof OtaFailure.Rejected) {
            denials.incrementAndGet(counter(key));
            entries.invalidate(key);
        }
    }

    private int counter(K key) {
        return Math.floorMod(key.hashCode(), DENIAL_COUNTERS);
    }

    /** Returns whether the vendor is temporarily unavailable. {@link OtaFailure.Cancelled} is caused by the caller. */
    private static boolean isOutage(OtaFailure failure) {
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
