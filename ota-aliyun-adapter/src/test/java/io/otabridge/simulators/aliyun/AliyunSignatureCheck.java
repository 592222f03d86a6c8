package io.otabridge.simulators.aliyun;

import io.otabridge.simulators.server.ReceivedRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Checks signatures with the authenticator of the simulator, which shares no code with the adapter. */
public final class AliyunSignatureCheck {

    private final AliyunAuthenticator authenticator;

    /** Accepts signatures of one key. The token is empty for a permanent key. */
    public AliyunSignatureCheck(boolean isTuya, String accessKey, String secretKey, String securityToken, Instant now) {
        authenticator = new AliyunAuthenticator(
                isTuya ? SimulatedDialect.TUYA : SimulatedDialect.ALIBABA,
                new AliyunAccount(accessKey, secretKey, securityToken),
                Clock.fixed(now, ZoneOffset.UTC));
        authenticator.requireSecurityToken(!securityToken.isEmpty());
    }

    public boolean accepts(ReceivedRequest request) {
        return authenticator.authenticate(AliyunRequest.of(request)).isEmpty();
    }
}
