package io.otabridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFileTest {

    @TempDir
    private Path folder;

    @Test
    void reads_values_by_section_and_key() throws IOException {
        ProfileFile file = read("; note\n# note\r\nlost = 1\n[ Basic ]\nAK = a=b \nempty =\n\n[other]\nak=c\n");

        assertThat(file.value("basic", "ak")).contains("a=b");
        assertThat(file.value("other", "AK")).contains("c");
        assertThat(file.value("basic", "empty")).isEmpty();
        assertThat(file.value("basic", "lost")).isEmpty();
        assertThat(file.value("nobody", "ak")).isEmpty();
    }

    @Test
    void is_absent_where_there_is_no_file() {
        assertThat(ProfileFile.read(folder.resolve("none")).get()).isEmpty();
    }

    @Test
    void says_that_a_file_cannot_be_read() {
        assertThat(ProfileFile.read(folder).getLeft()).contains("cannot be read from " + folder);
    }

    @Test
    void says_that_a_file_is_no_text() throws IOException {
        Path file = folder.resolve("binary");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(ProfileFile.read(file).isLeft()).isTrue();
    }

    @Test
    void shows_no_value_when_printed() throws IOException {
        assertThat(read("[basic]\nsk=hidden\n").toString()).doesNotContain("hidden");
    }

    private ProfileFile read(String text) throws IOException {
        Path file = folder.resolve("profile");
        Files.writeString(file, text);
        return ProfileFile.read(file).get().get();
    }
}
