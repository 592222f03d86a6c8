/**
 * Metrics and traces through Micrometer. {@link io.otabridge.micrometer.MicrometerObserver} is all there is to see.
 */
@NullMarked
package io.otabridge.micrometer;

import org.jspecify.annotations.NullMarked;
