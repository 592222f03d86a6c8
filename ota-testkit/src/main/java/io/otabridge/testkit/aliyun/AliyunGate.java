package io.otabridge.testkit.aliyun;

import io.otabridge.testkit.internal.Digests;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;

/** Decides who comes in: a signature of either version that is complete, fresh, new, and by the right key. */
final class AliyunGate {

    private static final Duration TOLERANCE = Duration.ofMinutes(15);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final Platform platform;
    private final AliyunAccount account;
    private final Clock clock;
    private final NonceMemory nonces = new NonceMemory(TOLERANCE.multipliedBy(2));
    private volatile boolean securityTokenIsDemanded;
    private volatile boolean securityTokenIsExpired;

    AliyunGate(Platform platform, AliyunAccount account, Clock clock) {
        this.platform = platform;
        this.account = account;
        this.clock = clock;
    }

    void demandSecurityToken(boolean demanded) {
        securityTokenIsDemanded = demanded;
    }

    void expireSecurityToken(boolean expired) {
        securityTokenIsExpired = expired;
    }

    /** Why this call does not come in; none if it does, and then its nonce is used up. */
    Option<AliyunRefusal> refusal(AliyunCall call) {
        AliyunSignature claim = platform.signatureOf(call);
        return claim.incompleteness()
                .orElse(() -> timeRefusal(claim))
                .orElse(() -> unless(claim.accessKeyId().equals(account.accessKey()), AliyunRefusal::noSuchKey))
                .orElse(() -> unless(isTokenRight(claim), AliyunRefusal::wrongSecurityToken))
                .orElse(() -> unless(
                        claim.securityToken().isEmpty() || !securityTokenIsExpired,
                        AliyunRefusal::expiredSecurityToken))
                .orElse(() -> unless(
                        claim.isBy(account.secretKey()), () -> AliyunRefusal.wrongSignature(claim.stringToSign())))
                .orElse(() -> unless(nonces.use(claim.nonce(), clock.instant()), AliyunRefusal::nonceUsed));
    }

    private Option<AliyunRefusal> timeRefusal(AliyunSignature claim) {
        try {
            Instant signedAt = TIME.parse(claim.time(), Instant::from);
            Duration skew = Duration.between(signedAt, clock.instant()).abs();
            return unless(skew.compareTo(TOLERANCE) <= 0, AliyunRefusal::expired);
        } catch (DateTimeException e) {
            return Option.some(AliyunRefusal.malformedTime());
        }
    }

    private boolean isTokenRight(AliyunSignature claim) {
        return securityTokenIsDemanded
                ? claim.securityToken().exists(token -> Digests.same(token, account.securityToken()))
                : claim.securityToken().isEmpty();
    }

    private static Option<AliyunRefusal> unless(boolean isRight, Supplier<AliyunRefusal> refusal) {
        return Option.when(!isRight, refusal);
    }
}
