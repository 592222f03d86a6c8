/** The module ports of the platform. */
@NullMarked
package io.otabridge.aliyun.module;

import org.jspecify.annotations.NullMarked;
