package io.otabridge.client.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.otabridge.domain.backend.BackendContext;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsFileLocatorTest {

    private static final String TEXT = "[default]\r\nak = schlüssel\r\n";

    @TempDir
    private Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void a_byte_order_mark_is_not_part_of_the_text(String charset) throws IOException {
        Files.writeString(file, "\uFEFF" + TEXT, Charset.forName(charset));

        assertThat(usual().read().get()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16LE", "UTF-16BE"})
    void an_unsupported_encoding_is_reported(String charset) throws IOException {
        Files.writeString(file, TEXT, Charset.forName(charset));

        assertThat(usual().read().getLeft()).contains("save it as UTF-8").doesNotContain("schl");
    }

    @Test
    void rejects_a_file_larger_than_one_mebibyte() throws IOException {
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThat(usual().read().getLeft()).contains("larger than 1 MiB");

        Files.writeString(file, "#".repeat(1 << 20));
        assertThat(usual().read().get()).hasSize(1 << 20);
    }

    @Test
    void a_missing_file_is_reported() throws IOException {
        assertThat(usual().read().getLeft()).isEqualTo("does not exist");

        Files.createSymbolicLink(file, home.resolve("nowhere"));
        assertThat(usual().read().getLeft()).isEqualTo("does not exist");
    }

    @Test
    void a_directory_is_not_read() throws IOException {
        Files.createDirectory(file);

        assertThat(usual().read().getLeft()).isEqualTo("cannot be read: not a regular file");
    }

    @Test
    @Timeout(20)
    void a_pipe_without_a_writer_does_not_block() throws Exception {
        assumeTrue(isPosix());
        Process pipe = new ProcessBuilder("mkfifo", file.toString()).start();
        assertThat(pipe.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThat(usual().read().getLeft()).isEqualTo("cannot be read: not a regular file");
        assertThat(named(file.toString()).read().getLeft()).isEqualTo("cannot be read: not a regular file");
    }

    @Test
    @Timeout(20)
    void a_link_to_a_device_is_not_read() throws IOException {
        assumeTrue(isPosix());
        Files.createSymbolicLink(file, Path.of("/dev/zero"));

        assertThat(usual().read().getLeft()).isEqualTo("cannot be read: not a regular file");
    }

    @Test
    void only_a_file_at_the_default_path_must_be_trusted() throws IOException {
        assumeTrue(isPosix());
        Files.writeString(file, TEXT, StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(usual().read().getLeft()).startsWith("not trusted: ").contains("chmod go-w " + file);
        assertThat(named(file.toString()).read().get()).isEqualTo(TEXT);
    }

    @Test
    void a_tilde_is_the_home_directory() throws IOException {
        Files.writeString(file, TEXT, StandardCharsets.UTF_8);

        assertThat(named("~/credentials").read().get()).isEqualTo(TEXT);
        assertThat(named("~").read().getLeft()).isEqualTo("cannot be read: not a regular file");
        assertThat(named("~other/credentials").read().getLeft()).isEqualTo("does not exist");
        assertThat(named("$HOME/credentials").read().getLeft()).isEqualTo("does not exist");
    }

    @Test
    void the_description_names_the_variable_and_is_one_line() {
        assertThat(named("/nope/a\n\u001b[31mb").toString()).isEqualTo("/nope/a??[31mb named by VARIABLE");
        assertThat(usual().toString()).isEqualTo(file.toString());
    }

    @Test
    void a_value_that_is_not_a_path_is_not_shown() {
        assertThat(CredentialsFileLocator.of(context("a\0b"), "VARIABLE", file).getLeft())
                .isEqualTo("the file named by VARIABLE (not a valid path)");
    }

    private CredentialsFileLocator usual() {
        return CredentialsFileLocator.usual(file);
    }

    private CredentialsFileLocator named(String value) {
        return CredentialsFileLocator.of(context(value), "VARIABLE", file).get();
    }

    private BackendContext context(String value) {
        return BackendContext.system().withHome(home).withEnvironment(Map.of("VARIABLE", value));
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
