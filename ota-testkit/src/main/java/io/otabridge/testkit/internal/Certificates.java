package io.otabridge.testkit.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Certificates for 127.0.0.1, good ones and others, from an authority that lives as long as the process. The JDK reads
 * certificates and cannot write them, so the few lines of DER that it takes are here.
 */
public final class Certificates {

    private static final Duration DAY = Duration.ofDays(1);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final char[] NO_PASSWORD = new char[0];

    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
    private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
    private static final byte[] ALTERNATIVE_NAME = oid(0x55, 0x1d, 0x11);
    private static final byte[] BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
    private static final byte[] TRUE = der(0x01, new byte[] {-1});
    private static final byte[] LOOPBACK = der(0x87, new byte[] {127, 0, 0, 1});

    private static final String AUTHORITY_NAME = "Authority of this test";
    private static final KeyPair AUTHORITY = newKeys();
    private static final Certificate AUTHORITY_CERTIFICATE =
            certificate(AUTHORITY_NAME, AUTHORITY.getPrivate(), AUTHORITY_NAME, AUTHORITY, DAY, authority());

    private static final Map<Kind, SSLContext> CONTEXTS = new ConcurrentHashMap<>();

    private Certificates() {}

    /** What a server shows for itself. */
    public enum Kind {
        /** For 127.0.0.1, of today, from the authority. */
        SOUND,
        /** For another host. */
        WRONG_HOST,
        /** Of last week. */
        EXPIRED,
        /** From nobody but itself. */
        SELF_SIGNED
    }

    /** Trusts the authority, and nobody else. */
    public static X509TrustManager trust() {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry("authority", AUTHORITY_CERTIFICATE);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK makes a trust manager", e);
        }
    }

    /** The server's end of TLS over an accepted connection; closing it leaves the connection open. */
    public static SSLSocket serverSide(Kind kind, Socket accepted) throws IOException {
        SSLSocket socket = (SSLSocket) CONTEXTS.computeIfAbsent(kind, Certificates::context)
                .getSocketFactory()
                .createSocket(accepted, accepted.getInetAddress().getHostAddress(), accepted.getPort(), false);
        socket.setUseClientMode(false);
        return socket;
    }

    private static SSLContext context(Kind kind) {
        KeyPair keys = newKeys();
        byte[] name = kind == Kind.WRONG_HOST ? der(0x82, "elsewhere.example".getBytes(US_ASCII)) : LOOPBACK;
        byte[] extension = sequence(ALTERNATIVE_NAME, der(0x04, sequence(name)));
        boolean isOwn = kind == Kind.SELF_SIGNED;
        Certificate shown = certificate(
                isOwn ? "server" : AUTHORITY_NAME,
                isOwn ? keys.getPrivate() : AUTHORITY.getPrivate(),
                "server",
                keys,
                kind == Kind.EXPIRED ? DAY.negated() : DAY,
                extension);
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("server", keys.getPrivate(), NO_PASSWORD, new Certificate[] {shown});
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK speaks TLS", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes keys", e);
        }
    }

    /** @param end how long from now it is good; its time began a week before */
    private static Certificate certificate(
            String issuer, PrivateKey signer, String subject, KeyPair keys, Duration end, byte[] extension) {
        Instant until = Instant.now().plus(end);
        byte[] content = sequence(
                der(0xa0, der(0x02, new byte[] {2})),
                der(0x02, BigInteger.valueOf(System.nanoTime()).abs().toByteArray()),
                ECDSA_WITH_SHA256,
                name(issuer),
                sequence(time(until.minus(Duration.ofDays(7))), time(until)),
                name(subject),
                keys.getPublic().getEncoded(),
                der(0xa3, sequence(extension)));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signer);
            signature.update(content);
            byte[] whole =
                    sequence(content, ECDSA_WITH_SHA256, der(0x03, concatenated(new byte[] {0}, signature.sign())));
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK signs and reads certificates", e);
        }
    }

    private static byte[] authority() {
        return sequence(BASIC_CONSTRAINTS, TRUE, der(0x04, sequence(TRUE)));
    }

    private static byte[] name(String text) {
        return sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, text.getBytes(UTF_8)))));
    }

    private static byte[] time(Instant instant) {
        return der(0x17, TIME.format(instant).getBytes(US_ASCII));
    }

    private static byte[] oid(int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        return der(0x06, value);
    }

    private static byte[] sequence(byte[]... parts) {
        return der(0x30, concatenated(parts));
    }

    /** Nothing here is longer than 65,535 bytes. */
    private static byte[] der(int tag, byte[] value) {
        int length = value.length;
        byte[] head;
        if (length < 0x80) {
            head = new byte[] {(byte) tag, (byte) length};
        } else if (length < 0x100) {
            head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        } else {
            head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        }
        return concatenated(head, value);
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (byte[] part : parts) {
                all.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }
}
