/** Network faults, injected by a proxy between a client and a server, with the expected outcomes. */
@NullMarked
package io.otabridge.contracts.fault;

import org.jspecify.annotations.NullMarked;
