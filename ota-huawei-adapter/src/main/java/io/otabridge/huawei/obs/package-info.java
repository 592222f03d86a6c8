/** Huawei Cloud Object Storage Service (OBS), which stores the files of packages. */
@NullMarked
package io.otabridge.huawei.obs;

import org.jspecify.annotations.NullMarked;
