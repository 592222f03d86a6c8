/** Files to publish. Start with {@link io.otabridge.domain.artifact.Artifact}. */
@NullMarked
package io.otabridge.domain.artifact;

import org.jspecify.annotations.NullMarked;
