package io.otabridge.aliyun;

import io.otabridge.http.AccessKey;
import io.otabridge.http.ApplicationKeys;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.Connection;
import io.otabridge.http.CredentialService;
import io.otabridge.http.Endpoint;
import io.otabridge.http.HttpTransport;
import io.otabridge.http.Renewable;
import io.otabridge.http.RequestSigning;
import io.vavr.control.Option;

/**
 * How the requests of one backend prove who sends them.
 *
 * @param signing adds the proof to a request
 * @param calls sends requests with it, and has it renewed where it ends
 */
record AliyunAuthentication(RequestSigning signing, BackendCalls calls) {

    static AliyunAuthentication of(AliyunSettings settings, BackendCalls calls, HttpTransport transport) {
        if (settings.keys() instanceof AliyunKeys.Fixed fixed) {
            return new AliyunAuthentication(new AliyunSigning(settings.scheme(), fixed::key, calls.clock()), calls);
        }
        Renewable<AccessKey> keys = calls.refreshable(
                "temporary access key",
                AccessKey::secrets,
                AliyunFailures::saysThatKeyIsOver,
                issuer(settings, calls, transport));
        return new AliyunAuthentication(
                new AliyunSigning(settings.scheme(), keys::latest, calls.clock()), calls.renewing(keys));
    }

    /** What requests are made of that carry the proof. */
    AliyunApi api(AliyunSettings settings, HttpTransport transport) {
        return transport.retrofit(settings.connection(), signing).create(AliyunApi.class);
    }

    private static Renewable.Issuer<AccessKey> issuer(
            AliyunSettings settings, BackendCalls calls, HttpTransport transport) {
        if (settings.keys() instanceof AliyunKeys.Ecs ecs) {
            AliyunTemporaryKeys keys = new AliyunTemporaryKeys(CredentialService.ofMetadata(
                    calls,
                    "security-credentials",
                    "temporary keys of this ECS",
                    "source: ecs works on an Alibaba Cloud ECS alone, whose metadata service answers the programs on it",
                    at(ecs.metadata(), settings),
                    transport));
            return longest -> keys.ofRole(ecs, longest);
        }
        if (settings.keys() instanceof AliyunKeys.Uri uri) {
            AliyunTemporaryKeys keys = new AliyunTemporaryKeys(CredentialService.of(
                    calls,
                    AliyunKeys.URI_VARIABLE,
                    "temporary keys",
                    "uri in credentials, or " + AliyunKeys.URI_VARIABLE
                            + ", must be that of a service which answers with keys",
                    at(Endpoint.of(uri.address()), settings),
                    transport));
            return longest -> keys.at(uri.address(), longest);
        }
        return new ApplicationKeys(calls, ((AliyunKeys.Application) settings.keys()).source());
    }

    private static Connection at(Endpoint endpoint, AliyunSettings settings) {
        return new Connection(endpoint, Option.none(), settings.connection().limits());
    }
}
