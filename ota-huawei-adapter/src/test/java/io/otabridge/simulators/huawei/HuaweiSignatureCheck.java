package io.otabridge.simulators.huawei;

import io.otabridge.simulators.server.ReceivedRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Checks signatures with the authenticator of the simulator, which shares no code with the adapter. */
public final class HuaweiSignatureCheck {

    private final HuaweiAuthenticator authenticator;

    /** Accepts signatures of one key. The token is empty for a permanent key. */
    public HuaweiSignatureCheck(String accessKey, String secretKey, String securityToken, String region, Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        authenticator = new HuaweiAuthenticator(
                new HuaweiAccount(accessKey, secretKey, securityToken, "no token", region),
                new HuaweiIam(new HuaweiIam.User("no user", "no password", "no account"), clock),
                clock);
        authenticator.requireSecurityToken(!securityToken.isEmpty());
    }

    public boolean accepts(ReceivedRequest request) {
        return authenticator.authenticate(request).isEmpty();
    }
}
