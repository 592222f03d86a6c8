package io.otabridge.http;

import io.otabridge.domain.backend.BackendContext;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A vendor's profile file in the usual form of sections in brackets and {@code key = value} lines; {@code #} and {@code ;}
 * begin a comment line. Names are compared in lower case. Values are secrets: printing one shows only the path.
 */
public final class ProfileFile {

    private final Path path;
    private final Map<String, Map<String, String>> sections;

    private ProfileFile(Path path, Map<String, Map<String, String>> sections) {
        this.path = path;
        this.sections = sections;
    }

    /** The file that this variable of the environment names, else the one at the usual path, as {@link #read}. */
    public static Either<String, Option<ProfileFile>> read(BackendContext context, String variable, Path usual) {
        try {
            return read(context.environment(variable).map(Path::of).getOrElse(usual));
        } catch (InvalidPathException noPath) {
            return Either.left("cannot be read from the file that " + variable + " names, which is no path");
        }
    }

    /** The file at this path; absent if there is none; a problem in words if it cannot be read. */
    public static Either<String, Option<ProfileFile>> read(Path path) {
        if (!Files.exists(path)) {
            return Either.right(Option.none());
        }
        try {
            return Either.right(
                    Option.some(new ProfileFile(path, parse(Files.readString(path, StandardCharsets.UTF_8)))));
        } catch (IOException problem) {
            return Either.left(
                    "cannot be read from " + path + " (" + problem.getClass().getSimpleName() + ")");
        }
    }

    /** The value of a key in a section; absent if it is not there or empty. */
    public Option<String> value(String section, String key) {
        return Option.of(sections.get(section.toLowerCase(Locale.ROOT)))
                .flatMap(values -> Option.of(values.get(key.toLowerCase(Locale.ROOT))))
                .filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return "ProfileFile[" + path + "]";
    }

    private static Map<String, Map<String, String>> parse(String text) {
        Map<String, Map<String, String>> sections = new HashMap<>();
        Map<String, String> current = sections.computeIfAbsent("", name -> new HashMap<>());
        for (String raw : text.split("\\R", -1)) {
            String line = raw.strip();
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                String name = line.substring(1, line.length() - 1).strip().toLowerCase(Locale.ROOT);
                current = sections.computeIfAbsent(name, unused -> new HashMap<>());
            } else if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
                String key = line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                current.put(key, line.substring(equals + 1).strip());
            }
        }
        return sections;
    }
}
