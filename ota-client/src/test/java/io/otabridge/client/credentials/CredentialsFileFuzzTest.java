package io.otabridge.client.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vavr.control.Either;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any content of a credentials file is read, or rejected with a reason that contains no part of it. */
class CredentialsFileFuzzTest {

    private static final String HIDDEN = "SkExampleSecret0123456789";

    private final Path file;

    CredentialsFileFuzzTest() throws IOException {
        file = Files.createTempFile("profile", ".ini");
        file.toFile().deleteOnExit();
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        "[basic]\nak = AKEXAMPLE\nsk = " + HIDDEN + "\nsecurity_token=" + HIDDEN + "\n",
                        "[default]\r\nenable = true\r\ntype = access_key\r\naccess_key_id = a\r\naccess_key_secret = "
                                + HIDDEN,
                        "; note\n# note\nlost = 1\n[ Basic ] # note\nAK = a=b ; note\nempty =\n\n[other]\nak=c\n",
                        "\uFEFF[basic]\nak=1",
                        "[]\n=\n[basic\nbasic]")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_file_is_read_or_rejected_without_showing_secrets(byte[] input) throws IOException {
        Files.write(file, input);

        Either<String, String> text = CredentialsFileLocator.usual(file).read();

        text.peekLeft(reason -> assertThat(reason).isNotBlank().doesNotContain(HIDDEN));
        text.map(CredentialsFile::parse).forEach(profile -> {
            assertThat(profile.toString()).doesNotContain(HIDDEN);
            assertThat(profile.value("basic", "ak").filter(String::isEmpty)).isEmpty();
            assertThat(profile.value("basic", "sk")).isEqualTo(profile.value("basic", "SK"));
            assertThat(profile.sections()).allMatch(profile::hasSection);
        });
    }
}
