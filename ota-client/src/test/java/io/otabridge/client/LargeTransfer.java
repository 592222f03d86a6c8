package io.otabridge.client;

import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.transfer.ArtifactBody;
import io.otabridge.client.transfer.FileDownload;
import io.otabridge.client.transfer.TransferClient;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.StreamedBody;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.TransferListener;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import okhttp3.Request;

/** Uploads and downloads gigabytes in a separate process. */
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

    /**
     * @param args the port of the server and the digest of the upload; also the file to write if a file is transferred
     */
    public static void main(String[] args) throws IOException {
        if (args.length > 2) {
            transferFile("http://127.0.0.1:" + args[0] + "/image", args[1], Path.of(args[2]));
            return;
        }
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

    private static void transferFile(String url, String sha256, Path target) throws IOException {
        BackendClient calls = TransferTest.calls(Duration.ofMinutes(1));
        OperationContext origin = TransferTest.origin(calls);
        TransferClient client = TransferClient.of(
                calls,
                HttpTransport.shared(),
                new ConnectionSettings(
                        Endpoint.parse("http://127.0.0.1:1", false).get(), Option.none(), CallOptions.defaults()),
                request -> request);
        Either<OtaFailure, DownloadResult> downloaded = FileDownload.run(
                client,
                origin,
                FirmwareFile.builder()
                        .checksum(Checksum.of(Checksum.SHA256, sha256))
                        .build(),
                Download.to(target),
                new FileDownload.Source() {
                    @Override
                    public Either<OtaFailure, Request> request() {
                        return Either.right(new Request.Builder().url(url).build());
                    }

                    @Override
                    public boolean isExpired(OtaFailure failure) {
                        return false;
                    }
                });
        System.out.println("downloaded " + downloaded);
        Either<OtaFailure, Integer> uploaded = client.upload(
                origin,
                new Request.Builder()
                        .url(url)
                        .put(ArtifactBody.of(Artifact.of(target), Option.none(), TransferListener.NONE))
                        .build(),
                (head, body) -> Either.right(head.status()));
        System.out.println("uploaded " + uploaded);
        System.exit(uploaded.isRight() && downloaded.isRight() ? 0 : 1);
    }
}
