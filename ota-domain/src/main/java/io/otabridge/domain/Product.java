package io.otabridge.domain;

import io.vavr.control.Option;

/**
 * The product that a module or a firmware package belongs to.
 *
 * @param id the vendor's id of the product
 * @param name its name for people; absent where the vendor did not say
 */
public record Product(ProductId id, Option<String> name) {}
