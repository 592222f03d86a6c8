package io.otabridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.fuzz.FuzzTarget;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whatever a profile file holds, it is read or refused in words that hold none of it. */
class ProfileFileFuzzTest implements FuzzTarget {

    private static final String HIDDEN = "SkExampleSecret0123456789";

    private final Path file;

    ProfileFileFuzzTest() throws IOException {
        file = Files.createTempFile("profile", ".ini");
        file.toFile().deleteOnExit();
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "[basic]\nak = AKEXAMPLE\nsk = " + HIDDEN + "\nsecurity_token=" + HIDDEN + "\n",
                        "[default]\r\nenable = true\r\ntype = access_key\r\naccess_key_id = a\r\naccess_key_secret = "
                                + HIDDEN,
                        "; note\n# note\nlost = 1\n[ Basic ]\nAK = a=b \nempty =\n\n[other]\nak=c\n",
                        "\uFEFF[basic]\nak=1",
                        "[]\n=\n[basic\nbasic]")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of("[basic]", "[", "]", "=", "\n", "\r", ";", "#", "ak", "sk", HIDDEN);
    }

    @Override
    public void read(byte[] input) throws IOException {
        Files.write(file, input);

        Either<String, Option<ProfileFile>> read = ProfileFile.read(file);

        read.peekLeft(words -> assertThat(words).isNotBlank().doesNotContain(HIDDEN));
        read.forEach(found -> {
            ProfileFile profile = found.get();
            assertThat(profile.toString()).doesNotContain(HIDDEN);
            assertThat(profile.value("basic", "ak").filter(String::isEmpty)).isEmpty();
            assertThat(profile.value("", "sk")).isEqualTo(profile.value("", "SK"));
        });
    }
}
