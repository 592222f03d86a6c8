package io.otabridge.testkit.huawei;

import io.otabridge.testkit.internal.HttpCall;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The simulator's gate without its server. It shares no code with the adapter. */
public final class HuaweiVerifier {

    private final HuaweiGate gate;

    /** A gate for one key; the token is empty for a permanent one. */
    public HuaweiVerifier(String accessKey, String secretKey, String securityToken, String region, Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        gate = new HuaweiGate(
                new HuaweiAccount(accessKey, secretKey, securityToken, "no token", region),
                new HuaweiIam(new HuaweiIam.User("nobody", "no password", "no account"), clock),
                clock);
        gate.demandSecurityToken(!securityToken.isEmpty());
    }

    public boolean accepts(HttpCall call) {
        return gate.refusal(call).isEmpty();
    }
}
