/** The RPC API of the platform, and its responses in JSON and XML. */
@NullMarked
package io.otabridge.aliyun.wire;

import org.jspecify.annotations.NullMarked;
