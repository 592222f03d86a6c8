package io.otabridge.client.chain;

import io.otabridge.client.config.HostPortFormatter;
import io.otabridge.client.error.CallFailures;
import io.otabridge.client.proxy.ProxyVariables;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the request, reads the response and decodes it. The last step of a chain. Throws nothing for network errors. */
public final class TransportStep implements Step {

    private static final Logger LOG = LoggerFactory.getLogger(TransportStep.class);

    private final Redactor redactor;
    private final boolean logsPath;

    /** @param logsPath whether request paths may be logged; the path of a credential endpoint may be a secret */
    public TransportStep(Redactor redactor, boolean logsPath) {
        this.redactor = redactor;
        this.logsPath = logsPath;
    }

    @Override
    public <T> Result<T> execute(Call<T> call, Chain next) {
        Either<OtaFailure, T> outcome = send(call);
        call.record(outcome);
        return Result.ofRequest(outcome);
    }

    private <T> Either<OtaFailure, T> send(Call<T> call) {
        if (!LOG.isDebugEnabled()) {
            return exchange(call);
        }
        long start = System.nanoTime();
        Either<OtaFailure, T> outcome = exchange(call);
        HttpUrl url = call.request().url();
        LOG.debug(
                "{} {}: {} {}://{}{} -> {} in {} ms",
                call.origin().backend(),
                call.origin().operation(),
                call.request().method(),
                url.scheme(),
                HostPortFormatter.of(url),
                logsPath ? url.encodedPath() : "/***",
                outcome.fold(OtaFailure::summary, value -> "success"),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        return outcome;
    }

    private <T> Either<OtaFailure, T> exchange(Call<T> call) {
        OperationContext origin = call.origin();
        Supplier<Either<OtaFailure, T>> received;
        try {
            received = call.send();
        } catch (IOException e) {
            OtaFailure failure = NetworkErrorMapper.of(call, e, redactor);
            return Either.left(mayHaveChanged(call, failure) ? CallFailures.outcomeUnknown(failure) : failure);
        } catch (ProxyVariables.UnusableProxyException e) {
            return Either.left(new OtaFailure.Rejected(
                    FailureDetails.of(
                            origin,
                            Message.of(
                                    "Backend {0} cannot reach {1}: {2}",
                                    origin.backend(),
                                    HostPortFormatter.of(call.request().url()),
                                    String.valueOf(e.getMessage())),
                            Message.of("Correct the variable; nothing was sent")),
                    OtaFailure.Rejected.Subject.NETWORK));
        } catch (RuntimeException e) {
            // A malformed response, or an error in an application's interceptor. The message may quote headers, so only
            // the exception type and the stack trace are logged.
            LOG.debug("{}: {} at {}", origin.backend(), e.getClass().getName(), e.getStackTrace());
            return Either.left(new OtaFailure.UnreadableResponse(FailureDetails.of(
                    origin,
                    Message.of(
                            "The HTTP client of backend {0} failed on the response ({1})",
                            origin.backend(), e.getClass().getSimpleName()),
                    Message.of("Check that the endpoint is the vendor's API, any proxy, and your own interceptors"))));
        }
        // An exception of a decoder is a bug of this library and is not caught.
        return received.get();
    }

    /** Whether a change was sent and its response was lost. */
    private static boolean mayHaveChanged(Call<?> call, OtaFailure failure) {
        return call.effect() != Effect.READ
                && call.isSent()
                && !(failure instanceof OtaFailure.UnreadableResponse || failure instanceof OtaFailure.Rejected);
    }
}
