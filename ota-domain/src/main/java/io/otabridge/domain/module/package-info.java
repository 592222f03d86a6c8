/**
 * Vendor-neutral OTA modules, the separately upgradable parts of a product's devices. Start with {@link
 * io.otabridge.domain.module.ModuleQueryPort}.
 */
@NullMarked
package io.otabridge.domain.module;

import org.jspecify.annotations.NullMarked;
