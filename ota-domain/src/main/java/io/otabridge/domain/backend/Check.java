package io.otabridge.domain.backend;

import java.util.Locale;

/** What a {@link Diagnosis} looks at, in the order in which one thing needs those before it. */
public enum Check {
    /** The name of the endpoint's host is known. */
    DNS,
    /** The endpoint, or the proxy before it, takes connections. */
    CONNECTION,
    /** The connection is safe: a certificate for this host, valid now, by somebody whom this machine trusts. */
    TLS,
    /** This machine's clock and the vendor's agree. */
    CLOCK,
    /** What answers at the endpoint is the vendor's service, it is the one that this account uses, and it is up. */
    SERVICE,
    /** The vendor knows who calls, and the secret is right. */
    CREDENTIALS,
    /** Requests are signed in the way that the endpoint takes. */
    SIGNATURE,
    /** The caller may ask for firmware and modules. */
    PERMISSION,
    /** The part of the account that is meant is there: project, instance, resource space. */
    SCOPE,
    /** What the vendor allows the account is kept to, and is enough now. */
    QUOTA;

    /** The word for programs and people, such as {@code dns}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
