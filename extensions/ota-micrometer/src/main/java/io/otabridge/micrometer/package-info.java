/**
 * Metrics and traces through Micrometer, see {@link io.otabridge.micrometer.MicrometerObserver}.
 */
@NullMarked
package io.otabridge.micrometer;

import org.jspecify.annotations.NullMarked;
