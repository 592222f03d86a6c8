package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launchers of the sources and of the distribution, which start a small program here in place of the command. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final String PLAIN = "plain [a, b c]\n";
    private static final String ARCHIVED = "archived [a, b c]\n";

    private static final String MAIN = """
        package io.otabridge.cli;
        class Main {
            public static void main(String[] args) {
                boolean archived = java.util.stream.Stream.of(ProcessHandle.current().info().arguments().orElseThrow())
                        .anyMatch(argument -> argument.matches("-XX:(SharedArchiveFile|AOTCache)=.*"));
                if (Main.class.getResource("/planted") != null) {
                    System.out.println(System.getProperty("java.class.path"));
                }
                if (System.getProperty("ota.terminal.columns") != null) {
                    System.out.println("columns " + System.getProperty("ota.terminal.columns"));
                }
                System.out.println((archived ? "archived " : "plain ") + java.util.List.of(args));
            }
        }
        class ArchiveTrainingRun {
            public static void main(String[] args) {
                System.out.println("not shown");
                System.err.println("not shown either");
            }
        }
        """;

    @TempDir
    private Path scratch;

    private Path javaHome = Path.of(System.getProperty("java.home"));
    private Path target;
    private Path archive;

    @BeforeEach
    void install() throws IOException {
        target = Files.createDirectories(scratch.resolve("ota-cli/target"));
        archive = target.resolve("ota-java-" + Runtime.version().feature() + ".archive");
        copyLaunchers(scratch);
        build();
    }

    @Test
    void passes_the_width_of_the_terminal() throws Exception {
        String ota = "sh '" + distribution("ota-1.0").resolve("ota") + "' a 'b c'";

        assertThat(output("script", "-qec", "stty cols 123; unset COLUMNS; " + ota, "/dev/null"))
                .contains("columns 123");
        assertThat(output("script", "-qec", "stty cols 123; COLUMNS=40 " + ota, "/dev/null"))
                .doesNotContain("columns");
    }

    @Test
    void says_that_a_link_to_it_needs_readlink() throws Exception {
        Path link = Files.createSymbolicLink(
                scratch.resolve("link"), distribution("ota-1.0").resolve("ota"));
        ProcessBuilder builder = builder("/bin/sh", link.toString());
        builder.environment().put("PATH", javaHome.resolve("bin").toString());

        Process ota = builder.start();
        assertThat(new String(ota.getInputStream().readAllBytes(), UTF_8)).contains("no program readlink");
        assertThat(ota.waitFor()).isEqualTo(70);
    }

    @Test
    void makes_an_archive_only_on_request() throws Exception {
        assertThat(ota()).isEqualTo(PLAIN);
        assertThat(archive).doesNotExist();

        makeArchive();

        assertThat(ota()).isEqualTo(ARCHIVED);
    }

    @Test
    void makes_an_archive_that_java_takes() throws Exception {
        makeArchive();

        boolean isCache = Runtime.version().feature() >= 24;
        assertThat(output(
                        javaHome.resolve("bin/java").toString(),
                        isCache ? "-XX:AOTMode=on" : "-Xshare:on",
                        (isCache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive,
                        "-XX:+UseSerialGC",
                        "-cp",
                        target.resolve("ota.jar") + ":" + scratch,
                        "io.otabridge.cli.Main",
                        "a",
                        "b c"))
                .isEqualTo(ARCHIVED);
    }

    @Test
    void runs_without_the_archive_of_an_older_jar() throws Exception {
        makeArchive();
        build();

        assertThat(ota()).isEqualTo(PLAIN);
    }

    @Test
    void runs_without_the_archive_of_another_java() throws Exception {
        Files.writeString(archive, "of another");
        Files.writeString(target.resolve(archive.getFileName() + ".made"), "10\n/another/bin/java\n");

        assertThat(ota()).isEqualTo(PLAIN);
    }

    @Test
    void runs_with_a_broken_archive() throws Exception {
        makeArchive();
        byte[] broken = Files.readAllBytes(archive);
        Arrays.fill(broken, 0, 4096, (byte) 'x');
        Files.write(archive, broken);

        assertThat(ota()).isEqualTo(ARCHIVED);
    }

    @Test
    void runs_without_an_archive_that_was_cut_off() throws Exception {
        makeArchive();
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));

        assertThat(ota()).isEqualTo(PLAIN);
    }

    @Test
    void a_java_that_makes_no_archive_ends_with_70_and_leaves_no_file() throws Exception {
        Path home = scratch.resolve("java");
        Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(program, """
            #!/bin/sh
            case "$*" in *-Xshare:dump*|*AOTMode=create*) echo out of disk; exit 1 ;; esac
            exec '%s' "$@"
            """.formatted(javaHome.resolve("bin/java")));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        javaHome = home;

        Process failed = start("bash", scratch.resolve("ota").toString(), "--make-archive");

        assertThat(new String(failed.getInputStream().readAllBytes(), UTF_8))
                .contains("out of disk", "did not make an archive; commands run without it");
        assertThat(failed.waitFor()).isEqualTo(70);
        assertThat(target).isDirectoryNotContaining(file -> file.toString().contains(".archive"));
        assertThat(ota()).isEqualTo(PLAIN);
    }

    @Test
    void names_a_missing_jar_of_the_class_path() throws Exception {
        Path there = Files.createFile(scratch.resolve("there.jar"));
        ProcessBuilder builder = builder(command());
        builder.environment().put("OTA_CLASSPATH", there + ":" + scratch + "/*:/no/such.jar");
        Process rejected = builder.start();

        assertThat(new String(rejected.getInputStream().readAllBytes(), UTF_8))
                .isEqualTo("ota: OTA_CLASSPATH names /no/such.jar, which does not exist; correct or remove it\n");
        assertThat(rejected.waitFor()).isEqualTo(2);

        builder.environment().put("OTA_CLASSPATH", there + "::" + scratch + "/*");
        assertThat(read(builder.start())).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "::", ":%s", "%s:", "%s::%s", "::%s"})
    void runs_no_code_from_the_current_directory(String classPath) throws Exception {
        Path jar = Files.createFile(scratch.resolve("there.jar"));
        ProcessBuilder builder = builder(command());
        builder.environment().put("OTA_CLASSPATH", classPath.replace("%s", jar.toString()));

        // The program prints the class path only if it finds this file on it.
        Path here = Files.createDirectories(scratch.resolve("here"));
        Files.createFile(here.resolve("planted"));
        builder.directory(here.toFile());

        assertThat(read(builder.start())).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "with space",
                "-dash",
                "--version",
                "line\nbreak",
                "ends with line break\n",
                "star*",
                "quo'te"
            })
    void runs_in_any_directory(String name) throws Exception {
        Path parent = Files.createDirectories(scratch.resolve("installed"));
        copyTo(parent.resolve(name));

        assertThat(outputIn(parent, "bash", "--", name + "/ota", "a", "b c")).isEqualTo(PLAIN);
        Path link = Files.createSymbolicLink(scratch.resolve("link"), Path.of("installed", name, "ota"));
        assertThat(output("bash", link.toString(), "a", "b c")).isEqualTo(PLAIN);
    }

    @Test
    void ignores_cdpath() throws Exception {
        Path parent = Files.createDirectories(scratch.resolve("installed"));
        copyTo(parent.resolve("ota-bridge"));
        Path elsewhere = Files.createDirectories(scratch.resolve("elsewhere/ota-bridge"));
        ProcessBuilder builder = builder("bash", "ota-bridge/ota", "a", "b c").directory(parent.toFile());
        builder.environment().put("CDPATH", elsewhere.getParent().toString());

        assertThat(read(builder.start())).isEqualTo(PLAIN);
    }

    @Test
    void rejects_a_directory_with_a_colon() throws Exception {
        copyTo(scratch.resolve("col:on"));
        Process rejected = start("bash", scratch.resolve("col:on/ota").toString());

        assertThat(new String(rejected.getInputStream().readAllBytes(), UTF_8))
                .startsWith("ota: cannot run in ")
                .contains("a Java class path cannot contain a colon");
        assertThat(rejected.waitFor()).isEqualTo(70);
    }

    private void copyTo(Path directory) throws IOException {
        Path copied = Files.createDirectories(directory.resolve("ota-cli/target"));
        copyLaunchers(directory);
        Files.copy(target.resolve("ota.jar"), copied.resolve("ota.jar"));
        Files.createFile(copied.resolve("ota.jar.built"));
    }

    private static void copyLaunchers(Path directory) throws IOException {
        Files.copy(Path.of("../ota"), directory.resolve("ota"));
        Files.copy(
                Path.of("src/dist/ota"),
                Files.createDirectories(directory.resolve("ota-cli/src/dist")).resolve("ota"));
    }

    private String outputIn(Path directory, String... command) throws Exception {
        return read(builder(command).directory(directory.toFile()).start());
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA_TOOL_OPTIONS, -Xmx1x, ota: Java cannot start: ",
        "JDK_JAVA_OPTIONS, -Xmx1x, ota: Java cannot start: ",
        "JAVA_HOME, /no/such/java, ota: JAVA_HOME is /no/such/java"
    })
    void exits_with_70_if_java_cannot_start(String variable, String value, String message) throws Exception {
        ProcessBuilder builder = builder(command());
        builder.environment().put(variable, value);
        Process ota = builder.start();

        assertThat(new String(ota.getInputStream().readAllBytes(), UTF_8)).startsWith(message);
        assertThat(ota.waitFor()).isEqualTo(70);
    }

    @Test
    void exits_with_70_if_java_is_not_a_program() throws Exception {
        Path program = Files.createDirectories(scratch.resolve("java/bin")).resolve("java");
        Files.writeString(program, "#!/no/such/interpreter\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        javaHome = scratch.resolve("java");

        Process ota = start(command());
        ota.getInputStream().readAllBytes();
        // Some shells do not let a script handle this.
        assertThat(ota.waitFor()).isIn(70, 126, 127);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "with space", "-dash", "ends with line break\n"})
    void a_distribution_needs_no_other_program_than_java(String name) throws Exception {
        Path distribution = distribution(name);
        Path work = Files.createDirectories(scratch.resolve("work"));
        ProcessBuilder builder = builder("/bin/sh", distribution.resolve("ota").toString(), "a", "b c")
                .directory(work.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", javaHome.resolve("bin").toString());

        assertThat(read(builder.start())).isEqualTo(PLAIN);
        assertThat(work).isEmptyDirectory();
        assertThat(distribution)
                .isDirectoryNotContaining(file ->
                        !List.of("ota", "ota.jar").contains(file.getFileName().toString()));
    }

    @Test
    void a_distribution_has_its_archive_beside_the_jar() throws Exception {
        Path distribution = distribution("ota-1.0");
        Path made = distribution.resolve(archive.getFileName());
        String launcher = distribution.resolve("ota").toString();

        assertThat(output("sh", launcher, "--make-archive")).isEqualTo("ota: wrote " + made + "\n");
        assertThat(output("sh", launcher, "a", "b c")).isEqualTo(ARCHIVED);
        ProcessBuilder builder = builder("/bin/sh", launcher, "a", "b c");
        builder.environment().put("PATH", scratch.toString());
        assertThat(read(builder.start()))
                .as("without programs to check the archive")
                .isEqualTo(PLAIN);
        assertThat(Files.list(distribution).map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder(
                        "ota", "ota.jar", made.getFileName().toString(), made.getFileName() + ".made");
    }

    @Test
    void a_distribution_without_its_jar_exits_with_70() throws Exception {
        Path distribution = distribution("ota-1.0");
        Files.delete(distribution.resolve("ota.jar"));
        Process ota = start("sh", distribution.resolve("ota").toString());

        assertThat(new String(ota.getInputStream().readAllBytes(), UTF_8))
                .isEqualTo("ota: " + distribution.resolve("ota.jar") + " is missing; unpack the distribution again\n");
        assertThat(ota.waitFor()).isEqualTo(70);
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_442, false", "11.0.27, false", "16, false", "17, true", "25.0.1, true"})
    void an_older_java_exits_with_70(String version, boolean isAccepted) throws Exception {
        Path home = scratch.resolve("java");
        Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(program, "#!/bin/sh\necho started\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        javaHome = home;

        Process ota = start("sh", distribution("ota-1.0").resolve("ota").toString());
        String printed = new String(ota.getInputStream().readAllBytes(), UTF_8);

        assertThat(printed)
                .isEqualTo(
                        isAccepted
                                ? "started\n"
                                : "ota: needs Java 17 or newer, but " + program + " is Java " + version
                                        + "; set JAVA_HOME to a newer one\n");
        assertThat(ota.waitFor()).isEqualTo(isAccepted ? 0 : 70);
    }

    private Path distribution(String name) throws IOException {
        Path directory = Files.createDirectories(
                        scratch.resolve("distributions").resolve(name))
                .toRealPath();
        Files.copy(Path.of("src/dist/ota"), directory.resolve("ota"));
        Files.copy(target.resolve("ota.jar"), directory.resolve("ota.jar"));
        return directory;
    }

    @Test
    void runs_with_java_options_of_the_environment() throws Exception {
        ProcessBuilder builder = builder(command());
        builder.environment().put("JDK_JAVA_OPTIONS", "-Xmx64m");

        assertThat(read(builder.start())).endsWith(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                "LICENSE",
                "NOTICE",
                "ota-app/pom.xml",
                "ota-app/src/main/java/A.java",
                "extensions/ota-jackson/pom.xml",
                "extensions/ota-jackson/src/main/java/A.java",
                "ota-cli/src/dist/THIRD-PARTY.txt"
            })
    void builds_again_after_a_source_has_changed(String source) throws Exception {
        Path changed = scratch.resolve(source);
        Files.createDirectories(changed.getParent());
        Files.writeString(changed, "");
        build();
        assertThat(ota()).isEqualTo(PLAIN);

        Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(60)));
        ProcessBuilder builder = builder("/bin/bash", scratch.resolve("ota").toString());
        builder.environment().put("PATH", pathWithoutMaven().toString());
        Process ota = builder.start();

        assertThat(new String(ota.getInputStream().readAllBytes(), UTF_8)).contains("needs Maven (mvn)");
        assertThat(ota.waitFor()).isEqualTo(70);
    }

    private Path pathWithoutMaven() throws IOException {
        Path programs = Files.createDirectories(scratch.resolve("programs"));
        for (String program : List.of("find", "mkdir", "flock", "touch", "rm", "cat", "sh", "bash")) {
            for (String directory : List.of("/usr/bin", "/bin")) {
                Path found = Path.of(directory, program);
                if (Files.exists(found) && !Files.exists(programs.resolve(program))) {
                    Files.createSymbolicLink(programs.resolve(program), found);
                }
            }
        }
        return programs;
    }

    private void build() throws IOException {
        Path source = Files.writeString(scratch.resolve("Main.java"), MAIN);
        Path classes = Files.createDirectories(scratch.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
        Path built = target.resolve("ota.jar.built");
        Files.deleteIfExists(built);
        Files.createFile(built);
        Path jar = target.resolve("ota.jar");
        Files.deleteIfExists(jar);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (String name : List.of("Main", "ArchiveTrainingRun")) {
                out.putNextEntry(new JarEntry("io/otabridge/cli/" + name + ".class"));
                Files.copy(classes.resolve("io/otabridge/cli/" + name + ".class"), out);
            }
        }
    }

    /** Returns the output of the command and of the JVM. */
    private String ota() throws Exception {
        return output(command());
    }

    private String[] command() {
        return new String[] {"bash", scratch.resolve("ota").toString(), "a", "b c"};
    }

    private String output(String... command) throws Exception {
        return read(start(command));
    }

    private Process start(String... command) throws IOException {
        return builder(command).start();
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().keySet().removeAll(List.of("OTA_CLASSPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return builder;
    }

    private static String read(Process process) throws Exception {
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private void makeArchive() throws Exception {
        assertThat(output("bash", scratch.resolve("ota").toString(), "--make-archive"))
                .isEqualTo("ota: wrote " + archive + "\n");
    }
}
