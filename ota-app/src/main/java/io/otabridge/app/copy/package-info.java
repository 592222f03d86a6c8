/** The steps that promotion and migration have in common. For the other packages of this module. */
@NullMarked
package io.otabridge.app.copy;

import org.jspecify.annotations.NullMarked;
