/**
 * Vendor-neutral lists of products and device groups, for choosing an id without the vendor's console. Start with {@link
 * io.otabridge.domain.product.ProductQueryPort} and {@link io.otabridge.domain.product.DeviceGroupQueryPort}.
 */
@NullMarked
package io.otabridge.domain.product;

import org.jspecify.annotations.NullMarked;
