/** Publishes a package of one backend on others. Start with {@link io.otabridge.app.OtaBridge#promote}. */
@NullMarked
package io.otabridge.app.promotion;

import org.jspecify.annotations.NullMarked;
