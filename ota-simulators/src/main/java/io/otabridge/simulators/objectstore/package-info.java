/** The simulated object stores: OSS of Alibaba Cloud and OBS of Huawei Cloud. */
@NullMarked
package io.otabridge.simulators.objectstore;

import org.jspecify.annotations.NullMarked;
