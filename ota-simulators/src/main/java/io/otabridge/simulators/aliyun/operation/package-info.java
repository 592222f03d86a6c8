/** What the operations for devices and jobs have in common: parameters, errors and pages. */
@NullMarked
package io.otabridge.simulators.aliyun.operation;

import org.jspecify.annotations.NullMarked;
