package io.otabridge.client.transport;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.io.IOException;
import java.io.InputStream;

/** Reads a response while it arrives. */
@FunctionalInterface
public interface ResponseHandler<T> {

    /**
     * Reads a response.
     *
     * @param head status and headers; its body is empty
     * @param body the bytes as they arrive, after decompression. A read fails if no bytes arrive within the stall
     *     timeout
     * @return the result, or the failure to which the response maps
     * @throws IOException if the response cannot be read to its end. Errors of the handler's own storage must be
     *     returned as failures, because an exception would be retried as a network error
     */
    Either<OtaFailure, T> handle(HttpResponse head, InputStream body) throws IOException;
}
