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

/**
 * Authenticates requests by a token, or by a signature that is complete, recent and made with the key of the account.
 */
final class HuaweiAuthenticator {

    private static final Duration TOLERANCE = Duration.ofMinutes(15);
    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final HuaweiAccount account;
    private final Clock clock;
    private final HuaweiIam iam;
    private volatile boolean rejectsPlain;
    private volatile boolean rejectsDerived;
    private volatile boolean isTokenExpired;
    private volatile boolean requiresSecurityToken;

    HuaweiAuthenticator(HuaweiAccount account, HuaweiIam iam, Clock clock) {
        this.account = account;
        this.iam = iam;
        this.clock = clock;
    }

    void rejectPlain(boolean rejected) {
        rejectsPlain = rejected;
    }

    void rejectDerived(boolean rejected) {
        rejectsDerived = rejected;
    }

    void expireToken(boolean expired) {
        isTokenExpired = expired;
    }

    void requireSecurityToken(boolean required) {
        requiresSecurityToken = required;
    }

    /** Returns why a request is rejected; none if it is accepted. */
    Option<HuaweiError> authenticate(ReceivedRequest call) {
        Option<String> authorization = call.header("authorization");
        if (authorization.isEmpty()) {
            return checkToken(call);
        }
        Option<HuaweiVerifier> verifier = HuaweiVerifier.parse(authorization.get());
        return verifier.isDefined()
                ? checkSignature(call, verifier.get())
                : Option.some(notAuthentic("the Authorization header is malformed"));
    }

    private Option<HuaweiError> checkToken(ReceivedRequest call) {
        Option<String> token = call.header("x-auth-token");
        if (token.isEmpty()) {
            return Option.some(notAuthentic("neither Authorization nor X-Auth-Token found"));
        }
        return iam.hasIssued(token.get())
                ? iam.check(token.get())
                : unless(Digests.same(token.get(), account.token()), "decrypt token fail")
                        .orElse(() -> Option.when(isTokenExpired, HuaweiError::revokedToken));
    }

    private Option<HuaweiError> checkSignature(ReceivedRequest call, HuaweiVerifier verifier) {
        return Option.when(verifier.isPlain() ? rejectsPlain : rejectsDerived, HuaweiError::wrongKindOfSignature)
                .orElse(() -> checkKey(verifier))
                .orElse(() -> checkHeaders(call, verifier))
                .orElse(() -> checkDate(call, verifier))
                .orElse(() -> checkSecurityToken(call, verifier))
                .orElse(() -> checkPayload(call))
                .orElse(() -> unless(verifier.matches(account.secretKey(), call), "verify aksk signature fail"));
    }

    private Option<HuaweiError> checkKey(HuaweiVerifier verifier) {
        return unless(verifier.accessKey().equals(account.accessKey()), "ak " + verifier.accessKey() + " not exist");
    }

    private static Option<HuaweiError> checkHeaders(ReceivedRequest call, HuaweiVerifier verifier) {
        List<String> signed = verifier.signedHeaders();
        return unless(signed.contains("host") && signed.contains("x-sdk-date"), "host or x-sdk-date is not signed")
                .orElse(() -> unless(
                        signed.stream().allMatch(name -> call.header(name).isDefined()), "a signed header is missing"));
    }

    private Option<HuaweiError> checkDate(ReceivedRequest call, HuaweiVerifier verifier) {
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
                        verifier.isPlain() || verifier.scope().equals(account.scope(date.substring(0, 8))),
                        "the credential is for another day, region or service"));
    }

    private Option<HuaweiError> checkSecurityToken(ReceivedRequest call, HuaweiVerifier verifier) {
        Option<String> token = call.header("x-security-token");
        boolean isValid = requiresSecurityToken
                ? token.exists(sent -> Digests.same(sent, account.securityToken()))
                        && verifier.signedHeaders().contains("x-security-token")
                : token.isEmpty();
        return unless(isValid, "the security token is missing, unsigned or not of this access key");
    }

    /** Checks the header with the hash of the body. The header is optional. */
    private static Option<HuaweiError> checkPayload(ReceivedRequest call) {
        boolean isValid = call.header("x-sdk-content-sha256")
                .forAll(stated -> stated.equals(UNSIGNED_PAYLOAD) || stated.equals(call.bodySha256()));
        return unless(isValid, "X-Sdk-Content-Sha256 does not match the body");
    }

    private static Option<HuaweiError> unless(boolean isValid, String message) {
        return Option.when(!isValid, () -> notAuthentic(message));
    }
}
