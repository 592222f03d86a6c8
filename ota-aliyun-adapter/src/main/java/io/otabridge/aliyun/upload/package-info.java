/** Uploads to the object store of the platform. */
@NullMarked
package io.otabridge.aliyun.upload;

import org.jspecify.annotations.NullMarked;
