package io.otabridge.client.credentials;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A vendor's credentials file: sections in brackets with {@code key = value} lines. {@code #} and {@code ;} start a comment at the
 * beginning of a line and after white space; elsewhere they belong to the value. Keys are case-insensitive. {@code toString}
 * contains no values, because they may be secret. Immutable.
 */
public final class CredentialsFile {

    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)[#;].*");
    private static final Pattern HEADER = Pattern.compile("\\[([^\\]]*)\\]\\s*(?:[#;].*)?");

    private static final Pattern COLON = Pattern.compile("\\s*[A-Za-z_-]{1,40}\\s*:.*");

    private final Map<String, Map<String, String>> sections;
    private final boolean hasColons;

    private CredentialsFile(Map<String, Map<String, String>> sections, boolean hasColons) {
        this.sections = sections;
        this.hasColons = hasColons;
    }

    /** Parses the text of a file. Lines that are neither a section nor a key with a value are ignored. */
    public static CredentialsFile parse(String text) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        Map<String, String> current = new LinkedHashMap<>();
        boolean hasColons = false;
        for (String line : text.split("\\R", -1)) {
            Matcher header = HEADER.matcher(line.strip());
            if (header.matches()) {
                current = sections.computeIfAbsent(header.group(1).strip(), unused -> new LinkedHashMap<>());
            } else if (line.strip().startsWith("[")) {
                // Keys below an invalid header must not replace keys of the section above it.
                current = new LinkedHashMap<>();
            } else {
                String content = COMMENT.matcher(line).replaceFirst("");
                int equals = content.indexOf('=');
                if (COLON.matcher(content).matches()) {
                    hasColons = true;
                } else if (equals > 0) {
                    String key = content.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                    current.put(key, content.substring(equals + 1).strip());
                }
            }
        }
        return new CredentialsFile(sections, hasColons);
    }

    /** A hint to append to the reason why a value was not found; empty unless the file has lines such as {@code key: value}. */
    public String hint() {
        return hasColons
                ? "; the file has lines with a colon, but the vendor's tools read only lines such as key = value"
                : "";
    }

    /** The names of the sections in file order. */
    public List<String> sections() {
        return List.ofAll(sections.keySet());
    }

    /**
     * The value of a key in a section; absent if it does not exist or is empty. The section's name is case-insensitive unless
     * several sections differ only in case.
     */
    public Option<String> value(String section, String key) {
        return section(section)
                .flatMap(name -> Option.of(sections.get(name)))
                .flatMap(values -> Option.of(values.get(key.toLowerCase(Locale.ROOT))))
                .filter(value -> !value.isEmpty());
    }

    /** Whether the section exists; compares names as {@link #value} does. */
    public boolean hasSection(String section) {
        return section(section).isDefined();
    }

    private Option<String> section(String wanted) {
        List<String> similar = sections().filter(wanted::equalsIgnoreCase);
        return similar.find(wanted::equals).orElse(Option.when(similar.size() == 1, () -> similar.head()));
    }

    @Override
    public String toString() {
        return "CredentialsFile[***]";
    }
}
