package io.otabridge.aliyun.auth;

import io.otabridge.aliyun.config.AliyunCredentials;
import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.operation.AliyunErrors;
import io.otabridge.aliyun.signing.AliyunRequestSigner;
import io.otabridge.aliyun.wire.AliyunApi;
import io.otabridge.client.BackendClient;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.auth.RefreshableCredential;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.credentials.ApplicationKeyProvider;
import io.otabridge.client.credentials.CredentialEndpointClient;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.RequestSigner;
import io.vavr.control.Option;

/**
 * How the requests of one backend prove who sends them.
 *
 * @param signing adds the proof to a request
 * @param calls sends requests with it, and has it renewed where it ends
 */
public record AliyunAuthentication(RequestSigner signing, BackendClient calls) {

    public static AliyunAuthentication of(AliyunSettings settings, BackendClient calls, HttpTransport transport) {
        if (settings.keys() instanceof AliyunCredentials.Fixed fixed) {
            return new AliyunAuthentication(
                    new AliyunRequestSigner(settings.scheme(), fixed::key, calls.clock()), calls);
        }
        RefreshableCredential<AccessKey> keys = calls.refreshable(
                "temporary access key",
                AccessKey::secrets,
                AliyunErrors::saysThatKeyIsOver,
                issuer(settings, calls, transport));
        return new AliyunAuthentication(
                new AliyunRequestSigner(settings.scheme(), keys::latest, calls.clock()), calls.renewing(keys));
    }

    /** What requests are made of that carry the proof. */
    public AliyunApi api(AliyunSettings settings, HttpTransport transport) {
        return transport.retrofit(settings.connection(), signing).create(AliyunApi.class);
    }

    private static RefreshableCredential.Issuer<AccessKey> issuer(
            AliyunSettings settings, BackendClient calls, HttpTransport transport) {
        if (settings.keys() instanceof AliyunCredentials.Ecs ecs) {
            AliyunKeyProvider keys = new AliyunKeyProvider(CredentialEndpointClient.ofMetadata(
                    calls,
                    "security-credentials",
                    "temporary keys of this ECS",
                    "source: ecs works on an Alibaba Cloud ECS alone, whose metadata service answers the programs on it",
                    at(ecs.metadata(), settings),
                    transport));
            return longest -> keys.ofRole(ecs, longest);
        }
        if (settings.keys() instanceof AliyunCredentials.Uri uri) {
            AliyunKeyProvider keys = new AliyunKeyProvider(CredentialEndpointClient.of(
                    calls,
                    AliyunCredentials.URI_VARIABLE,
                    "temporary keys",
                    "uri in credentials, or " + AliyunCredentials.URI_VARIABLE
                            + ", must be that of a service which answers with keys",
                    at(Endpoint.of(uri.address()), settings),
                    transport));
            return longest -> keys.at(uri.address(), longest);
        }
        return new ApplicationKeyProvider(calls, ((AliyunCredentials.Application) settings.keys()).source());
    }

    private static ConnectionSettings at(Endpoint endpoint, AliyunSettings settings) {
        return new ConnectionSettings(
                endpoint, Option.none(), settings.connection().limits());
    }
}
