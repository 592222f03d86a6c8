package io.otabridge.aliyun.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.domain.backend.BackendContext;
import io.vavr.control.Either;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any content of {@code config.json} results in a key or in an error without secrets. */
class AliyunCliProfileFuzzTest {

    private static final String SECRET = "SkExampleSecret0123456789";

    private final Path file;
    private final BackendContext context;

    AliyunCliProfileFuzzTest() throws IOException {
        Path home = Files.createTempDirectory("home");
        file = Files.createDirectory(home.resolve(".aliyun")).resolve("config.json");
        context = BackendContext.system().withEnvironment(Map.of()).withHome(home);
        Stream.of(home, file.getParent(), file).forEach(path -> path.toFile().deleteOnExit());
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        "{\"current\":\"a\",\"profiles\":[{\"name\":\"a\",\"mode\":\"AK\",\"access_key_id\":\"LTAI\","
                                + "\"access_key_secret\":\"" + SECRET + "\",\"region_id\":\"cn-shanghai\"}]}",
                        "{\"current\":\"b\",\"profiles\":[null,{\"name\":\"b\",\"mode\":\"StsToken\",\"access_key_id\":\"S\","
                                + "\"access_key_secret\":\"" + SECRET + "\",\"sts_token\":\"" + SECRET + "\"}]}",
                        "{\"current\":\"c\",\"profiles\":[{\"name\":\"c\",\"mode\":\"RamRoleArn\"}]}",
                        "{\"current\":\"" + SECRET + "\",\"profiles\":[{\"name\":\"" + SECRET + "\",\"mode\":\""
                                + SECRET + "\"}]}",
                        "{\"profiles\":{}}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_file_is_a_key_or_a_failure_without_secrets(byte[] input) throws IOException {
        Files.write(file, input);
        Either<String, AccessKey> key = AliyunCliProfile.read(context);
        key.peekLeft(reason -> assertThat(reason).isNotBlank().doesNotContain(SECRET));
        key.forEach(found -> assertThat(found.toString()).doesNotContain(SECRET));
    }
}
