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
 * How the requests of one backend prove who sends them.
 *
 * @param signing adds the proof to a request
 * @param calls sends requests with it, and has it renewed where it ends
 */
public record HuaweiAuthentication(RequestSigner signing, BackendClient calls) {

    public static HuaweiAuthentication of(HuaweiSettings settings, BackendClient calls, HttpTransport transport) {
        HuaweiCredentials credentials = settings.credentials();
        if (credentials instanceof HuaweiCredentials.Key key) {
            return new HuaweiAuthentication(signature(key::accessKey, settings, calls), calls);
        }
        if (credentials instanceof HuaweiCredentials.Token fixed) {
            return new HuaweiAuthentication(header(fixed::token), calls);
        }
        if (credentials instanceof HuaweiCredentials.User user) {
            CredentialEndpointClient iam = CredentialEndpointClient.of(
                    calls,
                    IamTokenProvider.OPERATION,
                    "an IAM token",
                    "iam-endpoint must be the address of Huawei's IAM, and is by default that of the region",
                    at(user.iam(), settings),
                    transport);
            RefreshableCredential<Secret> tokens = calls.refreshable(
                    "IAM token",
                    token -> List.of(token.reveal()),
                    HuaweiErrors::saysThatCredentialIsOver,
                    new IamTokenProvider(iam, user, settings.projectId(), calls.redactor()));
            return new HuaweiAuthentication(header(tokens::latest), calls.renewing(tokens));
        }
        RefreshableCredential<AccessKey> keys = calls.refreshable(
                "temporary access key",
                AccessKey::secrets,
                HuaweiErrors::saysThatCredentialIsOver,
                issuer(credentials, settings, calls, transport));
        return new HuaweiAuthentication(signature(keys::latest, settings, calls), calls.renewing(keys));
    }

    /** What requests are made of that carry the proof. */
    public HuaweiApi api(HuaweiSettings settings, HttpTransport transport) {
        HttpUrl root = settings.connection()
                .endpoint()
                .url()
                .newBuilder()
                .addPathSegments(HuaweiApi.root(settings.projectId()))
                .build();
        return transport
                .retrofit(settings.connection(), signing)
                .newBuilder()
                .baseUrl(root)
                .build()
                .create(HuaweiApi.class);
    }

    private static RefreshableCredential.Issuer<AccessKey> issuer(
            HuaweiCredentials credentials, HuaweiSettings settings, BackendClient calls, HttpTransport transport) {
        return credentials instanceof HuaweiCredentials.Ecs ecs
                ? new EcsAgencyKeyProvider(CredentialEndpointClient.ofMetadata(
                        calls,
                        EcsAgencyKeyProvider.OPERATION,
                        "temporary keys of this ECS",
                        "source: ecs works on a Huawei Cloud ECS alone, whose metadata service answers the programs on it",
                        at(ecs.metadata(), settings),
                        transport))
                : new ApplicationKeyProvider(calls, ((HuaweiCredentials.Application) credentials).source());
    }

    private static ConnectionSettings at(Endpoint endpoint, HuaweiSettings settings) {
        return new ConnectionSettings(
                endpoint, Option.none(), settings.connection().limits());
    }

    private static RequestSigner header(Supplier<Secret> token) {
        return request -> request.newBuilder()
                .header("X-Auth-Token", token.get().reveal())
                .build();
    }

    private static RequestSigner signature(Supplier<AccessKey> key, HuaweiSettings settings, BackendClient calls) {
        return new AkskSigner(key, settings.derivedForRegion(), calls.clock());
    }

    /** For people. */
    public static String words(HuaweiSettings settings) {
        HuaweiCredentials credentials = settings.credentials();
        if (credentials instanceof HuaweiCredentials.Token) {
            return "IAM token";
        }
        if (credentials instanceof HuaweiCredentials.User) {
            return "IAM token by user and password, renewed";
        }
        String keys = credentials instanceof HuaweiCredentials.Ecs
                ? "temporary AK/SK of this ECS, renewed"
                : credentials instanceof HuaweiCredentials.Application
                        ? "temporary AK/SK of the application, renewed"
                        : "AK/SK";
        return keys
                + settings.derivedForRegion()
                        .map(region -> ", key derived for " + region)
                        .getOrElse(", plain signature");
    }

    /** Whether requests are signed with a key, and do not carry a token. */
    public static boolean signs(HuaweiSettings settings) {
        HuaweiCredentials credentials = settings.credentials();
        return !(credentials instanceof HuaweiCredentials.Token || credentials instanceof HuaweiCredentials.User);
    }

    /** What tells the accounts apart: whoever has no lasting key is known by the project. */
    public static String identity(HuaweiSettings settings) {
        return settings.credentials() instanceof HuaweiCredentials.Key key
                ? key.accessKey().id()
                : settings.projectId();
    }
}
