package io.otabridge.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {

    @Test
    void is_deleted_with_its_content() throws IOException {
        TemporaryFolder folder = TemporaryFolder.create("ota-test-");
        Files.writeString(Files.createDirectories(folder.path().resolve("a/b")).resolve("image.bin"), "image");
        Files.writeString(folder.path().resolve("a/state"), "state");

        folder.close();

        assertThat(folder.path()).doesNotExist();
        folder.close();
    }
}
