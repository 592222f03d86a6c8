package io.otabridge.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.client.transport.StreamedBody;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.TransferListener;
import io.vavr.control.Option;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bodies of uploads. */
class ArtifactBodyTest {

    private static final byte[] IMAGE = new byte[100_000];

    static {
        for (int i = 0; i < IMAGE.length; i++) {
            IMAGE[i] = (byte) (i + (i >> 8));
        }
    }

    @TempDir
    private Path folder = Path.of("");

    private Artifact artifact() throws IOException {
        return Artifact.of(Files.write(folder.resolve("fw.bin"), IMAGE));
    }

    /** The first reading has the image, later ones have these bytes. */
    private static Artifact changing(byte[] later) throws IOException {
        boolean[] wasRead = new boolean[1];
        return Artifact.of("fw.bin", IMAGE.length, () -> {
            byte[] bytes = wasRead[0] ? later : IMAGE;
            wasRead[0] = true;
            return new ByteArrayInputStream(bytes);
        });
    }

    private static byte[] written(RequestBody body) throws IOException {
        Buffer sink = new Buffer();
        body.writeTo(sink);
        return sink.readByteArray();
    }

    @Test
    void a_body_has_the_bytes_the_digest_and_the_type_of_its_artifact() throws IOException {
        Artifact artifact = artifact();

        StreamedBody body = ArtifactBody.of(
                artifact, Option.some(MediaType.get("application/octet-stream")), TransferListener.NONE);

        assertThat(written(body)).isEqualTo(IMAGE);
        assertThat(written(body)).as("a retry").isEqualTo(IMAGE);
        assertThat(body.contentLength()).isEqualTo(IMAGE.length);
        assertThat(body.sha256Hex()).isEqualTo(artifact.sha256().value());
        assertThat(body.contentType()).hasToString("application/octet-stream");
        assertThat(body.isOneShot()).isFalse();
    }

    @Test
    void the_listener_receives_the_full_size_last() throws IOException {
        List<Long> received = new ArrayList<>();

        written(ArtifactBody.of(artifact(), Option.none(), (name, bytes, total) -> {
            assertThat(name).isEqualTo("fw.bin");
            assertThat(total).isEqualTo(IMAGE.length);
            received.add(bytes);
        }));

        assertThat(received).isSorted().endsWith((long) IMAGE.length).hasSizeGreaterThan(1);
    }

    /** The last bytes are held back until the digest is known. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void an_artifact_that_changed_is_not_written_completely(int surplus) throws IOException {
        byte[] later = Arrays.copyOf(IMAGE, IMAGE.length + surplus);
        later[0] += (byte) (surplus == 0 ? 1 : 0);
        Buffer sink = new Buffer();
        StreamedBody body = ArtifactBody.of(changing(later), Option.none(), TransferListener.NONE);

        assertThatThrownBy(() -> body.writeTo(sink)).isInstanceOf(StreamedBody.SourceException.class);

        assertThat(sink.size()).isLessThan(IMAGE.length);
    }

    @Test
    void a_file_that_was_replaced_is_not_written() throws IOException {
        Artifact artifact = artifact();
        Files.write(folder.resolve("fw.bin"), Arrays.copyOf(IMAGE, 5));

        assertThatThrownBy(() -> written(ArtifactBody.of(artifact, Option.none(), TransferListener.NONE)))
                .isInstanceOf(StreamedBody.SourceException.class);
    }

    @ParameterizedTest
    @CsvSource({"100000, 1", "99999, 2", "30000, 4", "25000, 4", "200000, 1"})
    void the_parts_are_the_whole(int length, int expected) throws IOException {
        Artifact artifact = artifact();
        List<Long> received = new ArrayList<>();
        Buffer whole = new Buffer();
        io.vavr.collection.List<Checksum> digests = ArtifactBody.md5OfParts(artifact, length);
        assertThat(digests).hasSize(expected);

        for (int i = 0; i < expected; i++) {
            long offset = (long) i * length;
            long count = Math.min(length, IMAGE.length - offset);
            StreamedBody part = ArtifactBody.part(
                    artifact, offset, count, digests.get(i), (name, bytes, total) -> received.add(bytes));
            assertThat(part.contentLength()).isEqualTo(count);
            byte[] bytes = written(part);
            assertThat(ByteString.of(bytes).md5().hex())
                    .isEqualTo(digests.get(i).value());
            whole.write(bytes);
        }

        assertThat(whole.readByteArray()).isEqualTo(IMAGE);
        assertThat(received).isSorted().endsWith((long) IMAGE.length);
    }

    @Test
    void a_part_that_changed_is_not_written_completely() throws IOException {
        byte[] later = IMAGE.clone();
        later[50_001]++;
        Checksum digest = ArtifactBody.md5OfParts(artifact(), 50_000).get(1);
        Buffer sink = new Buffer();
        StreamedBody part = ArtifactBody.part(changing(later), 50_000, 50_000, digest, TransferListener.NONE);

        assertThatThrownBy(() -> part.writeTo(sink)).isInstanceOf(StreamedBody.SourceException.class);

        assertThat(sink.size()).isLessThan(50_000);
    }

    @Test
    void an_artifact_that_ends_before_a_part_is_not_written() throws IOException {
        Checksum digest = ArtifactBody.md5OfParts(artifact(), 50_000).get(1);
        StreamedBody part = ArtifactBody.part(changing(new byte[10]), 50_000, 50_000, digest, TransferListener.NONE);

        assertThatThrownBy(() -> written(part)).isInstanceOf(StreamedBody.SourceException.class);
    }

    @Test
    void digests_of_parts_are_those_of_the_artifact_that_was_read_first() throws IOException {
        byte[] later = IMAGE.clone();
        later[7]++;
        Artifact changed = changing(later);

        assertThatIOException().isThrownBy(() -> ArtifactBody.md5OfParts(changed, 50_000));
        assertThatIllegalArgumentException().isThrownBy(() -> ArtifactBody.md5OfParts(changed, 0));
    }

    @Test
    void a_part_has_no_sha_256() throws IOException {
        Artifact artifact = artifact();
        StreamedBody part = ArtifactBody.part(artifact, 0, IMAGE.length, artifact.md5(), TransferListener.NONE);

        assertThatThrownBy(part::sha256Hex).isInstanceOf(IllegalStateException.class);
    }
}
