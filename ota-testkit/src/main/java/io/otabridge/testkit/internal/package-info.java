/**
 * What both simulators need to speak HTTP and to check signatures: a loopback server, a request, a reply, percent-coding
 * and digests. Also helpers for tests of the adapters. Nothing here is for users, and it may change with any release. Nothing here is shared with the adapters
 * either: a mistake made once must not sign a request and approve it too.
 */
@NullMarked
package io.otabridge.testkit.internal;

import org.jspecify.annotations.NullMarked;
