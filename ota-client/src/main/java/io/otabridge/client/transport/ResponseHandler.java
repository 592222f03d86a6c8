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
     * @param body the bytes as they arrive, after decompression. A read fails when nothing arrives within the stall timeout
     * @return the result, or the failure that the response amounts to
     * @throws IOException if the response cannot be read to its end. An error of the handler's own storage must not be thrown,
     *     as it would be taken for one of the network and retried; return it as a failure
     */
    Either<OtaFailure, T> handle(HttpResponse head, InputStream body) throws IOException;
}
