package io.otabridge.simulators.aliyun;

import io.otabridge.simulators.server.ReceivedRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The simulators' gate without their server. It shares no code with the adapter. */
public final class AliyunSignatureCheck {

    private final AliyunAuthenticator gate;

    /** A gate for one key; the token is empty for a permanent one. */
    public AliyunSignatureCheck(boolean isTuya, String accessKey, String secretKey, String securityToken, Instant now) {
        gate = new AliyunAuthenticator(
                isTuya ? SimulatedDialect.TUYA : SimulatedDialect.ALIBABA,
                new AliyunAccount(accessKey, secretKey, securityToken),
                Clock.fixed(now, ZoneOffset.UTC));
        gate.demandSecurityToken(!securityToken.isEmpty());
    }

    public boolean accepts(ReceivedRequest call) {
        return gate.refusal(AliyunRequest.of(call)).isEmpty();
    }
}
