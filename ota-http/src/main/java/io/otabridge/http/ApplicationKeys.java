package io.otabridge.http;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
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

    @Override
    public Either<OtaFailure, Renewable.Issued<AccessKey>> issue(Duration longest) {
        Origin origin = calls.origin("AccessKeySource");
        return source.keyFor(origin.backend())
                .map(found -> new Renewable.Issued<>(found.key(), found.end()))
                .mapLeft(reason -> new OtaFailure.Unavailable(FailureDetails.of(
                                origin,
                                "Backend " + origin.backend() + " was given no access key by the application: "
                                        + calls.redactor().shown(reason).getOrElse("it does not say why"),
                                "Look at the application's AccessKeySource")
                        .withRetry(Option.none())));
    }
}
