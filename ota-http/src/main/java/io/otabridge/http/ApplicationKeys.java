package io.otabridge.http;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;

/** Gives a backend the keys that the application brings. */
public final class ApplicationKeys implements Renewable.Issuer<AccessKey> {

    private final BackendCalls calls;
    private final AccessKeySource source;

    public ApplicationKeys(BackendCalls calls, AccessKeySource source) {
        this.calls = calls;
        this.source = source;
    }

    /** The source that the application has brought; a fault is noted at {@code source} if it has brought none. */
    public static Option<AccessKeySource> source(SettingsReader credentials, BackendContext context) {
        Option<AccessKeySource> found = context.resource(AccessKeySource.class);
        if (found.isEmpty()) {
            credentials.error(
                    "source",
                    "must not be application here: the application has brought no AccessKeySource as a resource of its"
                            + " BackendContext");
        }
        return found;
    }

    @Override
    public Either<OtaFailure, Renewable.Issued<AccessKey>> issue(Duration longest) {
        OperationContext origin = calls.origin("AccessKeySource");
        return source.keyFor(origin.backend())
                .map(found -> new Renewable.Issued<>(found.key(), found.end()))
                .mapLeft(reason -> new OtaFailure.Unavailable(FailureDetails.of(
                                origin,
                                Message.of(
                                        "Backend {0} was given no access key by the application: {1}",
                                        origin.backend(),
                                        calls.redactor().shown(reason).getOrElse("it does not say why")),
                                Message.of("Look at the application's AccessKeySource"))
                        .withRetry(Option.none())));
    }
}
