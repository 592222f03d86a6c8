package io.otabridge.aliyun.firmware;

import io.vavr.collection.List;
import java.util.Locale;

/** The suffixes of uploaded files in the document "GenerateOTAUploadURL". */
final class FileSuffix {

    private static final String DEFAULT = "bin";

    /** Longer ones first. */
    private static final List<String> KNOWN = List.of("tar.gz", "bin", "dav", "apk", "tar", "gz", "zip", "gzip");

    private FileSuffix() {}

    /** The suffix of a file; the default if its own one is not accepted. */
    static String of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return KNOWN.find(suffix -> name.endsWith("." + suffix)).getOrElse(DEFAULT);
    }
}
