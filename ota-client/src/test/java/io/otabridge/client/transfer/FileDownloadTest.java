package io.otabridge.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.BackendClient;
import io.otabridge.client.TestClients;
import io.otabridge.client.auth.Canonicalization;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.RawServer;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.DownloadResult.DigestCheck;
import io.otabridge.domain.artifact.FirmwareFile;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads of a file over real sockets. Each test states the outcome and the number of requests. */
public class FileDownloadTest {

    private static final String ETAG = "\"1b2cf535f27731c974343645a3985328\"";
    private static final String OTHER_ETAG = "\"e10adc3949ba59abbe56e057f20f883e\"";
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int TENTH = 20_000;
    private static final byte[] IMAGE = image(1);
    private static final byte[] OTHER_IMAGE = image(2);

    private final ObjectServer server = new ObjectServer();
    private final AtomicInteger links = new AtomicInteger();

    @TempDir
    private Path folder = Path.of("");

    private Path target = folder;

    @BeforeEach
    void serve() {
        target = folder.resolve("fw.bin");
        server.serve(IMAGE, ETAG);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] image(int factor) {
        byte[] bytes = new byte[10 * TENTH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (factor * i + (i >> 8));
        }
        return bytes;
    }

    @Test
    void a_complete_file_is_verified() {
        DownloadResult result = download().get();

        assertThat(result).isEqualTo(new DownloadResult(target, IMAGE.length, sha256(IMAGE), DigestCheck.VERIFIED, 0));
        assertDownloaded(IMAGE, 1);
    }

    @Test
    void an_existing_file_is_replaced() throws IOException {
        Files.writeString(target, "older");

        assertThat(download().isRight()).isTrue();

        assertDownloaded(IMAGE, 1);
    }

    @Test
    void the_file_has_the_permissions_of_any_new_file() throws IOException {
        Path other = Files.createFile(folder.resolve("other"));

        assertThat(download().isRight()).isTrue();

        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void a_connection_that_is_cut_is_continued(int tenths) {
        server.plan(server.cutAfter(tenths * TENTH));

        assertThat(download().get().check()).isEqualTo(DigestCheck.VERIFIED);

        assertDownloaded(IMAGE, 2);
        if (tenths > 0) {
            assertThat(server.requests().get(1))
                    .contains("Range: bytes=" + tenths * TENTH + "-\r\n", "If-Match: " + ETAG);
        }
    }

    @Test
    void a_connection_that_is_cut_after_every_tenth_is_continued() {
        server.plan(Stream.generate(() -> server.cutAfter(TENTH)).limit(9).toArray(ObjectServer.Fault[]::new));

        assertThat(download().isRight()).isTrue();

        assertDownloaded(IMAGE, 10);
    }

    @Test
    void a_connection_that_is_always_cut_ends_with_a_failure() {
        server.plan(Stream.generate(() -> server.cutAfter(0)).limit(10).toArray(ObjectServer.Fault[]::new));

        OtaFailure failure = download().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertNothingLeft(3);
    }

    @Test
    void a_stalled_connection_is_continued() {
        server.plan(server.stallAfter(3 * TENTH));

        assertThat(download(client(Duration.ofMillis(300)), file().build(), Download.to(target))
                        .isRight())
                .isTrue();

        assertDownloaded(IMAGE, 2);
    }

    @Test
    void a_later_download_continues() {
        server.plan(server.cutAfter(4 * TENTH), ObjectServer.error("403 Forbidden", "AccessDenied", "No"));
        OtaFailure failure = download().getLeft();
        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.advice()).contains("80000 bytes are kept");
        assertThat(target).doesNotExist();

        DownloadResult result = download().get();

        assertThat(result.resumedAt()).isEqualTo(4 * TENTH);
        assertThat(result.check()).isEqualTo(DigestCheck.VERIFIED);
        assertDownloaded(IMAGE, 3);
    }

    /** The digest includes the bytes of the earlier download, as they are on the disk. */
    @Test
    void bytes_of_an_earlier_download_that_changed_are_a_mismatch() throws IOException {
        leavePart(OTHER_IMAGE, 4 * TENTH, ETAG, IMAGE.length);

        assertThat(download().getLeft()).isInstanceOf(OtaFailure.DigestMismatch.class);

        assertNothingLeft(1);
    }

    @Test
    void a_damaged_state_file_starts_over() throws IOException {
        leavePart(IMAGE, 4 * TENTH, "no ETag", IMAGE.length);

        assertThat(download().get().resumedAt()).isZero();

        assertDownloaded(IMAGE, 1);
    }

    @Test
    void a_temporary_file_that_is_too_long_starts_over() throws IOException {
        leavePart(IMAGE, 5 * TENTH, ETAG, 4 * TENTH);

        assertThat(download().get().resumedAt()).isZero();

        assertDownloaded(IMAGE, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "W/\"1b2cf535\""})
    void an_object_without_a_strong_etag_starts_over(String etag) {
        server.serve(IMAGE, etag);
        server.plan(server.cutAfter(5 * TENTH));

        assertThat(download().isRight()).isTrue();

        assertDownloaded(IMAGE, 2);
        assertThat(server.requests().get(1)).doesNotContain("Range", "If-Match");
    }

    @Test
    void an_object_without_an_etag_leaves_nothing_after_a_failure() {
        server.serve(IMAGE, "");
        server.plan(server.cutAfter(4 * TENTH), ObjectServer.error("403 Forbidden", "AccessDenied", "No"));

        assertThat(download().getLeft()).isInstanceOf(OtaFailure.AccessDenied.class);

        assertNothingLeft(2);
    }

    @Test
    void a_whole_response_to_a_range_request_starts_over() throws IOException {
        leavePart(OTHER_IMAGE, 4 * TENTH, ETAG, IMAGE.length);
        server.plan((client, head) -> {
            client.write("HTTP/1.1 200 OK\r\nContent-Length: " + IMAGE.length + "\r\nConnection: close\r\n\r\n");
            client.out().write(IMAGE);
        });

        assertThat(download().get().resumedAt()).isZero();

        assertDownloaded(IMAGE, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Range: bytes 0-199999/200000\r\n",
                "Content-Range: bytes 80000-199998/200000\r\n",
                "Content-Range: bytes 80000-199999/*\r\n",
                "Content-Range: items 80000-199999/200000\r\n"
            })
    void another_range_than_requested_is_unreadable(String header) throws IOException {
        leavePart(IMAGE, 4 * TENTH, ETAG, IMAGE.length);
        server.plan(ObjectServer.respond("206 Partial Content", header, "x"));

        assertThat(download().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);

        assertThat(server.requests()).hasSize(1);
        assertThat(target).doesNotExist();
    }

    @Test
    void a_range_that_was_not_requested_is_unreadable() {
        server.plan(ObjectServer.respond("206 Partial Content", "Content-Range: bytes 0-0/1\r\n", "x"));

        assertThat(download().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);

        assertNothingLeft(1);
    }

    @Test
    void a_replaced_object_starts_over() {
        server.plan((client, head) -> {
            server.cutAfter(5 * TENTH).respond(client, head);
            server.serve(OTHER_IMAGE, OTHER_ETAG);
        });

        assertThat(download(client(), file(OTHER_IMAGE).build(), Download.to(target))
                        .isRight())
                .isTrue();

        assertDownloaded(OTHER_IMAGE, 3);
    }

    /** The store ignores If-Match. */
    @ParameterizedTest
    @CsvSource({"80000-199999/200000, " + OTHER_ETAG, "80000-299999/300000, " + ETAG})
    void a_range_of_another_object_starts_over(String range, String etag) throws IOException {
        leavePart(OTHER_IMAGE, 4 * TENTH, ETAG, IMAGE.length);
        server.plan(ObjectServer.respond(
                "206 Partial Content", "Content-Range: bytes " + range + "\r\nETag: " + etag + "\r\n", "x"));

        assertThat(download().isRight()).isTrue();

        assertDownloaded(IMAGE, 2);
    }

    @Test
    void an_object_that_is_replaced_again_is_unavailable() {
        ObjectServer.Fault cut = server.cutAfter(5 * TENTH);
        ObjectServer.Fault replaced = ObjectServer.status("412 Precondition Failed", "");
        server.plan(cut, replaced, cut, replaced);

        assertThat(download().getLeft()).isInstanceOf(OtaFailure.Unavailable.class);

        assertThat(server.requests()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Range: bytes */200000\r\n", ""})
    void no_more_bytes_at_the_full_size_are_a_complete_file(String header) throws IOException {
        leavePart(IMAGE, IMAGE.length, ETAG, IMAGE.length);
        server.plan(ObjectServer.status("416 Range Not Satisfiable", header));

        assertThat(download().get().resumedAt()).isEqualTo(IMAGE.length);

        assertDownloaded(IMAGE, 1);
    }

    @Test
    void no_more_bytes_at_another_size_start_over() throws IOException {
        leavePart(OTHER_IMAGE, 5 * TENTH, ETAG, IMAGE.length);
        server.plan(ObjectServer.status("416 Range Not Satisfiable", "Content-Range: bytes */200000\r\n"));

        assertThat(download().isRight()).isTrue();

        assertDownloaded(IMAGE, 2);
    }

    @Test
    void another_digest_is_a_mismatch_and_nothing_is_kept() {
        server.serve(OTHER_IMAGE, ETAG);

        OtaFailure failure = download().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DigestMismatch.class);
        assertThat(failure.summary())
                .contains(sha256(IMAGE).value(), sha256(OTHER_IMAGE).value());
        assertNothingLeft(1);
    }

    @Test
    void another_length_is_a_mismatch_before_any_byte() {
        server.serve(Arrays.copyOf(IMAGE, IMAGE.length - 1), ETAG);
        List<Long> received = new ArrayList<>();

        OtaFailure failure = download(
                        client(),
                        file().build(),
                        Download.to(target).listener((name, bytes, total) -> received.add(bytes)))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DigestMismatch.class);
        assertThat(failure.summary()).contains("199999 bytes instead of 200000");
        assertThat(received).isEmpty();
        assertNothingLeft(1);
    }

    @ParameterizedTest
    @CsvSource({"200001, Rejected", "200000, DigestMismatch", "199999, none"})
    void a_response_of_unknown_length_ends_at_the_limit(int length, String kind) {
        server.serve(IMAGE, ETAG);
        server.plan((client, head) -> client.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: close\r\n\r\n" + Integer.toHexString(length) + "\r\n" + "x".repeat(length)
                + "\r\n0\r\n\r\n"));
        byte[] expected = ObjectServer.bytes("x".repeat(199_999));

        Either<OtaFailure, DownloadResult> outcome =
                download(client(), file(expected).build(), Download.to(target).maxBytes(200_000));

        assertThat(outcome.isRight() ? "none" : outcome.getLeft().getClass().getSimpleName())
                .isEqualTo(kind);
        if (outcome.isLeft()) {
            assertNothingLeft(1);
        } else {
            assertDownloaded(expected, 1);
        }
    }

    @Test
    void a_response_of_unknown_length_that_is_too_short_is_a_mismatch() {
        server.plan((client, head) -> client.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + "Connection: close\r\n\r\n1\r\nx\r\n0\r\n\r\n"));

        OtaFailure failure = download(client(), FirmwareFile.builder().size(2).build(), Download.to(target))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DigestMismatch.class);
        assertThat(failure.summary()).contains("1 bytes instead of 2");
        assertNothingLeft(1);
    }

    @Test
    void a_response_without_length_and_digest_is_unreadable() {
        server.plan((client, head) -> client.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + "x".repeat(100)));

        assertThat(download(client(), FirmwareFile.builder().build(), Download.to(target))
                        .getLeft())
                .isInstanceOf(OtaFailure.UnreadableResponse.class);

        assertNothingLeft(1);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void a_file_above_the_size_limit_is_rejected(boolean isSizeKnown, int requests) {
        FirmwareFile file = isSizeKnown
                ? file().build()
                : FirmwareFile.builder().checksum(sha256(IMAGE)).build();

        OtaFailure failure = download(client(), file, Download.to(target).maxBytes(IMAGE.length - 1))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("200000 bytes, and the limit is 199999");
        assertNothingLeft(requests);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void a_file_above_the_free_space_is_rejected(boolean isSizeKnown, int requests) {
        long size = 100_000_000_000_000_000L;
        server.plan((client, head) ->
                client.write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n" + "x".repeat(10_000)));
        FirmwareFile.Builder file = FirmwareFile.builder();

        OtaFailure failure = download(
                        client(),
                        (isSizeKnown ? file.size(size) : file).build(),
                        Download.to(target).maxBytes(Long.MAX_VALUE))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("needs 100000000000000000 more bytes");
        assertNothingLeft(requests);
    }

    @Test
    void an_md5_alone_detects_only_accidental_changes() {
        FirmwareFile file = FirmwareFile.builder().checksum(md5(IMAGE)).build();

        assertThat(download(client(), file, Download.to(target).requireDigest())
                        .get()
                        .check())
                .isEqualTo(DigestCheck.ACCIDENTAL_CHANGES_ONLY);

        assertDownloaded(IMAGE, 1);
    }

    @Test
    void another_md5_is_a_mismatch() {
        FirmwareFile file = FirmwareFile.builder().checksum(md5(OTHER_IMAGE)).build();

        assertThat(download(client(), file, Download.to(target)).getLeft())
                .isInstanceOf(OtaFailure.DigestMismatch.class);

        assertNothingLeft(1);
    }

    /** A vendor may send one for the download and one for its content. */
    @Test
    void one_of_several_digests_of_an_algorithm_is_enough() {
        FirmwareFile file = FirmwareFile.builder()
                .checksum(sha256(OTHER_IMAGE))
                .checksum(sha256(IMAGE))
                .build();

        assertThat(download(client(), file, Download.to(target)).get().check()).isEqualTo(DigestCheck.VERIFIED);
    }

    @ParameterizedTest
    @CsvSource({"none, -", "SM3, 1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b", "SHA-256, -"})
    void a_file_without_a_usable_digest_is_not_verified(String algorithm, String value) {
        FirmwareFile.Builder builder = FirmwareFile.builder();
        FirmwareFile file = algorithm.equals("none")
                ? builder.build()
                : builder.checksum(Checksum.of(algorithm, value)).build();

        assertThat(download(client(), file, Download.to(target)).get().check()).isEqualTo(DigestCheck.NOT_VERIFIED);
        assertDownloaded(IMAGE, 1);

        OtaFailure failure = download(
                        client(), file, Download.to(folder.resolve("other")).requireDigest())
                .getLeft();
        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("no digest");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a_digest_that_the_caller_expects_verifies_the_file() {
        FirmwareFile file = FirmwareFile.builder().build();

        assertThat(download(
                                client(),
                                file,
                                Download.to(target).expect(md5(IMAGE)).requireDigest())
                        .get()
                        .check())
                .isEqualTo(DigestCheck.VERIFIED);

        assertDownloaded(IMAGE, 1);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void another_digest_than_the_caller_expects_is_a_mismatch(boolean isVendorsKnown, int requests) {
        FirmwareFile file =
                isVendorsKnown ? file().build() : FirmwareFile.builder().build();

        OtaFailure failure = download(client(), file, Download.to(target).expect(sha256(OTHER_IMAGE)))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DigestMismatch.class);
        String actual = sha256(IMAGE).value();
        String expected = sha256(OTHER_IMAGE).value();
        assertThat(failure.summary())
                .endsWith(
                        isVendorsKnown
                                ? " is not the expected one: the vendor reports SHA-256 " + actual + ", but " + expected
                                        + " was expected"
                                : " has SHA-256 " + actual + " instead of " + expected);
        assertNothingLeft(requests);
    }

    @Test
    void a_folder_that_does_not_exist_is_named() {
        Path absent = target.resolveSibling("absent");

        OtaFailure failure = download(client(), file().build(), Download.to(absent.resolve("app.bin")))
                .getLeft();

        assertThat(failure.summary())
                .isEqualTo("Cannot write " + absent.resolve("app.bin") + ": folder " + absent + " does not exist");
    }

    @Test
    void an_expired_link_is_renewed_midway() {
        server.plan(server.cutAfter(5 * TENTH), expired());

        assertThat(download().isRight()).isTrue();

        assertDownloaded(IMAGE, 3);
        assertThat(links).hasValue(2);
        assertThat(server.requests().get(1)).contains("?link=1 ");
        assertThat(server.requests().get(2)).contains("?link=2 ", "Range: bytes=100000-");
    }

    @Test
    void a_link_that_always_expires_is_renewed_twice() {
        server.plan(expired(), expired(), expired());

        assertThat(download().getLeft()).isInstanceOf(OtaFailure.AccessDenied.class);

        assertNothingLeft(3);
        assertThat(links).hasValue(3);
    }

    @Test
    void denied_access_is_not_retried() {
        server.plan(ObjectServer.error("403 Forbidden", "AccessDenied", "You have no right"));

        OtaFailure failure = download().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.vendorMessage()).contains("You have no right");
        assertThat(failure.requestId()).contains("4442587FB7D0A2F9");
        assertNothingLeft(1);
    }

    @Test
    void a_missing_object_is_not_found() {
        server.plan(ObjectServer.error("404 Not Found", "NoSuchKey", "The specified key does not exist."));

        OtaFailure failure = download().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).isEqualTo("The file does not exist on backend prod");
        assertNothingLeft(1);
    }

    @Test
    void a_failure_does_not_name_the_target_of_a_file_without_a_name() {
        server.plan(ObjectServer.error("404 Not Found", "NoSuchKey", "The specified key does not exist."));
        FirmwareFile unnamed = FirmwareFile.builder().checksum(sha256(IMAGE)).build();

        assertThat(download(client(), unnamed, Download.to(target)).getLeft().summary())
                .isEqualTo("The file does not exist on backend prod");
        assertThat(download(client(), unnamed, Download.to(target).expect(sha256(OTHER_IMAGE)))
                        .getLeft()
                        .summary())
                .startsWith("The file of backend prod is not the expected one");
        assertThat(download(
                                client(),
                                FirmwareFile.builder().build(),
                                Download.to(target).requireDigest())
                        .getLeft()
                        .summary())
                .isEqualTo("Backend prod has no digest of the file, but one is required");
        server.serve(OTHER_IMAGE, ETAG);
        assertThat(download(client(), unnamed, Download.to(target)).getLeft().summary())
                .startsWith("The file of backend prod has SHA-256 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<Error><Code>PermanentRedirect</Code></Error>"})
    void a_redirect_is_not_followed(String body) {
        try (RawServer other = new RawServer(RawServer.ok())) {
            server.plan(ObjectServer.respond(
                    "302 Found", "Location: http://127.0.0.1:" + other.port() + "/fw.bin\r\n", body));

            assertThat(download().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);

            assertNothingLeft(1);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void clear_text_is_refused() {
        OtaFailure failure = FileDownload.run(
                        client(),
                        origin(),
                        file().build(),
                        Download.to(target),
                        source(() -> "http://bucket.example/fw.bin?Signature=s3cr3t"))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.toString()).contains("clear text").doesNotContain("s3cr3t");
        assertNothingLeft(0);
    }

    @Test
    void compressed_bytes_are_not_requested() {
        assertThat(download().isRight()).isTrue();

        assertThat(server.requests().get(0)).contains("Accept-Encoding: identity\r\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void compressed_bytes_are_written_as_they_are_if_their_digest_is_known(boolean hasDigest) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(IMAGE);
        }
        server.plan((client, head) -> {
            client.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + compressed.size()
                    + "\r\nConnection: close\r\n\r\n");
            client.out().write(compressed.toByteArray());
        });

        Either<OtaFailure, DownloadResult> outcome = download(
                client(),
                hasDigest
                        ? file(compressed.toByteArray()).build()
                        : FirmwareFile.builder().build(),
                Download.to(target));

        if (hasDigest) {
            assertDownloaded(compressed.toByteArray(), 1);
        } else {
            assertThat(outcome.getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
            assertNothingLeft(1);
        }
    }

    @Test
    void a_web_page_is_no_file() {
        server.plan(ObjectServer.respond(
                "200 OK", "Content-Type: text/html\r\n", "<!DOCTYPE html><html><title>Log in</title></html>"));

        assertThat(download(client(), FirmwareFile.builder().build(), Download.to(target))
                        .getLeft())
                .isInstanceOf(OtaFailure.UnreadableResponse.class);

        assertNothingLeft(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing/fw.bin", "folder"})
    void a_target_that_cannot_be_a_file_is_rejected(String name) throws IOException {
        Files.createDirectory(folder.resolve("folder"));

        assertThat(download(client(), file().build(), Download.to(folder.resolve(name)))
                        .getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);

        assertThat(server.requests()).isEmpty();
    }

    @Test
    void a_pipe_is_no_target() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", target.toString()).start().waitFor())
                .isZero();

        OtaFailure failure = download().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("not a regular file");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"fw.bin.ota-part, true, 1", "fw.bin.ota-part.state, false, 0"})
    void symbolic_links_at_temporary_names_are_not_followed(String name, boolean isDownloaded, int requests)
            throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "important");
        Files.createSymbolicLink(folder.resolve(name), victim);

        assertThat(download().isRight()).isEqualTo(isDownloaded);

        assertThat(victim).hasContent("important");
        assertThat(server.requests()).hasSize(requests);
    }

    @Test
    void a_symbolic_link_in_place_of_an_earlier_part_is_not_followed() throws IOException {
        leavePart(IMAGE, 4 * TENTH, ETAG, IMAGE.length);
        Path victim = Files.move(folder.resolve("fw.bin.ota-part"), folder.resolve("victim"));
        Files.createSymbolicLink(folder.resolve("fw.bin.ota-part"), victim);

        assertThat(download().getLeft()).isInstanceOf(OtaFailure.Rejected.class);

        assertThat(victim).hasSize(4 * TENTH);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void progress_reaches_the_full_size() {
        List<Long> received = new ArrayList<>();
        server.plan(server.cutAfter(3 * TENTH));

        assertThat(download(
                                client(),
                                file().name("mcu.bin").build(),
                                Download.to(target).listener((name, bytes, total) -> {
                                    assertThat(name).isEqualTo("mcu.bin");
                                    assertThat(total).isEqualTo(IMAGE.length);
                                    received.add(bytes);
                                }))
                        .isRight())
                .isTrue();

        assertThat(received).isSorted().contains(3L * TENTH).endsWith((long) IMAGE.length);
    }

    @Test
    void an_interrupt_keeps_the_bytes() throws IOException, InterruptedException {
        server.plan(server.stallAfter(4 * TENTH));
        AtomicReference<Either<OtaFailure, DownloadResult>> outcome = new AtomicReference<>();
        Thread thread = new Thread(() -> outcome.set(download()));
        thread.start();
        server.awaitStall();
        awaitBytes();

        thread.interrupt();
        thread.join(TimeUnit.MINUTES.toMillis(1));

        assertThat(outcome.get().getLeft()).isInstanceOf(OtaFailure.Cancelled.class);
        assertThat(target).doesNotExist();
        assertThat(server.requests()).hasSize(1);
        assertThat(download().get().resumedAt()).isEqualTo(4 * TENTH);
        assertDownloaded(IMAGE, 2);
    }

    @Test
    void a_second_download_to_the_same_target_is_rejected() throws InterruptedException {
        server.plan(server.stallAfter(4 * TENTH));
        Thread first = new Thread(this::download);
        first.start();
        server.awaitStall();

        OtaFailure failure = download().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("another download to it is running");
        assertThat(server.requests()).hasSize(1);
        first.interrupt();
        first.join();
    }

    @Test
    void a_download_of_another_process_is_rejected_and_continued_after_its_death()
            throws IOException, InterruptedException {
        server.plan(server.stallAfter(4 * TENTH));
        Process process = start("");
        server.awaitStall();
        awaitBytes();

        OtaFailure failure = download().getLeft();
        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("another download to it is running");

        process.destroyForcibly().waitFor();
        assertThat(download().get().resumedAt()).isPositive();
        assertDownloaded(IMAGE, 2);
    }

    /** The limit for the size of a file has the same effect as a full disk: a write fails. */
    @Test
    void a_full_disk_is_rejected_and_the_bytes_are_kept() throws IOException, InterruptedException {
        Process process = start("ulimit -f 100; ");
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();

        assertThat(output).contains("Rejected: Cannot write " + target + ": ", "File too large");
        assertThat(server.requests()).hasSize(1);
        assertThat(download().get().resumedAt()).isPositive();
        assertDownloaded(IMAGE, 2);
    }

    /** Starts {@link #main} in a new process. */
    private Process start(String prefix) throws IOException {
        return new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        prefix + "exec \"$0\" \"$@\"",
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FileDownloadTest.class.getName(),
                        server.url(),
                        target.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** Returns when the bytes before the stall have been written. */
    private void awaitBytes() throws IOException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        Path part = folder.resolve("fw.bin.ota-part");
        while (!Files.exists(part) || Files.size(part) < 4 * TENTH) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("no bytes");
            }
            Thread.yield();
        }
    }

    /** @param args the URL and the target */
    public static void main(String[] args) {
        Either<OtaFailure, DownloadResult> outcome = FileDownload.run(
                client(), origin(), file().build(), Download.to(Path.of(args[1])), source(() -> args[0]));
        System.out.println(outcome.fold(
                failure -> failure.getClass().getSimpleName() + ": " + failure.summary(), DownloadResult::toString));
    }

    private Either<OtaFailure, DownloadResult> download() {
        return download(client(), file().build(), Download.to(target));
    }

    private Either<OtaFailure, DownloadResult> download(TransferClient client, FirmwareFile file, Download download) {
        return FileDownload.run(
                client, origin(), file, download, source(() -> server.url() + "?link=" + links.incrementAndGet()));
    }

    private static FileDownload.Source source(java.util.function.Supplier<String> url) {
        return new FileDownload.Source() {
            @Override
            public Either<OtaFailure, Request> request() {
                return Either.right(new Request.Builder().url(url.get()).build());
            }

            @Override
            public boolean isExpired(OtaFailure failure) {
                return failure.vendorMessage().contains("Request has expired.");
            }
        };
    }

    private static ObjectServer.Fault expired() {
        return ObjectServer.error("403 Forbidden", "AccessDenied", "Request has expired.");
    }

    private static TransferClient client() {
        return client(LONG);
    }

    private static TransferClient client(Duration stall) {
        CallOptions limits = new CallOptions(stall, 100_000, 2, true);
        BackendClient backend = TestClients.client(limits);
        return TransferClient.of(
                backend,
                HttpTransport.shared(),
                new ConnectionSettings(
                        Endpoint.parse("http://127.0.0.1:1", false).get(), Option.none(), limits),
                request -> request);
    }

    private static OperationContext origin() {
        return TestClients.client(CallOptions.defaults()).contextOf("GetObject");
    }

    private static FirmwareFile.Builder file() {
        return file(IMAGE);
    }

    private static FirmwareFile.Builder file(byte[] bytes) {
        return FirmwareFile.builder().size(bytes.length).checksum(sha256(bytes));
    }

    private static Checksum sha256(byte[] bytes) {
        return Checksum.of(Checksum.SHA256, Canonicalization.sha256Hex(bytes));
    }

    private static Checksum md5(byte[] bytes) {
        try {
            return Checksum.of(
                    Checksum.MD5,
                    HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes what a process leaves that ended during a download. */
    private void leavePart(byte[] bytes, int length, String etag, int size) throws IOException {
        Files.write(folder.resolve("fw.bin.ota-part"), Arrays.copyOf(bytes, length));
        Files.writeString(folder.resolve("fw.bin.ota-part.state"), etag + "\n" + size + "\n");
    }

    private void assertDownloaded(byte[] bytes, int requests) {
        assertThat(target).hasBinaryContent(bytes);
        assertThat(names()).doesNotContain("fw.bin.ota-part", "fw.bin.ota-part.state");
        assertThat(server.requests()).hasSize(requests);
    }

    private void assertNothingLeft(int requests) {
        assertThat(names()).isEmpty();
        assertThat(server.requests()).hasSize(requests);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
