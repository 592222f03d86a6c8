/** Settings of a backend on IoTDA. */
@NullMarked
package io.otabridge.huawei.config;

import org.jspecify.annotations.NullMarked;
