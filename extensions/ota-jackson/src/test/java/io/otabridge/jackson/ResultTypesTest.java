package io.otabridge.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.OtaBridge;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fails if a public type, or a component of one, has no JSON. */
class ResultTypesTest {

    /** Types for adapters, for observers and of the implementation, as well as ports and builders. */
    private static final Pattern NEVER_RESULTS = Pattern.compile(
            "io\\.otabridge\\.(domain\\.(spi|observation)|app\\.(audit|cache|config|copy|file))\\..*|.*(Port|\\$Builder)");

    /** Other public types that are not results: what applications call, pass or configure. */
    private static final Set<String> NOT_RESULTS = Set.of(
            "app.InventoryRequest",
            "app.OtaBridge",
            "app.OtaConfig",
            "app.ProductAliases",
            "app.UnknownBackendException",
            "app.UnknownProductException",
            "app.migration.Migration",
            "app.migration.MigrationListener",
            "app.migration.MigrationRequest",
            "app.promotion.Promoter",
            "app.promotion.PromotionRequest",
            "domain.FailureDetails",
            "domain.InvalidValueException",
            "domain.OtaFailure$Rejected$Subject",
            "domain.StringConstraint",
            "domain.artifact.Artifact",
            "domain.artifact.Artifact$Source",
            "domain.artifact.Download",
            "domain.artifact.TransferListener",
            "domain.backend.BackendConfig",
            "domain.backend.BackendContext",
            "domain.batch.ConcurrentLookup",
            "domain.device.DeviceFilter",
            "domain.firmware.FirmwareFilter",
            "domain.firmware.FirmwareFinder",
            "domain.firmware.FirmwareOrder",
            "domain.firmware.FirmwareOrder$ByCreation",
            "domain.firmware.FirmwareOrder$ByVersion",
            "domain.firmware.FirmwarePublisher",
            "domain.firmware.FirmwarePublisher$Created",
            "domain.firmware.FirmwarePublisher$VendorSteps",
            "domain.firmware.FirmwareUpdate",
            "domain.firmware.VersionComparator",
            "domain.job.JobFilter",
            "domain.job.JobListener",
            "domain.job.JobWatch",
            "domain.job.TaskFilter",
            "domain.job.command.JobCreator",
            "domain.job.command.JobCreator$Selection",
            "domain.job.command.JobCreator$VendorSteps",
            "domain.job.command.JobRequest",
            "domain.job.command.JobTargets",
            "domain.job.command.JobTargets$All",
            "domain.job.command.JobTargets$Continuous",
            "domain.job.command.JobTargets$Devices",
            "domain.job.command.JobTargets$Group",
            "domain.job.command.JobTargets$Percentage",
            "domain.job.command.JobUpdate",
            "domain.module.ModuleUpdate",
            "domain.page.CompleteListPaginator",
            "domain.page.PageIterator",
            "domain.page.Pages",
            "domain.page.VendorPage");

    /** The request, the configuration and the backend of a result, and what the advice of a failure says. */
    private static final Set<String> NOT_WRITTEN =
            Set.of("Inventory.products", "Inventory.isFiltered", "BackendInventory.capabilities", "Rejected.subject");

    private static final Map<Class<?>, Function<Object, Object>> FUNCTIONS = functions();

    private static Map<Class<?>, Function<Object, Object>> functions() {
        Map<Class<?>, Function<Object, Object>> functions = new LinkedHashMap<>();
        new ResultJson(SignedLinks.MASKED).forEach(functions::put);
        return functions;
    }

    @Test
    void describes_every_public_type_that_is_a_result() throws IOException, URISyntaxException {
        Set<String> undescribed = new TreeSet<>();
        for (Class<?> module : List.of(OtaFailure.class, OtaBridge.class)) {
            for (Class<?> type : publicTypes(module)) {
                if (FUNCTIONS.keySet().stream().noneMatch(described -> described.isAssignableFrom(type))) {
                    undescribed.add(type.getName().replaceFirst("^io\\.otabridge\\.", ""));
                }
            }
        }

        assertThat(undescribed)
                .as("describe a new result in ResultJson and docs/json.md")
                .containsExactlyInAnyOrderElementsOf(NOT_RESULTS);
    }

    static Stream<Class<?>> records() {
        return FUNCTIONS.keySet().stream()
                .filter(type -> type.getName().startsWith("io.otabridge.") && type != Message.class)
                .flatMap(type -> type.isSealed() ? Stream.of(type.getPermittedSubclasses()) : Stream.of(type))
                .filter(Class::isRecord);
    }

    @ParameterizedTest
    @MethodSource("records")
    void writes_every_component(Class<?> type) {
        String json = Jackson.JACKSON_2.write(Samples.record(type, -1));
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            String component = type.getSimpleName() + "." + components[i].getName();
            if (!NOT_WRITTEN.contains(component)) {
                assertThat(Jackson.JACKSON_2.write(Samples.record(type, i)))
                        .as("another %s", component)
                        .isNotEqualTo(json);
            }
        }
    }

    @Test
    void writes_every_detail_of_a_failure() {
        int components = FailureDetails.class.getRecordComponents().length;
        Set<String> different = new TreeSet<>();
        for (int i = -1; i < components; i++) {
            FailureDetails details = (FailureDetails) Samples.record(FailureDetails.class, i);
            different.add(Jackson.JACKSON_2.write(new OtaFailure.NotFound(details)));
        }

        assertThat(different).hasSize(components + 1);
    }

    @ParameterizedTest
    @MethodSource("records")
    void writes_the_same_with_both_versions(Class<?> type) {
        Object sample = Samples.record(type, -1);

        assertThat(Jackson.JACKSON_3.write(sample)).isEqualTo(Jackson.JACKSON_2.write(sample));
    }

    /** Returns the public types of the module of a type, which is a folder of classes or a jar. */
    private static List<Class<?>> publicTypes(Class<?> member) throws IOException, URISyntaxException {
        URI location =
                member.getProtectionDomain().getCodeSource().getLocation().toURI();
        if (!location.getPath().endsWith(".jar")) {
            return publicTypesIn(Path.of(location));
        }
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(location))) {
            return publicTypesIn(jar.getPath("/"));
        }
    }

    private static List<Class<?>> publicTypesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .map(name -> name.replaceFirst("\\.class$", "").replace('/', '.'))
                    .filter(name -> !NEVER_RESULTS.matcher(name).matches())
                    .<Class<?>>map(ResultTypesTest::load)
                    .filter(ResultTypesTest::isPublic)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ResultTypesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null, Class::getEnclosingClass)
                .allMatch(each -> Modifier.isPublic(each.getModifiers()));
    }
}
