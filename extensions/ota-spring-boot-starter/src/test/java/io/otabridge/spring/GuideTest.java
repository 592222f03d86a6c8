package io.otabridge.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.OtaBridge;
import io.otabridge.domain.OtaFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.ClassUtils;

/** Tests that the examples of the guide's chapter on Spring Boot work. */
class GuideTest {

    private static final Path PAGE =
            Path.of(System.getProperty("test.sources", "src/test"), "../../../../docs/guide/spring-boot.md");

    @TempDir
    private Path scratch;

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void its_configuration_is_accepted() throws IOException {
        List<PropertySource<?>> yaml = new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(blocks("yaml").get(0).getBytes(UTF_8)));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(OtaAutoConfiguration.class))
                .withPropertyValues("HW_AK=key", "HW_SK=secret")
                .withInitializer(
                        context -> yaml.forEach(context.getEnvironment().getPropertySources()::addLast))
                .run(context -> assertThat(context.getBean(OtaBridge.class).backendNames())
                        .containsExactly("prod"));
    }

    @Test
    void its_classes_compile() throws IOException {
        List<String> classes = blocks("java");
        assertThat(classes).hasSize(5);
        String mockMvc = "org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc";
        boolean isBoot3 = ClassUtils.isPresent(mockMvc, null);
        for (String code : classes) {
            if (!isBoot3 && code.contains(mockMvc)) {
                continue;
            }
            Path source = Files.writeString(scratch.resolve("Example.java"), code);

            assertThat(ToolProvider.getSystemJavaCompiler()
                            .run(
                                    null,
                                    null,
                                    null,
                                    "-proc:none",
                                    "-parameters",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "-d",
                                    scratch.toString(),
                                    source.toString()))
                    .as(code)
                    .isZero();
        }
    }

    @Test
    void it_documents_every_status() throws IOException {
        String page = Files.readString(PAGE);
        for (Class<?> kind : OtaFailure.class.getPermittedSubclasses()) {
            assertThat(page).contains("`" + kind.getSimpleName() + "`");
        }
    }
}
