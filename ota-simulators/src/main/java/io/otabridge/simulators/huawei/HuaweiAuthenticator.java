package io.otabridge.simulators.huawei;

import static io.otabridge.simulators.huawei.HuaweiError.notAuthentic;

import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Decides who comes in: by a token, or by a signature that is fresh, complete and by the right key. */
final class HuaweiAuthenticator {

    private static final Duration TOLERANCE = Duration.ofMinutes(15);
    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final HuaweiAccount account;
    private final Clock clock;
    private final HuaweiIam iam;
    private volatile boolean plainIsRefused;
    private volatile boolean derivedIsRefused;
    private volatile boolean tokenIsExpired;
    private volatile boolean securityTokenIsDemanded;

    HuaweiAuthenticator(HuaweiAccount account, HuaweiIam iam, Clock clock) {
        this.account = account;
        this.iam = iam;
        this.clock = clock;
    }

    void refusePlain(boolean refused) {
        plainIsRefused = refused;
    }

    void refuseDerived(boolean refused) {
        derivedIsRefused = refused;
    }

    void expireToken(boolean expired) {
        tokenIsExpired = expired;
    }

    void demandSecurityToken(boolean demanded) {
        securityTokenIsDemanded = demanded;
    }

    /** Why this call does not come in; none if it does. */
    Option<HuaweiError> refusal(ReceivedRequest call) {
        Option<String> authorization = call.header("authorization");
        if (authorization.isEmpty()) {
            return tokenRefusal(call);
        }
        Option<HuaweiVerifier> claim = HuaweiVerifier.parse(authorization.get());
        return claim.isDefined()
                ? signatureRefusal(call, claim.get())
                : Option.some(notAuthentic("the Authorization header is malformed"));
    }

    private Option<HuaweiError> tokenRefusal(ReceivedRequest call) {
        Option<String> token = call.header("x-auth-token");
        if (token.isEmpty()) {
            return Option.some(notAuthentic("neither Authorization nor X-Auth-Token found"));
        }
        return iam.knows(token.get())
                ? iam.refusal(token.get())
                : unless(Digests.same(token.get(), account.token()), "decrypt token fail")
                        .orElse(() -> Option.when(tokenIsExpired, HuaweiError::revokedToken));
    }

    private Option<HuaweiError> signatureRefusal(ReceivedRequest call, HuaweiVerifier claim) {
        return Option.when(claim.isPlain() ? plainIsRefused : derivedIsRefused, HuaweiError::wrongKindOfSignature)
                .orElse(() -> keyRefusal(claim))
                .orElse(() -> headerRefusal(call, claim))
                .orElse(() -> dateRefusal(call, claim))
                .orElse(() -> securityTokenRefusal(call, claim))
                .orElse(() -> payloadRefusal(call))
                .orElse(() -> unless(claim.isBy(account.secretKey(), call), "verify aksk signature fail"));
    }

    private Option<HuaweiError> keyRefusal(HuaweiVerifier claim) {
        return unless(claim.accessKey().equals(account.accessKey()), "ak " + claim.accessKey() + " not exist");
    }

    private static Option<HuaweiError> headerRefusal(ReceivedRequest call, HuaweiVerifier claim) {
        List<String> signed = claim.signedHeaders();
        return unless(signed.contains("host") && signed.contains("x-sdk-date"), "host or x-sdk-date is not signed")
                .orElse(() -> unless(
                        signed.stream().allMatch(name -> call.header(name).isDefined()), "a signed header is missing"));
    }

    private Option<HuaweiError> dateRefusal(ReceivedRequest call, HuaweiVerifier claim) {
        String date = call.header("x-sdk-date").get();
        Instant signedAt;
        try {
            signedAt = DATE.parse(date, Instant::from);
        } catch (DateTimeException e) {
            return Option.some(notAuthentic("X-Sdk-Date is malformed"));
        }
        Duration skew = Duration.between(signedAt, clock.instant()).abs();
        return unless(skew.compareTo(TOLERANCE) <= 0, "the request has expired")
                .orElse(() -> unless(
                        claim.isPlain() || claim.scope().equals(account.scope(date.substring(0, 8))),
                        "the credential is for another day, region or service"));
    }

    private Option<HuaweiError> securityTokenRefusal(ReceivedRequest call, HuaweiVerifier claim) {
        Option<String> token = call.header("x-security-token");
        boolean isRight = securityTokenIsDemanded
                ? token.exists(sent -> Digests.same(sent, account.securityToken()))
                        && claim.signedHeaders().contains("x-security-token")
                : token.isEmpty();
        return unless(isRight, "the security token is missing, unsigned or not of this access key");
    }

    /** The hash may be stated in place of computed, but not falsely. */
    private static Option<HuaweiError> payloadRefusal(ReceivedRequest call) {
        boolean isRight = call.header("x-sdk-content-sha256")
                .forAll(stated -> stated.equals(UNSIGNED_PAYLOAD) || stated.equals(call.bodySha256()));
        return unless(isRight, "X-Sdk-Content-Sha256 does not match the body");
    }

    private static Option<HuaweiError> unless(boolean isRight, String complaint) {
        return Option.when(!isRight, () -> notAuthentic(complaint));
    }
}
