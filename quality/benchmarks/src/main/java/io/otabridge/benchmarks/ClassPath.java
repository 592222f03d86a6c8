package io.otabridge.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A class path that Maven has written to a file.
 *
 * @param jars the dependencies of the contender, without its own classes
 */
record ClassPath(List<Path> jars) {

    /** Reads a class path from this file. */
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

    /** Returns the version of an artifact from the name of its jar; empty if there is no such jar. */
    String version(String artifact) {
        return jars.stream()
                .map(jar -> String.valueOf(jar.getFileName()))
                .filter(name -> name.matches(artifact + "-[0-9].*\\.jar"))
                .map(name -> name.substring(artifact.length() + 1, name.length() - ".jar".length()))
                .findFirst()
                .orElse("");
    }

    /** Returns the class path with further entries in front, for {@code java -cp}. */
    String after(Path... entries) {
        StringBuilder text = new StringBuilder();
        for (Path first : entries) {
            text.append(first).append(File.pathSeparatorChar);
        }
        jars.forEach(jar -> text.append(jar).append(File.pathSeparatorChar));
        return text.substring(0, text.length() - 1);
    }
}
