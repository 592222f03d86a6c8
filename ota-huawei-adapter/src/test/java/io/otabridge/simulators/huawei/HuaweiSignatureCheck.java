package io.otabridge.simulators.huawei;

import io.otabridge.simulators.server.ReceivedRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The simulator's gate without its server. It shares no code with the adapter. */
public final class HuaweiSignatureCheck {

    private final HuaweiAuthenticator gate;

    /** A gate for one key; the token is empty for a permanent one. */
    public HuaweiSignatureCheck(String accessKey, String secretKey, String securityToken, String region, Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        gate = new HuaweiAuthenticator(
                new HuaweiAccount(accessKey, secretKey, securityToken, "no token", region),
                new HuaweiIam(new HuaweiIam.User("nobody", "no password", "no account"), clock),
                clock);
        gate.demandSecurityToken(!securityToken.isEmpty());
    }

    public boolean accepts(ReceivedRequest call) {
        return gate.refusal(call).isEmpty();
    }
}
