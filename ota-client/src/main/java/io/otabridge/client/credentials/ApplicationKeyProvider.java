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

/** Issues access keys from the application's {@link AccessKeyProvider}. Thread-safe if the provider is. */
public final class ApplicationKeyProvider implements RefreshableCredential.CredentialIssuer<AccessKey> {

    private final BackendClient client;
    private final AccessKeyProvider provider;

    public ApplicationKeyProvider(BackendClient client, AccessKeyProvider provider) {
        this.client = client;
        this.provider = provider;
    }

    /**
     * The application's provider. Reports an error at {@code source} if there is none.
     *
     * @return absent if the application registered no provider
     */
    public static Option<AccessKeyProvider> source(SettingsReader credentials, BackendContext context) {
        Option<AccessKeyProvider> found = context.resource(AccessKeyProvider.class);
        if (found.isEmpty()) {
            credentials.error(
                    "source",
                    "must not be application here: the application registered no AccessKeyProvider in its"
                            + " BackendContext");
        }
        return found;
    }

    @Override
    public Either<OtaFailure, RefreshableCredential.IssuedCredential<AccessKey>> issue(Duration timeout) {
        OperationContext origin = client.contextOf("AccessKeyProvider");
        return provider.keyFor(origin.backend())
                .map(found -> new RefreshableCredential.IssuedCredential<>(found.key(), found.end()))
                .mapLeft(reason -> new OtaFailure.Unavailable(FailureDetails.of(
                                origin,
                                Message.of(
                                        "Backend {0} received no access key from the application: {1}",
                                        origin.backend(),
                                        client.redactor().sanitize(reason).getOrElse("no reason given")),
                                Message.of("Check the application's AccessKeyProvider"))
                        .withRetry(Option.none())));
    }
}
