package io.otabridge.domain.observation;

/** What became of a question that a cache may answer. */
public enum CacheResult {
    /** Answered from the cache. */
    HIT,
    /** Asked of the vendor. */
    MISS,
    /** Answered from the cache with what is past its time, as the vendor is down. */
    STALE
}
