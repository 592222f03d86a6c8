package io.otabridge.huawei.auth;

import io.otabridge.client.BackendClient;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.auth.RefreshableCredential;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.credentials.ApplicationKeyProvider;
import io.otabridge.client.credentials.CredentialEndpointClient;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.RequestSigner;
import io.otabridge.domain.backend.Secret;
import io.otabridge.huawei.config.HuaweiCredentials;
import io.otabridge.huawei.config.HuaweiSettings;
import io.otabridge.huawei.operation.HuaweiErrors;
import io.otabridge.huawei.wire.HuaweiApi;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/**
 * Authenticates the requests of one backend.
 *
 * @param signer adds the credential or the signature to a request
 * @param client sends requests and refreshes the credential as needed
 * @param keys the current access key, which also signs requests to the object store; absent for tokens
 */
public record HuaweiAuthentication(RequestSigner signer, BackendClient client, Option<Supplier<AccessKey>> keys) {

    public static HuaweiAuthentication of(HuaweiSettings settings, BackendClient client, HttpTransport transport) {
        HuaweiCredentials credentials = settings.credentials();
        if (credentials instanceof HuaweiCredentials.Key key) {
            return ofKeys(key::accessKey, settings, client, client);
        }
        if (credentials instanceof HuaweiCredentials.Token fixed) {
            return new HuaweiAuthentication(tokenSigner(fixed::token), client, Option.none());
        }
        if (credentials instanceof HuaweiCredentials.User user) {
            CredentialEndpointClient iam = CredentialEndpointClient.of(
                    client,
                    IamTokenProvider.OPERATION,
                    "an IAM token",
                    "iam-endpoint must be the address of Huawei's IAM; the default is that of the region",
                    connectionTo(user.iam(), settings),
                    transport);
            RefreshableCredential<Secret> tokens = client.refreshable(
                    "IAM token",
                    token -> List.of(token.reveal()),
                    HuaweiErrors::mayBeExpiredCredential,
                    new IamTokenProvider(iam, user, settings.projectId(), client.redactor()));
            return new HuaweiAuthentication(tokenSigner(tokens::current), client.withCredential(tokens), Option.none());
        }
        RefreshableCredential<AccessKey> keys = client.refreshable(
                "temporary access key",
                AccessKey::secrets,
                HuaweiErrors::mayBeExpiredCredential,
                issuer(credentials, settings, client, transport));
        return ofKeys(keys::current, settings, client, client.withCredential(keys));
    }

    private static HuaweiAuthentication ofKeys(
            Supplier<AccessKey> keys, HuaweiSettings settings, BackendClient client, BackendClient refreshing) {
        return new HuaweiAuthentication(
                new AkskSigner(keys, settings.derivedForRegion(), client.clock()), refreshing, Option.some(keys));
    }

    /** Returns the API whose requests are authenticated. */
    public HuaweiApi api(HuaweiSettings settings, HttpTransport transport) {
        HttpUrl root = settings.connection()
                .endpoint()
                .url()
                .newBuilder()
                .addPathSegments(HuaweiApi.root(settings.projectId()))
                .build();
        return transport
                .retrofit(settings.connection(), signer)
                .newBuilder()
                .baseUrl(root)
                .build()
                .create(HuaweiApi.class);
    }

    private static RefreshableCredential.CredentialIssuer<AccessKey> issuer(
            HuaweiCredentials credentials, HuaweiSettings settings, BackendClient client, HttpTransport transport) {
        return credentials instanceof HuaweiCredentials.Ecs ecs
                ? new EcsAgencyKeyProvider(CredentialEndpointClient.ofMetadata(
                        client,
                        EcsAgencyKeyProvider.OPERATION,
                        "temporary keys of this ECS",
                        "source: ecs works only on a Huawei Cloud ECS, which provides the metadata service",
                        connectionTo(ecs.metadata(), settings),
                        transport))
                : new ApplicationKeyProvider(client, ((HuaweiCredentials.Application) credentials).source());
    }

    private static ConnectionSettings connectionTo(Endpoint endpoint, HuaweiSettings settings) {
        return new ConnectionSettings(
                endpoint, Option.none(), settings.connection().callOptions());
    }

    private static RequestSigner tokenSigner(Supplier<Secret> token) {
        return request -> request.newBuilder()
                .header("X-Auth-Token", token.get().reveal())
                .build();
    }

    /** Describes the kind of authentication for people. */
    public static String describe(HuaweiSettings settings) {
        HuaweiCredentials credentials = settings.credentials();
        if (credentials instanceof HuaweiCredentials.Token) {
            return "IAM token";
        }
        if (credentials instanceof HuaweiCredentials.User) {
            return "IAM token by user and password, refreshed";
        }
        String keys = credentials instanceof HuaweiCredentials.Ecs
                ? "temporary AK/SK of this ECS, refreshed"
                : credentials instanceof HuaweiCredentials.Application
                        ? "temporary AK/SK of the application, refreshed"
                        : "AK/SK";
        return keys
                + settings.derivedForRegion()
                        .map(region -> ", key derived for " + region)
                        .getOrElse(", plain signature");
    }

    /** Whether requests are signed with an access key. Otherwise they carry a token. */
    public static boolean usesSignature(HuaweiSettings settings) {
        HuaweiCredentials credentials = settings.credentials();
        return !(credentials instanceof HuaweiCredentials.Token || credentials instanceof HuaweiCredentials.User);
    }

    /** Identifies the account that shares rate limits: the permanent access key, otherwise the project. */
    public static String identity(HuaweiSettings settings) {
        return settings.credentials() instanceof HuaweiCredentials.Key key
                ? key.accessKey().id()
                : settings.projectId();
    }
}
