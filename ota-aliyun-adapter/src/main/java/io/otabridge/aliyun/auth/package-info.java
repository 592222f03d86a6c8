/** Gets the credentials with which requests are signed. */
@NullMarked
package io.otabridge.aliyun.auth;

import org.jspecify.annotations.NullMarked;
