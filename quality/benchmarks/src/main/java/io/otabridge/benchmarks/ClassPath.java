package io.otabridge.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A class path as Maven wrote it down.
 *
 * @param jars what the contender needs, without its own few classes
 */
record ClassPath(List<Path> jars) {

    /** What is in this file. */
    static ClassPath read(Path file) throws IOException {
        return new ClassPath(Arrays.stream(Files.readString(file).strip().split(File.pathSeparator, -1))
                .map(Path::of)
                .toList());
    }

    long bytes() throws IOException {
        long sum = 0;
        for (Path jar : jars) {
            sum += Files.size(jar);
        }
        return sum;
    }

    /** The version of an artifact, from the name of its jar; empty if it is not there. */
    String version(String artifact) {
        return jars.stream()
                .map(jar -> String.valueOf(jar.getFileName()))
                .filter(name -> name.matches(artifact + "-[0-9].*\\.jar"))
                .map(name -> name.substring(artifact.length() + 1, name.length() - ".jar".length()))
                .findFirst()
                .orElse("");
    }

    /** The class path with more in front, as {@code java -cp} takes it. */
    String after(Path... more) {
        StringBuilder text = new StringBuilder();
        for (Path first : more) {
            text.append(first).append(File.pathSeparatorChar);
        }
        jars.forEach(jar -> text.append(jar).append(File.pathSeparatorChar));
        return text.substring(0, text.length() - 1);
    }
}
