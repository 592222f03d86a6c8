/** The data of a simulator: products, modules, packages and device groups. */
@NullMarked
package io.otabridge.simulators.huawei.store;

import org.jspecify.annotations.NullMarked;
