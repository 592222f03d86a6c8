package io.otabridge.client.transfer;

import io.otabridge.client.transport.StreamedBody;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.TransferListener;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import okhttp3.MediaType;

/**
 * The bodies of uploads: an artifact, or a part of one. They can be replayed, and hold back the last bytes until the
 * digest of all is known, so that a file that changed after {@link Artifact} has read it is never uploaded completely.
 */
public final class ArtifactBody {

    private static final int BUFFER = 65_536;

    private ArtifactBody() {}

    /** The whole artifact, compared with its SHA-256. */
    public static StreamedBody of(Artifact artifact, Option<MediaType> type, TransferListener listener) {
        return StreamedBody.replayable(
                type.getOrNull(),
                artifact.length(),
                artifact.sha256().value(),
                () -> new Reported(artifact.open(), artifact, 0, artifact.length(), listener));
    }

    /**
     * A part of an artifact, compared with its MD5.
     *
     * @param offset the first byte
     * @param length the number of bytes
     * @param md5 the digest of the part, from {@link #md5OfParts}
     * @param listener receives the position in the artifact
     */
    public static StreamedBody part(
            Artifact artifact, long offset, long length, Checksum md5, TransferListener listener) {
        return StreamedBody.replayableWithMd5(null, length, md5.value(), () -> {
            InputStream in = artifact.open();
            try {
                in.skipNBytes(offset);
            } catch (IOException e) {
                in.close();
                throw e;
            }
            return new Reported(in, artifact, offset, offset + length, listener);
        });
    }

    /**
     * The MD5 of each part, in order, in lower-case hexadecimal. Object stores compare them with the parts that they
     * receive, and list them as ETags.
     *
     * @param partLength the length of all parts but the last
     * @throws IOException if the artifact cannot be read, or changed after it was first read
     * @throws IllegalArgumentException if the length is less than 1
     */
    public static List<Checksum> md5OfParts(Artifact artifact, long partLength) throws IOException {
        if (partLength < 1) {
            throw new IllegalArgumentException("partLength must be at least 1 but is " + partLength);
        }
        List<Checksum> parts = List.empty();
        MessageDigest whole = digest(Checksum.SHA256);
        MessageDigest part = digest(Checksum.MD5);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = artifact.open()) {
            long count = 0;
            for (int read; (read = in.read(buffer, 0, (int) Math.min(BUFFER, partLength - count))) > 0; ) {
                whole.update(buffer, 0, read);
                part.update(buffer, 0, read);
                count += read;
                if (count == partLength) {
                    parts = parts.append(checksum(part));
                    count = 0;
                }
            }
            if (count > 0) {
                parts = parts.append(checksum(part));
            }
        }
        if (!HexFormat.of().formatHex(whole.digest()).equals(artifact.sha256().value())) {
            throw new IOException(artifact.fileName() + " changed while it was in use");
        }
        return parts;
    }

    private static Checksum checksum(MessageDigest md5) {
        return Checksum.of(Checksum.MD5, HexFormat.of().formatHex(md5.digest()));
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reports the bytes that are read, and ends at a position of the artifact. */
    private static final class Reported extends FilterInputStream {

        private final Artifact artifact;
        private final long end;
        private final TransferListener listener;
        private long position;

        Reported(InputStream in, Artifact artifact, long position, long end, TransferListener listener) {
            super(in);
            this.artifact = artifact;
            this.position = position;
            this.end = end;
            this.listener = listener;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            // A part ends before the artifact. The whole artifact ends with its source, so that surplus bytes are seen.
            boolean isPart = end < artifact.length();
            if (isPart && position >= end) {
                return -1;
            }
            int count = super.read(bytes, offset, isPart ? (int) Math.min(length, end - position) : length);
            if (count > 0) {
                position += count;
                listener.transferred(artifact.fileName(), position, artifact.length());
            }
            return count;
        }
    }
}
