package io.otabridge.testkit.aliyun;

import io.otabridge.testkit.internal.HttpCall;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The simulators' gate without their server. It shares no code with the adapter. */
public final class AliyunVerifier {

    private final AliyunGate gate;

    /** A gate for one key; the token is empty for a permanent one. */
    public AliyunVerifier(boolean isTuya, String accessKey, String secretKey, String securityToken, Instant now) {
        gate = new AliyunGate(
                isTuya ? Platform.TUYA : Platform.ALIBABA,
                new AliyunAccount(accessKey, secretKey, securityToken),
                Clock.fixed(now, ZoneOffset.UTC));
        gate.demandSecurityToken(!securityToken.isEmpty());
    }

    public boolean accepts(HttpCall call) {
        return gate.refusal(AliyunCall.of(call)).isEmpty();
    }
}
