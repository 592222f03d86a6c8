package io.otabridge.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jars of every published module, and the bill of materials. */
class PublishedJarsTest {

    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]*)</artifactId>");

    static List<Path> jars() {
        return Published.modules().stream()
                .flatMap(module -> {
                    Path target = module.resolve("target");
                    String name = Published.artifact(module);
                    Path javadoc = target.resolve(name + "-" + Published.VERSION + "-javadoc.jar");
                    return Stream.of(
                                    Published.file(target, name, ".jar"),
                                    Published.file(target, name, "-sources.jar"),
                                    javadoc)
                            .filter(jar -> !jar.equals(javadoc) || Files.exists(jar));
                })
                .toList();
    }

    @ParameterizedTest
    @MethodSource("jars")
    void every_jar_has_licence_and_notice(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (String name : List.of("LICENSE", "NOTICE")) {
                assertThat(zip.getEntry("META-INF/" + name)).as(name).isNotNull();
                assertThat(new String(
                                zip.getInputStream(zip.getEntry("META-INF/" + name))
                                        .readAllBytes(),
                                UTF_8))
                        .isEqualTo(Published.read(Published.ROOT.resolve(name)));
            }
        }
    }

    @Test
    void the_bill_of_materials_has_every_published_library() {
        String pom = Published.read(Published.ROOT.resolve("ota-bom/target/ota-bom.pom"));
        String managed = pom.substring(pom.indexOf("<dependencyManagement>"), pom.indexOf("</dependencyManagement>"));

        assertThat(Published.groups(ARTIFACT, managed))
                .containsExactlyInAnyOrderElementsOf(Published.modules().stream()
                        .map(Published::artifact)
                        .filter(module -> !module.equals("ota-cli"))
                        .toList());
        assertThat(pom).doesNotContain("<parent>").contains("<licenses>", "<developers>", "<scm ", "<url>");
    }
}
