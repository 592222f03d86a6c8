package io.otabridge.domain.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactTest {

    private static final byte[] BYTES = "firmware".getBytes(StandardCharsets.UTF_8);

    private static final String SHA256 = "c3bf47ea1f4a4a605470313cacb3a44f4a461f68c6faeab07e737610cb5ac835";

    @TempDir
    Path folder;

    @Test
    void has_the_size_and_the_digests_of_the_file() throws IOException {
        try (Artifact artifact = Artifact.of(file())) {
            assertThat(artifact.fileName()).isEqualTo("app.bin");
            assertThat(artifact.length()).isEqualTo(8);
            assertThat(artifact.sha256()).isEqualTo(Checksum.of("SHA-256", SHA256));
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
    void copies_its_bytes() throws IOException {
        byte[] bytes = BYTES.clone();
        Artifact artifact = Artifact.of("app.bin", bytes);
        bytes[0] = 'F';

        assertThat(bytes(artifact)).isEqualTo(BYTES);
        assertThatIllegalArgumentException().isThrownBy(() -> Artifact.of("app.bin", new byte[0]));
    }

    @Test
    void has_the_name_size_and_digests_for_a_comparison() {
        Artifact artifact = Artifact.of("app.bin", BYTES);

        assertThat(artifact.toFile())
                .isEqualTo(FirmwareFile.builder()
                        .name("app.bin")
                        .size(8)
                        .checksum(artifact.sha256())
                        .checksum(artifact.md5())
                        .build());
        assertThat(artifact).hasToString("app.bin (8 bytes, SHA-256 " + SHA256 + ")");
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
    @ValueSource(strings = {"grows", "is replaced", "is modified", "is deleted", "is now a pipe"})
    void does_not_open_a_file_that_changed(String change) throws IOException {
        Path file = file();
        Artifact artifact = Artifact.of(file);
        switch (change) {
            case "grows" -> Files.writeString(file, "!", StandardOpenOption.APPEND);
            case "is replaced" -> {
                FileTime time = Files.getLastModifiedTime(file);
                Path next = Files.write(folder.resolve("next"), BYTES);
                Files.setLastModifiedTime(next, time);
                Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            }
            case "is now a pipe" -> {
                Files.delete(file);
                pipe(file);
            }
            case "is modified" -> Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            default -> Files.delete(file);
        }

        assertThatIOException().isThrownBy(artifact::open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grows", "shrinks", "is replaced"})
    void rejects_a_file_that_changes_while_it_is_read(String change) throws Exception {
        Path file = Files.write(folder.resolve("large.bin"), new byte[8 << 20]);
        AtomicBoolean isDone = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            while (!isDone.get()) {
                change(file, change);
            }
        });
        writer.start();
        try {
            assertThatIOException().isThrownBy(() -> {
                for (int i = 0; i < 1000; i++) {
                    Artifact.of(file);
                }
            });
        } finally {
            isDone.set(true);
            writer.join();
        }
    }

    @Test
    void rejects_folders_empty_files_and_missing_files() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.bin"));
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling.bin"), folder.resolve("missing.bin"));

        for (Path noFile : List.of(folder, Path.of("/"), Path.of("."))) {
            assertThatIOException().isThrownBy(() -> Artifact.of(noFile));
        }
        assertThatIOException().isThrownBy(() -> Artifact.of(folder)).withMessageContaining("not a regular file");
        assertThatIOException().isThrownBy(() -> Artifact.of(empty)).withMessageContaining("is empty");
        assertThatIOException().isThrownBy(() -> Artifact.of(folder.resolve("missing.bin")));
        assertThatIOException().isThrownBy(() -> Artifact.of(dangling));
    }

    @Test
    void rejects_devices_and_pipes_without_reading_them() throws IOException {
        Path pipe = folder.resolve("pipe.bin");
        pipe(pipe);
        Path link = Files.createSymbolicLink(folder.resolve("link.bin"), Path.of("/dev/zero"));

        for (Path noFile : List.of(Path.of("/dev/zero"), Path.of("/dev/null"), link, pipe)) {
            assertThatIOException().isThrownBy(() -> Artifact.of(noFile)).withMessageContaining("not a regular file");
        }
    }

    @Test
    void reads_a_file_system_that_does_not_identify_its_files() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("images.zip"), Map.of("create", "true"))) {
            Path file = Files.write(zip.getPath("app.bin"), BYTES);
            assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey())
                    .isNull();
            Artifact artifact = Artifact.of(file);

            assertThat(bytes(artifact)).isEqualTo(BYTES);
            Files.writeString(file, "!", StandardOpenOption.APPEND);
            assertThatIOException().isThrownBy(artifact::open);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 9})
    void rejects_a_source_of_another_length(long length) {
        assertThatIOException()
                .isThrownBy(() -> Artifact.of("app.bin", length, () -> new ByteArrayInputStream(BYTES)))
                .withMessageContaining(length + " bytes; it changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "../app.bin", "a/b", "a\\b", "a\nb", "a\0b", "a\u0085b"})
    void rejects_a_name_with_a_folder_or_control_characters(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Artifact.of(name, BYTES));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Artifact.spool(name, new ByteArrayInputStream(BYTES), folder, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a\\b", "a\nb"})
    void rejects_a_file_whose_name_cannot_be_published(String name) throws IOException {
        Path file = Files.write(folder.resolve(name), BYTES);

        assertThatIOException().isThrownBy(() -> Artifact.of(file)).withMessageContaining("rename it");
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

    private static void change(Path file, String change) {
        try {
            switch (change) {
                case "grows" -> Files.write(file, new byte[1000], StandardOpenOption.APPEND);
                case "shrinks" -> {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.truncate(Math.max(1, channel.size() - 1000));
                    }
                }
                default -> {
                    Path next = Files.copy(file, file.resolveSibling("next"), StandardCopyOption.REPLACE_EXISTING);
                    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pipe(Path path) throws IOException {
        try {
            assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                    .isZero();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
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
        assertThat(placeholder.toFile().checksums()).hasSize(2).noneMatch(Checksum::isDigest);
        assertThatIOException()
                .isThrownBy(placeholder::open)
                .withMessage("app.bin is a placeholder for a dry run and has no bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> Artifact.placeholder("a/b", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Artifact.placeholder("a", 0));
    }
}
