package io.otabridge.client;

import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.util.function.Function;

/** How a vendor's responses report success and failure, whatever the operation. Safe for many threads. */
public interface VendorProtocol {

    /**
     * Decodes a response of any status.
     *
     * @param mapping makes the result of what the reader has read, or says what the response lacks or holds wrongly
     * @return the result, or the failure that the vendor reports, or {@link OtaFailure.UnreadableResponse}
     */
    <D, T> Either<OtaFailure, T> decode(
            VendorResponse response, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping);

    /** Decodes the response to a deletion: {@link DeleteResult#DELETED} or the failure that the vendor reports. */
    Either<OtaFailure, DeleteResult> decodeDeletion(VendorResponse response);
}
