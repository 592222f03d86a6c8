package io.otabridge.client;

import io.otabridge.client.transport.StreamedBody;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Uploads and downloads 2 GiB in a separate process. */
final class LargeTransfer {

    static final long LENGTH = 2L << 30;

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private LargeTransfer() {}

    /** A stream of this length, whose bytes are determined by their position. */
    static final class Pattern extends InputStream {

        private static final int PERIOD = 1 << 16;
        private static final byte[] BYTES = new byte[PERIOD];

        static {
            for (int i = 0; i < PERIOD; i++) {
                BYTES[i] = (byte) (i * 31 + (i >> 8));
            }
        }

        private final long length;
        private long position;

        Pattern(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) {
            if (position == length) {
                return -1;
            }
            int start = (int) (position % PERIOD);
            int read = (int) Math.min(Math.min(count, PERIOD - start), length - position);
            System.arraycopy(BYTES, start, bytes, offset, read);
            position += read;
            return read;
        }
    }

    static String sha256() {
        return sha256(new Pattern(LENGTH));
    }

    static String sha256(InputStream bytes) {
        try (DigestInputStream digesting = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (IOException | NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** @param args the port of the server and the digest of the upload */
    public static void main(String[] args) {
        BackendClient calls = TransferTest.calls(Duration.ofMinutes(1));
        TransferTest.Api api = TransferTest.api(Integer.parseInt(args[0]));
        Either<OtaFailure, Integer> uploaded = calls.upload(
                TransferTest.origin(calls),
                api.put(StreamedBody.replayable(null, LENGTH, args[1], () -> new Pattern(LENGTH))),
                (head, body) -> Either.right(head.status()),
                LONGEST);
        System.out.println("uploaded " + uploaded);
        Either<OtaFailure, String> downloaded = calls.download(
                TransferTest.origin(calls),
                api.get(),
                (head, body) -> Either.right(head.header("Content-Length").get() + " " + sha256(body)),
                LONGEST);
        System.out.println("downloaded " + downloaded.getOrElseGet(OtaFailure::toString));
        System.exit(uploaded.isRight() && downloaded.isRight() ? 0 : 1);
    }
}
