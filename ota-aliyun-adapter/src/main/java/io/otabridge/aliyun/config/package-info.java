/** Settings of a backend, and what differs between the two platforms. */
@NullMarked
package io.otabridge.aliyun.config;

import org.jspecify.annotations.NullMarked;
