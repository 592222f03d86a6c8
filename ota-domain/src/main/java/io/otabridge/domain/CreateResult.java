package io.otabridge.domain;

/**
 * What a creation led to.
 *
 * @param value the thing, which is there now
 * @param alreadyExisted whether it was there before, exactly as it was to be made, so that nothing was made; as after a creation
 *     whose answer was lost
 */
public record CreateResult<T>(T value, boolean alreadyExisted) {}
