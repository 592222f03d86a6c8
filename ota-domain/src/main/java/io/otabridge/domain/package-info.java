/**
 * What the whole library speaks about: vendors, products, values with rules, and {@link io.otabridge.domain.OtaFailure},
 * the one answer to "why not?". Start with {@code firmware.FirmwareQueryPort} and {@code module.ModuleQueryPort}.
 * Nothing here knows a vendor's wire format, HTTP or a configuration file.
 */
@NullMarked
package io.otabridge.domain;

import org.jspecify.annotations.NullMarked;
