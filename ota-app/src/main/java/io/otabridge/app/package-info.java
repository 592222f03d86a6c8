/**
 * The application API. {@link io.otabridge.app.OtaBridge} opens the configured backends with the adapters on the class
 * path and returns them by name; start there. {@link io.otabridge.app.OtaConfig} is a configuration created in Java
 * instead of a file, and {@link io.otabridge.app.ConfigurationException} reports the errors of an invalid one. This
 * package does not depend on a vendor.
 */
@NullMarked
package io.otabridge.app;

import org.jspecify.annotations.NullMarked;
