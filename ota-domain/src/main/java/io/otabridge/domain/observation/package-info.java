/**
 * How an application watches what its backends do, for metrics and traces: hand in a
 * {@link io.otabridge.domain.observation.BackendObserver}. Start there.
 */
@NullMarked
package io.otabridge.domain.observation;

import org.jspecify.annotations.NullMarked;
