package io.otabridge.huawei.operation;

import io.otabridge.client.VendorProtocol;
import io.otabridge.client.VendorResponse;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.util.function.Function;

/** How IoTDA reports success and failure: by the HTTP status, with an error code in the body. */
public final class HuaweiProtocol implements VendorProtocol {

    private static final int NO_CONTENT = 204;

    @Override
    public <D, T> Either<OtaFailure, T> decode(
            VendorResponse response, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping) {
        return response.http().isSuccess()
                ? reader.read(response.http().body()).flatMap(mapping).mapLeft(reason -> unreadable(response, reason))
                : Either.left(failure(response, report(response)));
    }

    /** Only the documented 204 says that a thing is deleted: any other success, such as the page of a proxy, is not IoTDA's. */
    @Override
    public Either<OtaFailure, DeleteResult> decodeDeletion(VendorResponse response) {
        HttpResponse http = response.http();
        if (http.status() == NO_CONTENT) {
            return Either.right(DeleteResult.DELETED);
        }
        return Either.left(
                http.isSuccess()
                        ? unreadable(response, "only status 204 says that it is deleted")
                        : failure(response, report(response)));
    }

    /** Some of Huawei's services report errors under status 200; an unreadable response may be one. */
    private static OtaFailure unreadable(VendorResponse response, String reason) {
        VendorError report = report(response);
        return report.code().isDefined()
                ? failure(response, report)
                : response.unreadable(reason, HuaweiErrors.requestId(response.http()));
    }

    private static OtaFailure failure(VendorResponse response, VendorError report) {
        return response.failure(HuaweiErrors.verdict(response.http().status(), report.code()), report);
    }

    private static VendorError report(VendorResponse response) {
        return HuaweiErrors.report(response.http(), response.redactor());
    }
}
