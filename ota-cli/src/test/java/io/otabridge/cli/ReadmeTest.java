package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.OtaBridge;
import io.otabridge.cli.command.Simulators;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
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

/** Tests that the examples of the README work. */
class ReadmeTest {

    private static final Path ACME = Path.of("..", "ota-contracts", "src", "test", "java", "io", "otabridge", "acme");

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @CsvSource({
        "FirstLook, version 4.0.0",
        "Listing,   37 packages;version 2.1.0;11 versions",
        "Newest,    huawei: version 3.2.1;aliyun: version 3.2.1;tuya: version 3.2.1",
    })
    void its_java_compiles_and_finds_firmware(String program, String printed) throws Exception {
        Path source = Files.writeString(scratch.resolve(program + ".java"), java(program));
        String classPath = System.getProperty("java.class.path");

        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classPath, "-d", scratch.toString(), source.toString());
        assertThat(compiled).isZero();

        try (Simulators clouds = Simulators.start(Simulators.Ports.FREE, java.time.Clock.systemUTC())) {
            Files.writeString(scratch.resolve("ota.yaml"), clouds.yaml());
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            scratch + File.pathSeparator + classPath,
                            program)
                    .directory(scratch.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(scratch.resolve("out").toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(scratch.resolve("out"))).isEqualTo(printed.replace(';', '\n') + "\n");
        }
    }

    @Test
    void its_configuration_is_accepted() throws IOException {
        Path file = Files.writeString(scratch.resolve("ota.yaml"), block("yaml"));
        BackendContext context = BackendContext.system()
                .withEnvironment(Map.of(
                        "HW_AK", "a", "HW_SK", "b", "ALI_AK", "c", "ALI_SK", "d", "TUYA_AK", "e", "TUYA_SK", "f"));

        try (OtaBridge ota = OtaBridge.load(file, context)) {
            assertThat(ota.backends().map(Backend::name)).containsExactly("prod", "site", "legacy");
            assertThat(ota.defaultBackend()).isEqualTo("prod");
        }
    }

    @Test
    void it_names_every_exit_code() throws IOException {
        String readme = readme();
        for (int code = 0; code <= ExitCode.CIRCUIT_OPEN; code++) {
            assertThat(readme).contains("\n| " + code + " | ");
        }
        assertThat(readme).contains("\n| " + ExitCode.INTERNAL_ERROR + " | ");
    }

    private static String java(String program) throws IOException {
        Matcher block = Pattern.compile("```java\n((?:(?!```).)*class " + program + " .*?)```", Pattern.DOTALL)
                .matcher(readme());
        assertThat(block.find()).isTrue();
        return block.group(1);
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
                .contains("<wiremock.version>" + version("wiremock-standalone", chapter) + "</wiremock.version>")
                .contains("<version>" + version("ota.version", chapter) + "</version>");
    }

    /** Returns the version of an artifact, or of a property of this name. */
    private static String version(String name, String pom) {
        Matcher found = Pattern.compile(
                        "<artifactId>" + name + "</artifactId>\\s*<version>([^<]+)<|<" + name + ">([^<]+)<")
                .matcher(pom);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    private static String block(String language) throws IOException {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme());
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static String chapter() throws IOException {
        return readme().substring(readme().indexOf("## Add a vendor"));
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("..", "README.md"));
    }
}
