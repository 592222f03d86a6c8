package io.otabridge.domain.page;

import java.time.Duration;

/**
 * What a long list costs. Immutable.
 *
 * @param items the number of items, as the vendor reports it now
 * @param requests the number of requests
 * @param duration the shortest time for them at the account's quota; zero if the quota is not known
 */
public record RequestEstimate(long items, long requests, Duration duration) {}
