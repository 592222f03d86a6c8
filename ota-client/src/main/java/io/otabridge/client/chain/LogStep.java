package io.otabridge.client.chain;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OtaFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs one line for every failed call: {@link OtaFailure.NotFound} at debug level, other failures at warn level. */
public final class LogStep implements Step {

    private static final Logger LOG = LoggerFactory.getLogger(LogStep.class);

    @Override
    public <T> Result<T> execute(Call<T> call, Chain next) {
        Result<T> result = next.proceed(call);
        result.outcome().peekLeft(LogStep::log);
        return result;
    }

    private static void log(OtaFailure failure) {
        LOG.atLevel(failure instanceof OtaFailure.NotFound ? Level.DEBUG : Level.WARN)
                .log(() -> line(failure));
    }

    private static String line(OtaFailure failure) {
        FailureDetails details = failure.details();
        StringBuilder line = new StringBuilder()
                .append(details.origin().backend())
                .append(' ')
                .append(details.origin().operation())
                .append(": ")
                .append(failure.getClass().getSimpleName())
                .append(": ")
                .append(failure.summary());
        details.status().forEach(status -> line.append("; status ").append(status));
        details.vendorCode().forEach(code -> line.append("; code ").append(code));
        details.vendorMessage().forEach(message -> line.append("; ").append(message));
        details.requestId().forEach(id -> line.append("; request id ").append(id));
        return line.append("; ").append(failure.advice()).toString();
    }
}
