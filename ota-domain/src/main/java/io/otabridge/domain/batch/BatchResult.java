package io.otabridge.domain.batch;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;

/**
 * What came of one of many questions.
 *
 * @param id what was asked for
 * @param found the thing, or the failure that says what to do next
 */
public record BatchResult<I, T>(I id, Either<OtaFailure, T> found) {}
