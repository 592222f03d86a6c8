package io.otabridge.huawei;

import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.TextRule;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.HttpAnswer;
import io.otabridge.http.JsonReader;
import io.otabridge.http.VendorReport;
import io.vavr.control.Either;
import java.util.function.Function;
import okhttp3.ResponseBody;
import retrofit2.Call;

/** Sends a question to IoTDA, judges the answer and reads it. Safe for many threads. */
final class HuaweiCalls {

    /** What every question about a product is held to. */
    static final TextRule PRODUCT = TextRule.matching(
            "Huawei product id", "[a-zA-Z0-9_-]{1,36}", "1 to 36 letters, digits, underscores and hyphens");

    private final BackendCalls calls;

    HuaweiCalls(BackendCalls calls) {
        this.calls = calls;
    }

    /**
     * Sends the call and reads its answer.
     *
     * @param subject what is asked for, as it may stand in a message
     */
    <D, T> Either<OtaFailure, T> ask(
            Origin origin,
            String subject,
            Call<ResponseBody> call,
            JsonReader<D> reader,
            Function<D, Either<String, T>> mapping) {
        return calls.send(origin, call).flatMap(answer -> {
            if (!answer.isSuccess()) {
                return Either.left(failure(origin, subject, answer, HuaweiFailures.report(answer, calls.redactor())));
            }
            return reader.read(answer.body())
                    .flatMap(mapping)
                    .mapLeft(reason -> unreadable(origin, subject, answer, reason));
        });
    }

    /** Some of Huawei's services report errors under status 200; an unreadable answer may be one. */
    private OtaFailure unreadable(Origin origin, String subject, HttpAnswer answer, String reason) {
        VendorReport report = HuaweiFailures.report(answer, calls.redactor());
        return report.code().isDefined()
                ? failure(origin, subject, answer, report)
                : calls.unreadable(origin, subject, reason, answer, HuaweiFailures.requestId(answer));
    }

    private OtaFailure failure(Origin origin, String subject, HttpAnswer answer, VendorReport report) {
        return calls.judged(HuaweiFailures.verdict(answer.status(), report.code()), origin, subject, answer, report);
    }
}
