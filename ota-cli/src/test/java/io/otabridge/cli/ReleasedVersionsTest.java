package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command depends on every published module, so its class path has all of their dependencies. */
class ReleasedVersionsTest {

    private static final Pattern PRE_RELEASE =
            Pattern.compile("(?i).*[0-9][-.]?(?:alpha|beta|milestone|preview|snapshot|rc|cr|ea|m(?=[0-9]))[-.0-9]*.*");

    @Test
    void every_dependency_is_a_release() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> jars = Stream.of(classPath.split(File.pathSeparator, -1))
                .map(entry -> String.valueOf(Path.of(entry).getFileName()))
                .filter(name -> name.endsWith(".jar") && !name.startsWith("ota-"))
                .toList();

        assertThat(jars)
                .anyMatch(name -> name.startsWith("lettuce-core-"))
                .noneMatch(name -> PRE_RELEASE.matcher(name).matches());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a-0.1.1-beta2.jar", "a-2.0.0-alpha-1.jar", "a-4.0.0.Beta1.jar", "a-6.0.0-M1.jar", "a-1.0-rc.jar"
            })
    void a_version_before_a_release_is_noticed(String name) {
        assertThat(name).matches(PRE_RELEASE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lettuce-core-7.7.0.RELEASE.jar",
                "netty-common-4.2.18.Final.jar",
                "bucket4j_jdk17-core-8.19.0.jar"
            })
    void a_release_is_none(String name) {
        assertThat(name).doesNotMatch(PRE_RELEASE);
    }
}
