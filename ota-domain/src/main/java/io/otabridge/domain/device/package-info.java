/** Devices and the versions installed on them. */
@NullMarked
package io.otabridge.domain.device;

import org.jspecify.annotations.NullMarked;
