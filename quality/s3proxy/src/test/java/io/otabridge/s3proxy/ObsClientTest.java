package io.otabridge.s3proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.BackendClient;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.transfer.FileDownload;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.huawei.obs.ObsBucket;
import io.otabridge.huawei.obs.ObsClient;
import io.otabridge.huawei.obs.ObsForm;
import io.otabridge.huawei.obs.ObsUploader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import okhttp3.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The OBS client against an object store of another project. The store knows the headers of Amazon S3 only, which OBS
 * accepts too; everything else is the same.
 */
class ObsClientTest {

    private static final int PART = 5 << 20;

    @TempDir
    private static Path folder;

    private static S3ProxyProcess store;

    private String secret = S3ProxyProcess.SECRET_KEY;

    @BeforeAll
    static void start() throws IOException {
        store = S3ProxyProcess.start(folder);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ota/p1/mcu/2.0.0/app.bin", "固件/中文 v2.bin", "a b+c%20d.bin", "100%", "~!@$&'()*,;:="})
    void stores_finds_reads_and_deletes_an_object(String key) throws IOException {
        Artifact file = file(100_000);

        assertThat(upload(key, file).get()).contains(100_000L);
        assertThat(upload(key, file).get()).as("the object exists").isEmpty();
        assertThat(client().head(bucket(), key).get().get().size()).contains(100_000L);
        assertThat(client().digest(bucket(), key).get().sha256()).contains(file.sha256());
        assertThat(client().delete(bucket(), key).get()).isEqualTo(DeleteResult.DELETED);
        assertThat(client().head(bucket(), key).get()).isEmpty();
    }

    @Test
    void stores_an_object_in_parts() throws IOException {
        Artifact file = file(2 * PART + 7);

        assertThat(upload("large.bin", file).get()).contains(file.length());

        assertThat(client().digest(bucket(), "large.bin").get().sha256()).contains(file.sha256());
        assertThat(client().uploads(bucket(), "large.bin").get()).isEmpty();
    }

    @Test
    void continues_an_interrupted_upload() throws IOException {
        Artifact file = file(2 * PART + 7);
        ObsUploader interrupted = new ObsUploader(client(), PART, PART);
        TransferListener interrupt = (name, bytes, total) -> {
            if (bytes > PART) {
                Thread.currentThread().interrupt();
            }
        };
        Either<OtaFailure, Option<Long>> first = interrupted.upload(bucket(), "resumed.bin", file, interrupt);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(first.isLeft()).isTrue();
        assertThat(client().uploads(bucket(), "resumed.bin").get()).hasSize(1);

        assertThat(upload("resumed.bin", file).get()).contains(PART + 7L);

        assertThat(client().digest(bucket(), "resumed.bin").get().sha256()).contains(file.sha256());
    }

    @Test
    void aborts_an_upload() throws IOException {
        Artifact file = file(2 * PART);
        TransferListener interrupt =
                (name, bytes, total) -> Thread.currentThread().interrupt();
        new ObsUploader(client(), PART, PART)
                .upload(bucket(), "aborted.bin", file, interrupt)
                .getLeft();
        assertThat(Thread.interrupted()).isTrue();
        String id = client().uploads(bucket(), "aborted.bin").get().head().id();

        assertThat(client().abort(bucket(), "aborted.bin", id).get()).isEqualTo(DeleteResult.DELETED);

        assertThat(client().uploads(bucket(), "aborted.bin").get()).isEmpty();
    }

    @Test
    void continues_an_interrupted_download_with_a_range() throws IOException {
        Artifact file = file(3_000_000);
        upload("download.bin", file).get();
        Path target = folder.resolve("download.bin");
        TransferListener interrupt = (name, bytes, total) -> {
            if (bytes > 1_000_000) {
                Thread.currentThread().interrupt();
            }
        };
        assertThat(download(file, Download.to(target).listener(interrupt)).isLeft())
                .isTrue();
        assertThat(Thread.interrupted()).isTrue();

        DownloadResult result = download(file, Download.to(target)).get();

        assertThat(result.resumedAt()).isPositive();
        assertThat(result.sha256()).isEqualTo(file.sha256());
        assertThat(Files.size(target)).isEqualTo(3_000_000);
    }

    @Test
    void is_denied_with_a_wrong_secret() throws IOException {
        secret = "wrong";

        OtaFailure failure = client().uploads(bucket(), "").getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.vendorCode()).contains("SignatureDoesNotMatch");
        assertThat(upload("denied.bin", file(10)).getLeft()).isInstanceOf(OtaFailure.AccessDenied.class);
    }

    private Either<OtaFailure, DownloadResult> download(Artifact file, Download download) {
        ObsClient client = client();
        return FileDownload.run(
                client.transfer(), client.getContext(), file.toFile(), download, new FileDownload.Source() {
                    @Override
                    public Either<OtaFailure, Request> request() {
                        return client.get(bucket(), "download.bin");
                    }

                    @Override
                    public boolean isExpired(OtaFailure failure) {
                        return false;
                    }
                });
    }

    private Either<OtaFailure, Option<Long>> upload(String key, Artifact file) {
        return new ObsUploader(client(), PART, PART).upload(bucket(), key, file, TransferListener.NONE);
    }

    private static ObsBucket bucket() {
        return ObsBucket.of(Endpoint.parse(store.endpoint(), false).get(), "any", S3ProxyProcess.BUCKET);
    }

    private ObsClient client() {
        ConnectionSettings connection = ConnectionSettings.read(
                        SettingsReader.of("", Map.of("endpoint", store.endpoint(), "retries", 0)))
                .get();
        BackendContext context = BackendContext.system().withEnvironment(Map.of());
        HttpTransport transport = HttpTransport.of(context);
        BackendClient client = new BackendClient(
                "prod",
                Vendor.of("huawei"),
                transport.redactor(List.of(secret)),
                context,
                connection.callOptions(),
                Option.none());
        AccessKey key = new AccessKey(S3ProxyProcess.ACCESS_KEY, Secret.of(secret), Option.none());
        return new ObsClient(client, transport, connection, () -> key, ObsForm.AWS);
    }

    private static Artifact file(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return Artifact.of("app.bin", bytes);
    }
}
