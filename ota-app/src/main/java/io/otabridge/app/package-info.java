/**
 * What an application embeds: {@link io.otabridge.app.OtaBridge} opens every configured backend, found by its vendor
 * word among the adapters on the class path, and gives them out by name. Start there; {@link io.otabridge.app.OtaConfig}
 * is a configuration made in Java instead of a file, {@link io.otabridge.app.ConfigurationException} what a faulty one
 * is refused with. Reading the file and wiring are hidden, and no vendor is named here.
 */
@NullMarked
package io.otabridge.app;

import org.jspecify.annotations.NullMarked;
