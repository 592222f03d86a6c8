package io.otabridge.domain.observation;

/** The result of a cache lookup. */
public enum CacheResult {
    /** The entry was in the cache. */
    HIT,
    /** The vendor was called. */
    MISS,
    /** The vendor was unavailable, and an entry past its time to live was returned. */
    STALE
}
