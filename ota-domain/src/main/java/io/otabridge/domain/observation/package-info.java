/**
 * Observation of backends for metrics and traces. Start with {@link io.otabridge.domain.observation.BackendObserver}.
 */
@NullMarked
package io.otabridge.domain.observation;

import org.jspecify.annotations.NullMarked;
