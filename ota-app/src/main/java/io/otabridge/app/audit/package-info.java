/** Records the changes that an application makes. Start with {@link io.otabridge.app.audit.AuditLog}. */
@NullMarked
package io.otabridge.app.audit;

import org.jspecify.annotations.NullMarked;
