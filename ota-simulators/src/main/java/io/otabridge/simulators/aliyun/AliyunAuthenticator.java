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

/**
 * Authenticates requests: the signature must be complete, recent, not replayed, and made with the key of the account.
 * Supports both signature versions.
 */
final class AliyunAuthenticator {

    private static final Duration TOLERANCE = Duration.ofMinutes(15);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final SimulatedDialect dialect;
    private final AliyunAccount account;
    private final Clock clock;
    private final NonceStore nonces = new NonceStore(TOLERANCE.multipliedBy(2));
    private volatile boolean requiresSecurityToken;
    private volatile boolean isSecurityTokenExpired;

    AliyunAuthenticator(SimulatedDialect dialect, AliyunAccount account, Clock clock) {
        this.dialect = dialect;
        this.account = account;
        this.clock = clock;
    }

    void requireSecurityToken(boolean required) {
        requiresSecurityToken = required;
    }

    void expireSecurityToken(boolean expired) {
        isSecurityTokenExpired = expired;
    }

    /**
     * Returns why a request is rejected; none if it is accepted. The nonce of an accepted request cannot be used
     * again.
     */
    Option<AliyunError> authenticate(AliyunRequest call) {
        AliyunVerifier verifier = dialect.verifierFor(call);
        return verifier.checkComplete()
                .orElse(() -> checkTime(verifier))
                .orElse(() -> unless(verifier.accessKeyId().equals(account.accessKey()), AliyunError::noSuchKey))
                .orElse(() -> unless(hasValidToken(verifier), AliyunError::wrongSecurityToken))
                .orElse(() -> unless(
                        verifier.securityToken().isEmpty() || !isSecurityTokenExpired,
                        AliyunError::expiredSecurityToken))
                .orElse(() -> unless(
                        verifier.matches(account.secretKey()),
                        () -> AliyunError.wrongSignature(verifier.stringToSign())))
                .orElse(() -> unless(nonces.use(verifier.nonce(), clock.instant()), AliyunError::nonceUsed));
    }

    private Option<AliyunError> checkTime(AliyunVerifier verifier) {
        try {
            Instant signedAt = TIME.parse(verifier.time(), Instant::from);
            Duration skew = Duration.between(signedAt, clock.instant()).abs();
            return unless(skew.compareTo(TOLERANCE) <= 0, AliyunError::expired);
        } catch (DateTimeException e) {
            return Option.some(AliyunError.malformedTime());
        }
    }

    private boolean hasValidToken(AliyunVerifier verifier) {
        return requiresSecurityToken
                ? verifier.securityToken().exists(token -> Digests.same(token, account.securityToken()))
                : verifier.securityToken().isEmpty();
    }

    private static Option<AliyunError> unless(boolean isValid, Supplier<AliyunError> error) {
        return Option.when(!isValid, error);
    }
}
