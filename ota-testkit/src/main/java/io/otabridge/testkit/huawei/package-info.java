/**
 * A Huawei Cloud IoTDA of your own, on this machine: {@link io.otabridge.testkit.huawei.HuaweiSimulator} speaks the
 * application-side API v5 over HTTP and checks every signature as the service does. Start with the simulator; add
 * content as {@link io.otabridge.testkit.huawei.HuaweiModule} and {@link io.otabridge.testkit.huawei.HuaweiPackage}.
 */
@NullMarked
package io.otabridge.testkit.huawei;

import org.jspecify.annotations.NullMarked;
