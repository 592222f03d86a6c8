/**
 * The adapters for Alibaba Cloud IoT Platform and private deployments of Tuya, which use a dialect of its protocol. The
 * providers open backends, the config classes build their settings in Java. The packages below are internal.
 */
@NullMarked
package io.otabridge.aliyun;

import org.jspecify.annotations.NullMarked;
