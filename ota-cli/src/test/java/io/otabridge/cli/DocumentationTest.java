package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.OtaBridge;
import io.otabridge.cli.context.Simulators;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.simulators.fleet.FailureRates;
import io.otabridge.simulators.fleet.FleetOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the examples of the READMEs and the guide work. */
class DocumentationTest {

    private static final Path ACME = Path.of("..", "ota-contracts", "src", "test", "java", "io", "otabridge", "acme");
    private static final FleetOptions DEVICES = new FleetOptions(6, 1, FailureRates.NONE, false);
    private static final String SPRING_BOOT = "spring-boot.md";
    private static final Pattern CLASS = Pattern.compile("^(?:public )?class (\\w+) ", Pattern.MULTILINE);

    @TempDir
    private Path scratch;

    static Stream<Path> pages() {
        return Documentation.pages().stream();
    }

    /** The chapter on adapters has excerpts of Acme, see below. The starter tests its own chapter. */
    @ParameterizedTest
    @MethodSource("pages")
    void java_is_complete_and_compiles(Path page) throws IOException {
        if (page.endsWith("add-a-vendor.md") || page.endsWith(SPRING_BOOT)) {
            return;
        }
        for (String program : Documentation.blocks(Documentation.text(page), "java")) {
            Matcher name = CLASS.matcher(program);
            assertThat(name.find()).as(program).isTrue();
            assertThat(compile(name.group(1), program))
                    .as(page + ": " + name.group(1))
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "README.md,       NewestVersions, huawei: 3.2.1;aliyun: 3.2.1;tuya: 3.2.1",
        "README.zh-CN.md, NewestVersions, huawei: 3.2.1;aliyun: 3.2.1;tuya: 3.2.1",
        "java.md,         FirstLook,      version 4.0.0",
        "java.md,         Listing,        37 packages;version 2.1.0;11 versions",
        "java.md,         Newest,         huawei: version 3.2.1;aliyun: version 3.2.1;tuya: version 3.2.1",
        "java.md,         Changes,        already existed: false;description: Firmware of the radio;DELETED",
        "java.md,         ManyIds,        "
                + "UfuxnwygsuSkVE0VCN****0100: version 4.0.0;missing: Firmware missing does not exist on backend aliyun",
        "rollout.md,      Rollout,        already existed: false;outcome: ALL_SUCCEEDED",
        "publish.md,      Publishing,     'huawei: existed false, sent 8, warnings 0;aliyun: existed false, sent 8, warnings 0'",
        "download.md,     Downloading,    'copy.bin: 8 bytes, VERIFIED'",
        "observability.md, Metrics,       calls: 1",
        "observability.md, Observations,  calls: 1",
        "testing.md,      Simulated,      version V2.0;RateLimited",
    })
    void java_prints_what_it_should(String page, String program, String printed) throws Exception {
        assertThat(compile(program, java(page, program))).isZero();

        try (Simulators clouds = Simulators.start(Simulators.Ports.FREE, java.time.Clock.systemUTC(), DEVICES)) {
            Files.writeString(scratch.resolve("ota.yaml"), clouds.yaml());
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            scratch + File.pathSeparator + System.getProperty("java.class.path"),
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                            program)
                    .directory(scratch.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(scratch.resolve("out").toFile())
                    .start();
            clouds.inFastTime(
                    () -> process.onExit().orTimeout(60, TimeUnit.SECONDS).join());
            assertThat(Files.readString(scratch.resolve("out"))).isEqualTo(printed.replace(';', '\n') + "\n");
        }
    }

    @Test
    void both_readmes_show_the_same_code() {
        String chinese = Documentation.text(Path.of("..", "README.zh-CN.md"));

        for (String language : new String[] {"console", "java", "xml"}) {
            assertThat(Documentation.blocks(chinese, language))
                    .isNotEmpty()
                    .isEqualTo(Documentation.blocks(Documentation.readme(), language));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void configurations_are_accepted(Path page) throws IOException {
        if (page.endsWith(SPRING_BOOT)) {
            return;
        }
        BackendContext context = BackendContext.system()
                .withHome(scratch)
                .withEnvironment(Map.of(
                        "HW_AK", "a", "HW_SK", "b", "ALI_AK", "c", "ALI_SK", "d", "TUYA_AK", "e", "TUYA_SK", "f"));

        for (String configuration : Documentation.blocks(Documentation.text(page), "yaml")) {
            Path file = Files.writeString(scratch.resolve("ota.yaml"), configuration);
            try (OtaBridge ota = OtaBridge.load(file, context)) {
                ota.checkAll();
                assertThat(ota.backends().map(Backend::name)).contains("prod");
            }
        }
    }

    @Test
    void the_guide_names_every_exit_code() {
        String page = Documentation.guide("cli.md");
        for (int code = 0; code <= ExitCode.NONE_UPGRADED; code++) {
            assertThat(page).contains("\n| " + code + " | ");
        }
        assertThat(page).contains("\n| " + ExitCode.INTERNAL_ERROR + " | ");
    }

    /** A sample has no parent, so that it can be copied, and repeats our versions. */
    @ParameterizedTest
    @ValueSource(strings = {"plain-java", "testing"})
    void a_sample_has_our_versions(String sample) throws IOException {
        String parent = Files.readString(Path.of("..", "pom.xml"));
        String pom = Files.readString(Path.of("..", "samples", sample, "pom.xml"));

        assertThat(pom).doesNotContain("<parent>");
        for (String plugin : new String[] {
            "maven-resources-plugin",
            "maven-compiler-plugin",
            "maven-surefire-plugin",
            "maven-jar-plugin",
            "maven-install-plugin",
            "maven-deploy-plugin"
        }) {
            assertThat(version(plugin, pom)).as(plugin).isEqualTo(version(plugin, parent));
        }
        assertThat(parent)
                .contains("<junit.version>" + version("junit-jupiter", pom) + "</junit.version>")
                .contains("<assertj.version>" + version("assertj-core", pom) + "</assertj.version>")
                .contains("<version>" + version("ota-app", pom) + "</version>");
    }

    private int compile(String program, String code) throws IOException {
        Path source = Files.writeString(scratch.resolve(program + ".java"), code);
        return ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        scratch.toString(),
                        source.toString());
    }

    private static String java(String page, String program) {
        String text = page.startsWith("README") ? Documentation.text(Path.of("..", page)) : Documentation.guide(page);
        return Documentation.blocks(text, "java").stream()
                .filter(code -> code.contains("class " + program + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void its_excerpts_match_the_sources_of_the_adapter() throws IOException {
        StringBuilder adapter = new StringBuilder();
        try (Stream<Path> sources = Files.list(ACME)) {
            for (Path source : sources.toList()) {
                adapter.append(Files.readString(source));
            }
        }

        Matcher excerpts = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(chapter());

        assertThat(excerpts.results().map(excerpt -> excerpt.group(1)))
                .hasSize(4)
                .allSatisfy(excerpt -> assertThat(adapter).contains(excerpt));
    }

    @Test
    void its_chapter_on_adapters_names_files_that_exist() throws IOException {
        Matcher named = Pattern.compile("`(Acme[A-Z]\\w+)").matcher(chapter());

        assertThat(named.results().map(name -> name.group(1)))
                .contains("AcmeOperations", "AcmeResponseDecoder", "AcmeBackend")
                .allSatisfy(name -> assertThat(ACME.resolve(name + ".java")).exists());
    }

    /** Compiles the adapter only with the dependencies of the chapter. */
    @Test
    void its_pom_for_an_adapter_has_the_dependencies_of_acme() throws IOException {
        List<String> javac = new ArrayList<>(
                List.of("--release", "17", "-proc:none", "-cp", adapterClassPath(), "-d", scratch.toString()));
        javac.addAll(adapterSources());

        int compiled = ToolProvider.getSystemJavaCompiler().run(null, null, null, javac.toArray(String[]::new));

        assertThat(compiled).isZero();
    }

    /** Returns the class path of the chapter's pom without test dependencies. */
    private static String adapterClassPath() throws IOException {
        String ours = System.getProperty("java.class.path");
        List<String> classPath = new ArrayList<>();
        Matcher dependency = Pattern.compile("<artifactId>([^<]+)</artifactId><version>([^<]+)</version>"
                        + "(?:<scope>provided</scope>)?</dependency>")
                .matcher(chapter());
        while (dependency.find()) {
            String artifact = dependency.group(1);
            Path target = Path.of("..", artifact, "target");
            if (Files.exists(target)) {
                classPath.add(target.resolve("classes").toString());
            } else {
                String jar = artifact + "-" + dependency.group(2) + ".jar";
                classPath.add(Pattern.compile(File.pathSeparator)
                        .splitAsStream(ours)
                        .filter(entry -> Path.of(entry).endsWith(jar))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(jar + " is none of ours")));
            }
            if (artifact.equals("ota-client")) {
                classPath.add(
                        Files.readString(target.resolve("adapter-classpath")).strip());
            }
        }
        return String.join(File.pathSeparator, classPath);
    }

    /** Returns the files of Acme that belong to the main sources. */
    private static List<String> adapterSources() throws IOException {
        Matcher moved = Pattern.compile("mv src/main/java/\\S+/Acme\\{(\\S+)}\\.java src/test/")
                .matcher(chapter());
        assertThat(moved.find()).isTrue();
        Pattern tests = Pattern.compile("Acme(" + moved.group(1).replace(',', '|') + ")\\.java");
        try (Stream<Path> sources = Files.list(ACME)) {
            return sources.filter(source ->
                            !tests.matcher(source.getFileName().toString()).matches())
                    .map(Path::toString)
                    .toList();
        }
    }

    @Test
    void its_pom_for_an_adapter_has_our_versions() throws IOException {
        String parent = Files.readString(Path.of("..", "pom.xml"));
        String chapter = chapter();

        for (String artifact : new String[] {"maven-compiler-plugin", "maven-surefire-plugin"}) {
            assertThat(version(artifact, chapter)).isEqualTo(version(artifact, parent));
        }
        assertThat(parent)
                .contains("<jspecify.version>" + version("jspecify", chapter) + "</jspecify.version>")
                .contains("<wiremock.version>" + version("wiremock-standalone", chapter) + "</wiremock.version>");
        // Between two releases, the documentation names the last one.
        assertThat(version("ota.version", chapter))
                .satisfiesAnyOf(
                        ours -> assertThat(parent).contains("<version>" + ours + "</version>"),
                        released -> assertThat(released).doesNotEndWith("-SNAPSHOT"));
    }

    /** Returns the version of an artifact, or of a property of this name. */
    private static String version(String name, String pom) {
        Matcher found = Pattern.compile(
                        "<artifactId>" + name + "</artifactId>\\s*<version>([^<]+)<|<" + name + ">([^<]+)<")
                .matcher(pom);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    private static String chapter() {
        return Documentation.guide("add-a-vendor.md");
    }
}
