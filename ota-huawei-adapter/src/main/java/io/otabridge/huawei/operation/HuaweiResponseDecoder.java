package io.otabridge.huawei.operation;

import io.otabridge.client.VendorResponse;
import io.otabridge.client.VendorResponseDecoder;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * Reads responses of IoTDA. The HTTP status tells success from failure, and the body of a failure holds an error code.
 */
public final class HuaweiResponseDecoder implements VendorResponseDecoder {

    private static final int NO_CONTENT = 204;

    @Override
    public <D, T> Either<OtaFailure, T> decode(
            VendorResponse response, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping) {
        return response.http().isSuccess()
                ? reader.read(response.http().body()).flatMap(mapping).mapLeft(reason -> unreadable(response, reason))
                : Either.left(failure(response, vendorError(response)));
    }

    /**
     * Only the documented status 204 confirms a deletion. Any other success, such as a page of a proxy, is not from
     * IoTDA.
     */
    @Override
    public Either<OtaFailure, DeleteResult> decodeDeletion(VendorResponse response) {
        HttpResponse http = response.http();
        if (http.status() == NO_CONTENT) {
            return Either.right(DeleteResult.DELETED);
        }
        return Either.left(
                http.isSuccess()
                        ? unreadable(response, "only status 204 confirms a deletion")
                        : failure(response, vendorError(response)));
    }

    /**
     * Some of Huawei's services return errors with status 200, so an unreadable response is checked for an error code.
     */
    private static OtaFailure unreadable(VendorResponse response, String reason) {
        VendorError vendorError = vendorError(response);
        return vendorError.code().isDefined()
                ? failure(response, vendorError)
                : response.unreadable(reason, HuaweiErrors.requestId(response.http()));
    }

    private static OtaFailure failure(VendorResponse response, VendorError vendorError) {
        return response.failure(HuaweiErrors.errorRule(response.http().status(), vendorError.code()), vendorError);
    }

    private static VendorError vendorError(VendorResponse response) {
        return HuaweiErrors.vendorError(response.http(), response.redactor());
    }
}
