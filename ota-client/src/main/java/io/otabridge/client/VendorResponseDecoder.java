package io.otabridge.client;

import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.util.function.Function;

/** How responses of a vendor report success and failure, the same for all operations. Safe for many threads. */
public interface VendorResponseDecoder {

    /**
     * Decodes a response of any status.
     *
     * @param mapping maps what the reader has read to the result, or returns what is missing or invalid in the response
     * @return the result, the failure that the vendor reports, or {@link OtaFailure.UnreadableResponse}
     */
    <D, T> Either<OtaFailure, T> decode(
            VendorResponse response, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping);

    /** Decodes the response to a deletion: {@link DeleteResult#DELETED} or the failure that the vendor reports. */
    Either<OtaFailure, DeleteResult> decodeDeletion(VendorResponse response);
}
