package io.otabridge.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archives of the command, as users download them. */
@DisabledOnOs(OS.WINDOWS)
class DistributionTest {

    private static final List<String> FILES = List.of(
            "LICENSE", "NOTICE", "README.md", "THIRD-PARTY.txt", "completion/ota.bash", "ota", "ota.cmd", "ota.jar");

    private static final Pattern LISTED = Pattern.compile("(?m)^- [\\w.-]+:([\\w.-]+)$");

    @TempDir
    private Path scratch;

    @Test
    void both_archives_have_the_same_files_in_one_folder() throws Exception {
        Path zip = Published.file(Published.COMMAND, "ota", ".zip");
        String folder = zip.getFileName().toString().replace(".zip", "/");
        List<String> files = FILES.stream().map(folder::concat).toList();

        assertThat(names(zip, name -> !name.endsWith("/"))).containsExactlyInAnyOrderElementsOf(files);
        List<String> listed = run("tar", "-tvzf", tar().toString()).lines().toList();
        assertThat(listed.stream().filter(line -> !line.endsWith("/")).map(line -> line.replaceAll(".* ", "")))
                .containsExactlyInAnyOrderElementsOf(files);
        assertThat(listed.stream().filter(line -> line.startsWith("-rwxr-xr-x")))
                .singleElement()
                .asString()
                .endsWith("/ota");
        assertThat(listed.stream().filter(line -> !line.matches("(-rw-r--r--|-rwxr-xr-x|drwxr-xr-x) .*")))
                .isEmpty();
    }

    @Test
    void the_command_needs_only_a_java_runtime() throws Exception {
        Path home = unpack();
        Path work = Files.createDirectories(scratch.resolve("work"));
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", home.resolve("ota").toString(), "--version");
        builder.environment().clear();
        builder.environment()
                .put("PATH", Path.of(System.getProperty("java.home"), "bin").toString());

        assertThat(read(builder.directory(work.toFile())
                        .redirectErrorStream(true)
                        .start()))
                .startsWith("ota " + home.getFileName().toString().replace("ota-", ""));
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void the_command_makes_its_archive_of_classes() throws Exception {
        Path home = unpack();

        assertThat(run("sh", home.resolve("ota").toString(), "--make-archive")).startsWith("ota: wrote " + home);
        assertThat(run("sh", home.resolve("ota").toString(), "--version")).startsWith("ota ");
    }

    @Test
    void the_completion_is_a_script() throws Exception {
        Path script = unpack().resolve("completion/ota.bash");

        assertThat(run("bash", "-n", script.toString())).isEmpty();
        assertThat(Published.read(script)).contains("complete -F");
    }

    @Test
    void every_library_in_the_jar_is_listed_with_its_licence_and_notices() throws IOException {
        String thirdParty = thirdParty();
        List<Path> libraries = libraries();

        assertThat(Published.groups(LISTED, thirdParty))
                .containsExactlyElementsOf(libraries.stream()
                        .map(library -> library.getFileName().toString().replaceAll("-[0-9].*", ""))
                        .toList());
        assertThat(thirdParty.split("\n  Licence: ", -1)).hasSize(libraries.size() + 1);
        String normalized = normalized(thirdParty);
        assertThat(libraries.stream()
                        .flatMap(library -> notices(library).stream()
                                .filter(notice -> !normalized.contains(normalized(notice)))
                                .map(notice -> library.getFileName() + ": " + notice)))
                .isEmpty();
    }

    @Test
    void every_class_in_the_jar_is_of_a_listed_library_or_of_this_project() throws IOException {
        Set<String> known = new TreeSet<>();
        for (Path library : libraries()) {
            known.addAll(classes(library));
        }

        assertThat(classes(commandJar()))
                .hasSizeGreaterThan(4000)
                .filteredOn(name -> !known.contains(name))
                .allMatch(name -> name.startsWith("io/otabridge/"));
    }

    @Test
    void the_jar_has_one_licence_one_notice_and_the_list_of_libraries() throws IOException {
        assertThat(names(commandJar(), name -> name.matches("(?i)META-INF/.*(licen[cs]e|notice|third-party).*")))
                .containsExactlyInAnyOrder("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/THIRD-PARTY.txt");
        for (String name : List.of("LICENSE", "NOTICE")) {
            assertThat(text(commandJar(), "META-INF/" + name)).isEqualTo(Published.read(Published.ROOT.resolve(name)));
        }
        assertThat(Published.read(Published.ROOT.resolve("NOTICE"))).doesNotContain("Apache Software Foundation");
    }

    /** Returns the jars of the class path whose classes are in the command's jar. */
    private static List<Path> libraries() throws IOException {
        Set<String> shaded = new TreeSet<>(classes(commandJar()));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> entry.toString().endsWith(".jar")
                        && !entry.getFileName().toString().startsWith("ota-"))
                .filter(entry -> classes(entry).stream().anyMatch(shaded::contains))
                .sorted((one, other) -> coordinates(one).compareTo(coordinates(other)))
                .toList();
    }

    /** A local repository has the group, the artifact and the version as folders. */
    private static String coordinates(Path jar) {
        return jar.getParent().getParent().toString();
    }

    private static List<String> notices(Path library) {
        return names(library, name -> name.matches("META-INF/(?:.*-)?(?:LICENSE|NOTICE)(?:\\.txt|\\.md)?")).stream()
                .map(name -> text(library, name))
                .filter(text -> !normalized(text).startsWith("Apache License Version 2.0"))
                .toList();
    }

    private static String normalized(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String thirdParty() {
        return text(commandJar(), "META-INF/THIRD-PARTY.txt");
    }

    private static Path commandJar() {
        return Published.COMMAND.resolve("ota.jar");
    }

    private static Path tar() {
        return Published.file(Published.COMMAND, "ota", ".tar.gz");
    }

    private static List<String> classes(Path jar) {
        return names(jar, name -> name.endsWith(".class") && !name.endsWith("module-info.class"));
    }

    private static List<String> names(Path zip, Predicate<String> filter) {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().map(ZipEntry::getName).filter(filter).collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path zip, String name) {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return new String(file.getInputStream(file.getEntry(name)).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path unpack() throws Exception {
        run("tar", "-xzf", tar().toAbsolutePath().toString(), "-C", scratch.toString());
        try (Stream<Path> folders = Files.list(scratch)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("ota-"))
                    .findFirst()
                    .orElseThrow()
                    .toRealPath();
        }
    }

    private static String run(String... command) throws Exception {
        return read(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static String read(Process process) throws Exception {
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
