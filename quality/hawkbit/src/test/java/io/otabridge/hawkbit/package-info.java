/** An experimental adapter for hawkBit, and its tests against a real server. */
@NullMarked
package io.otabridge.hawkbit;

import org.jspecify.annotations.NullMarked;
