package io.otabridge.client.credentials;

import io.otabridge.client.BackendClient;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.auth.RefreshableCredential;
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
public final class ApplicationKeyProvider implements RefreshableCredential.Issuer<AccessKey> {

    private final BackendClient calls;
    private final AccessKeyProvider source;

    public ApplicationKeyProvider(BackendClient calls, AccessKeyProvider source) {
        this.calls = calls;
        this.source = source;
    }

    /** The source that the application has brought; a fault is noted at {@code source} if it has brought none. */
    public static Option<AccessKeyProvider> source(SettingsReader credentials, BackendContext context) {
        Option<AccessKeyProvider> found = context.resource(AccessKeyProvider.class);
        if (found.isEmpty()) {
            credentials.error(
                    "source",
                    "must not be application here: the application has brought no AccessKeySource as a resource of its"
                            + " BackendContext");
        }
        return found;
    }

    @Override
    public Either<OtaFailure, RefreshableCredential.Issued<AccessKey>> issue(Duration longest) {
        OperationContext origin = calls.origin("AccessKeySource");
        return source.keyFor(origin.backend())
                .map(found -> new RefreshableCredential.Issued<>(found.key(), found.end()))
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
