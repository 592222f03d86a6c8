/**
 * Types shared by the whole library: vendors, products, constrained values, and {@link io.otabridge.domain.OtaFailure},
 * the failure type of every operation. Start with {@link io.otabridge.domain.firmware.FirmwareQueryPort} and {@link
 * io.otabridge.domain.module.ModuleQueryPort}. This module does not depend on a vendor's wire format, HTTP or
 * configuration files.
 */
@NullMarked
package io.otabridge.domain;

import org.jspecify.annotations.NullMarked;
