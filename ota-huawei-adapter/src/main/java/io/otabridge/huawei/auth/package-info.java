/** Signs requests to IoTDA, and gets the credentials for it. */
@NullMarked
package io.otabridge.huawei.auth;

import org.jspecify.annotations.NullMarked;
