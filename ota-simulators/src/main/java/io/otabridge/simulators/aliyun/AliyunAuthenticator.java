package io.otabridge.simulators.aliyun;

import io.otabridge.simulators.server.Digests;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;

/** Decides who comes in: a signature of either version that is complete, fresh, new, and by the right key. */
final class AliyunAuthenticator {

    private static final Duration TOLERANCE = Duration.ofMinutes(15);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final SimulatedDialect platform;
    private final AliyunAccount account;
    private final Clock clock;
    private final NonceStore nonces = new NonceStore(TOLERANCE.multipliedBy(2));
    private volatile boolean securityTokenIsDemanded;
    private volatile boolean securityTokenIsExpired;

    AliyunAuthenticator(SimulatedDialect platform, AliyunAccount account, Clock clock) {
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
    Option<AliyunError> refusal(AliyunRequest call) {
        AliyunVerifier claim = platform.signatureOf(call);
        return claim.incompleteness()
                .orElse(() -> timeRefusal(claim))
                .orElse(() -> unless(claim.accessKeyId().equals(account.accessKey()), AliyunError::noSuchKey))
                .orElse(() -> unless(isTokenRight(claim), AliyunError::wrongSecurityToken))
                .orElse(() -> unless(
                        claim.securityToken().isEmpty() || !securityTokenIsExpired, AliyunError::expiredSecurityToken))
                .orElse(() ->
                        unless(claim.isBy(account.secretKey()), () -> AliyunError.wrongSignature(claim.stringToSign())))
                .orElse(() -> unless(nonces.use(claim.nonce(), clock.instant()), AliyunError::nonceUsed));
    }

    private Option<AliyunError> timeRefusal(AliyunVerifier claim) {
        try {
            Instant signedAt = TIME.parse(claim.time(), Instant::from);
            Duration skew = Duration.between(signedAt, clock.instant()).abs();
            return unless(skew.compareTo(TOLERANCE) <= 0, AliyunError::expired);
        } catch (DateTimeException e) {
            return Option.some(AliyunError.malformedTime());
        }
    }

    private boolean isTokenRight(AliyunVerifier claim) {
        return securityTokenIsDemanded
                ? claim.securityToken().exists(token -> Digests.same(token, account.securityToken()))
                : claim.securityToken().isEmpty();
    }

    private static Option<AliyunError> unless(boolean isRight, Supplier<AliyunError> refusal) {
        return Option.when(!isRight, refusal);
    }
}
