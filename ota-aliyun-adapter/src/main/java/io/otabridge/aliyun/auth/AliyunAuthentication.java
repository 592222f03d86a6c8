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
 * Authenticates the requests of one backend.
 *
 * @param signer adds the signature to a request
 * @param client sends requests and refreshes the credential as needed
 */
public record AliyunAuthentication(RequestSigner signer, BackendClient client) {

    public static AliyunAuthentication of(AliyunSettings settings, BackendClient client, HttpTransport transport) {
        if (settings.credentials() instanceof AliyunCredentials.Key key) {
            return new AliyunAuthentication(
                    new AliyunRequestSigner(settings.scheme(), key::accessKey, client.clock()), client);
        }
        RefreshableCredential<AccessKey> keys = client.refreshable(
                "temporary access key",
                AccessKey::secrets,
                AliyunErrors::mayBeExpiredCredential,
                issuer(settings, client, transport));
        return new AliyunAuthentication(
                new AliyunRequestSigner(settings.scheme(), keys::current, client.clock()), client.withCredential(keys));
    }

    /** Returns the API whose requests are authenticated. */
    public AliyunApi api(AliyunSettings settings, HttpTransport transport) {
        return api(AliyunApi.class, settings, transport);
    }

    /** Returns one of the interfaces of the API, whose requests are authenticated. */
    public <A> A api(Class<A> part, AliyunSettings settings, HttpTransport transport) {
        return transport.retrofit(settings.connection(), signer).create(part);
    }

    /** Describes the kind of authentication for people. */
    public static String describe(AliyunSettings settings) {
        return settings.credentials().describe() + ", " + settings.scheme().algorithm();
    }

    private static RefreshableCredential.CredentialIssuer<AccessKey> issuer(
            AliyunSettings settings, BackendClient client, HttpTransport transport) {
        if (settings.credentials() instanceof AliyunCredentials.Ecs ecs) {
            AliyunKeyProvider keys = new AliyunKeyProvider(CredentialEndpointClient.ofMetadata(
                    client,
                    "security-credentials",
                    "temporary keys of this ECS",
                    "source: ecs works only on an Alibaba Cloud ECS, which provides the metadata service",
                    connectionTo(ecs.metadata(), settings),
                    transport));
            return timeout -> keys.issueForRole(ecs, timeout);
        }
        if (settings.credentials() instanceof AliyunCredentials.Uri uri) {
            AliyunKeyProvider keys = new AliyunKeyProvider(CredentialEndpointClient.of(
                    client,
                    AliyunCredentials.URI_VARIABLE,
                    "temporary keys",
                    "uri in credentials, or " + AliyunCredentials.URI_VARIABLE
                            + ", must be the address of a service that returns keys",
                    connectionTo(Endpoint.of(uri.address()), settings),
                    transport));
            return timeout -> keys.issueFromUri(uri.address(), timeout);
        }
        return new ApplicationKeyProvider(client, ((AliyunCredentials.Application) settings.credentials()).source());
    }

    private static ConnectionSettings connectionTo(Endpoint endpoint, AliyunSettings settings) {
        return new ConnectionSettings(
                endpoint, Option.none(), settings.connection().callOptions());
    }
}
