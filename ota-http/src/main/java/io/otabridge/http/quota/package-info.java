/**
 * Keeps the calls of any number of threads and processes within what vendors allow an account. A {@link
 * io.otabridge.http.quota.QuotaGovernor} gives each call its turn; a {@link io.otabridge.http.quota.QuotaStore} is where
 * processes agree on whose turn comes when. It knows no vendor and no HTTP.
 */
@NullMarked
package io.otabridge.http.quota;

import org.jspecify.annotations.NullMarked;
