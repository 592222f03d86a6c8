/** A simulator of Huawei Cloud IoTDA. It shares no code with the adapter. */
@NullMarked
package io.otabridge.simulators.huawei;

import org.jspecify.annotations.NullMarked;
