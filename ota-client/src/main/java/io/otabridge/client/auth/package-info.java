/**
 * Access keys, the building blocks of request signatures, and credentials that are refreshed before they expire.
 */
@NullMarked
package io.otabridge.client.auth;

import org.jspecify.annotations.NullMarked;
