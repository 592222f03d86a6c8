package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Tests the bill of materials of the build. */
class BillOfMaterialsTest {

    private static final Path BOM = Path.of("..", "target", "bom.json");

    @Test
    void lists_published_dependencies_without_test_dependencies() throws IOException {
        assumeTrue(Files.exists(BOM), "only `mvn verify` without -o writes " + BOM);

        List<String> components = StreamSupport.stream(
                        new ObjectMapper()
                                .readTree(BOM.toFile())
                                .path("components")
                                .spliterator(),
                        false)
                .map(component -> component.path("group").asText() + ":"
                        + component.path("name").asText())
                .toList();

        assertThat(components)
                .contains("com.squareup.okhttp3:okhttp-jvm", "io.vavr:vavr", "io.otabridge:ota-cli")
                .noneMatch(component -> component.matches(".*(junit|assertj|wiremock|archunit|sdk|opentest4j).*"));
    }
}
