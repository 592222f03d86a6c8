/** The proxies between the client and a vendor. */
@NullMarked
package io.otabridge.client.proxy;

import org.jspecify.annotations.NullMarked;
