/** The two signature versions of the platform. */
@NullMarked
package io.otabridge.aliyun.signing;

import org.jspecify.annotations.NullMarked;
