package io.otabridge.domain;

/**
 * The result of a create operation.
 *
 * @param <T> the type of the created object
 * @param value the object, which now exists
 * @param alreadyExisted true if an equal object already existed and nothing was created, for example after an earlier
 *     attempt whose response was lost
 */
public record CreateResult<T>(T value, boolean alreadyExisted) {}
