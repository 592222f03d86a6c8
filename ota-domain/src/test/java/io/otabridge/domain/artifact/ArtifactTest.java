package io.otabridge.domain.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactTest {

    private static final byte[] BYTES = "firmware".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void has_the_size_and_the_digests_of_the_file() throws IOException {
        try (Artifact artifact = Artifact.of(file())) {
            assertThat(artifact.fileName()).isEqualTo("app.bin");
            assertThat(artifact.length()).isEqualTo(8);
            assertThat(artifact.md5()).isEqualTo(Checksum.of("MD5", "74b5b5e9570efc5c0553bb327cd41940"));
        }
    }

    @Test
    void opens_the_same_bytes_each_time() throws IOException {
        Artifact artifact = Artifact.of("app.bin", 8, () -> new ByteArrayInputStream(BYTES));

        assertThat(bytes(artifact)).isEqualTo(BYTES);
        assertThat(bytes(artifact)).isEqualTo(BYTES);
    }

    @Test
    void follows_a_symbolic_link_once() throws IOException {
        Path other = Files.writeString(folder.resolve("other.bin"), "replaced");
        Path link = Files.createSymbolicLink(folder.resolve("link.bin"), file());
        Artifact artifact = Artifact.of(link);
        Files.delete(link);
        Files.createSymbolicLink(link, other);

        assertThat(artifact.fileName()).isEqualTo("link.bin");
        assertThat(bytes(artifact)).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grows", "is replaced", "is modified", "is deleted"})
    void does_not_open_a_file_that_changed(String change) throws IOException {
        Path file = file();
        Artifact artifact = Artifact.of(file);
        switch (change) {
            case "grows" -> Files.writeString(file, "!", StandardOpenOption.APPEND);
            case "is replaced" -> {
                FileTime time = Files.getLastModifiedTime(file);
                Path next = Files.write(folder.resolve("next"), BYTES);
                Files.setLastModifiedTime(next, time);
                Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            case "is modified" -> Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            default -> Files.delete(file);
        }

        assertThatIOException().isThrownBy(artifact::open);
    }

    @Test
    void rejects_folders_empty_files_and_devices() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.bin"));

        assertThatIOException().isThrownBy(() -> Artifact.of(folder)).withMessageContaining("not a regular file");
        assertThatIOException()
                .isThrownBy(() -> Artifact.of(Path.of("/dev/null")))
                .withMessageContaining("not a regular file");
        assertThatIOException().isThrownBy(() -> Artifact.of(empty)).withMessageContaining("is empty");
        assertThatIOException().isThrownBy(() -> Artifact.of(folder.resolve("missing.bin")));
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 9})
    void rejects_a_source_of_another_length(long length) {
        assertThatIOException()
                .isThrownBy(() -> Artifact.of("app.bin", length, () -> new ByteArrayInputStream(BYTES)))
                .withMessageContaining("instead of " + length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "../app.bin", "a/b", "a\\b"})
    void rejects_a_name_with_a_folder(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Artifact.of(name, 8, () -> new ByteArrayInputStream(BYTES)));
    }

    @Test
    void spools_a_stream_to_a_file_that_is_deleted_on_close() throws IOException {
        try (Artifact artifact = Artifact.spool("app.bin", new ByteArrayInputStream(BYTES), folder, 8)) {
            assertThat(bytes(artifact)).isEqualTo(BYTES);
            assertThat(bytes(artifact)).isEqualTo(BYTES);
            assertThat(files()).isEqualTo(1);
        }

        assertThat(files()).isZero();
    }

    @Test
    void keeps_no_temporary_file_if_the_stream_is_too_long_or_empty_or_fails() throws IOException {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("read failed");
            }
        };

        assertThatIOException()
                .isThrownBy(() -> Artifact.spool("app.bin", new ByteArrayInputStream(BYTES), folder, 7))
                .withMessageContaining("limit of 7 bytes");
        assertThatIOException()
                .isThrownBy(() -> Artifact.spool("app.bin", InputStream.nullInputStream(), folder, 7))
                .withMessageContaining("is empty");
        assertThatIOException()
                .isThrownBy(() -> Artifact.spool("app.bin", failing, folder, 7))
                .withMessageContaining("read failed");
        assertThat(files()).isZero();
    }

    private Path file() throws IOException {
        return Files.write(folder.resolve("app.bin"), BYTES);
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static byte[] bytes(Artifact artifact) throws IOException {
        try (InputStream in = artifact.open()) {
            return in.readAllBytes();
        }
    }

    @Test
    void a_placeholder_has_a_length_and_no_bytes() {
        Artifact placeholder = Artifact.placeholder("app.bin", 1L << 40);

        assertThat(placeholder.fileName()).isEqualTo("app.bin");
        assertThat(placeholder.length()).isEqualTo(1L << 40);
        assertThat(placeholder.toFile().checksums()).hasSize(2);
        assertThatIOException()
                .isThrownBy(placeholder::open)
                .withMessage("app.bin is a placeholder for a dry run and has no bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> Artifact.placeholder("a/b", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Artifact.placeholder("a", 0));
    }
}
