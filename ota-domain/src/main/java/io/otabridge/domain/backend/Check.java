package io.otabridge.domain.backend;

import java.util.Locale;

/** A check of a {@link Diagnosis}. The order is that of dependency: a check depends on those before it. */
public enum Check {
    /** The endpoint's host name resolves. */
    DNS,
    /** The endpoint, or the proxy before it, accepts connections. */
    CONNECTION,
    /** The TLS handshake succeeds: the certificate matches the host, is valid now, and is signed by a trusted CA. */
    TLS,
    /** The local clock and the vendor's clock agree. */
    CLOCK,
    /** The endpoint is the vendor's service, the one that this account uses, and it is available. */
    SERVICE,
    /** The vendor knows the caller, and the secret is correct. */
    CREDENTIALS,
    /** The endpoint accepts the signature method. */
    SIGNATURE,
    /** The caller is authorized to query firmware and modules. */
    PERMISSION,
    /** The configured part of the account exists: project, instance, resource space. */
    SCOPE,
    /** The object store for firmware files is configured, reachable and accessible. No other check depends on it. */
    OBJECT_STORE,
    /** The vendor's quota is respected and currently sufficient. */
    QUOTA;

    /** Returns the identifier for output, such as {@code dns} and {@code object-store}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
