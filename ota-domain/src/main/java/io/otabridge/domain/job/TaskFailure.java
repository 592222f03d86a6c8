package io.otabridge.domain.job;

import io.vavr.control.Option;

/**
 * Why a task failed. Immutable.
 *
 * @param reason the class of the reason
 * @param vendorCode the vendor's code, such as {@code IOTDA.014016}; absent if there is none
 * @param message the vendor's or the device's text, redacted; absent if there is none
 */
public record TaskFailure(FailureReason reason, Option<String> vendorCode, Option<String> message) {}
