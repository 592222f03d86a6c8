package io.otabridge.cli.command.firmware;

import io.otabridge.cli.context.CliEnvironment;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.option.StoredObject;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.TransferListener;
import io.vavr.collection.List;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files to publish, or an object that is stored already. */
final class PublishSource {

    @Parameters(
            paramLabel = "<file>",
            arity = "1..*",
            description =
                    "The file to publish. Several files only if the vendor stores several in a package (Alibaba).")
    private Path[] paths = {};

    @Option(
            names = "--from",
            paramLabel = "obs://BUCKET/KEY",
            required = true,
            converter = StoredObject.class,
            description = "An object that is already in the vendor's object store (Huawei), in place of a file.")
    private FileLocation.@Nullable ObjectStore stored;

    /** Returns the object that is stored already; absent for files. */
    io.vavr.control.Option<FileLocation.ObjectStore> stored() {
        return io.vavr.control.Option.of(stored);
    }

    /**
     * Reads the files once and computes their digests.
     *
     * @param listener receives the progress of reading
     * @throws CliException if a file cannot be read, or two have the same name
     */
    List<Artifact> files(CliEnvironment environment, TransferListener listener) {
        List<Artifact> files = List.of(paths).map(path -> file(environment.directory(), path, listener));
        files.groupBy(Artifact::fileName)
                .filterValues(same -> same.size() > 1)
                .keySet()
                .headOption()
                .forEach(name -> {
                    throw invalid("two files have the name " + name, "Rename one of them; nothing was sent");
                });
        return files;
    }

    private static Artifact file(Path directory, Path given, TransferListener listener) {
        if (given.toString().equals("-")) {
            throw notRepeatable("standard input");
        }
        Path path = directory.resolve(given);
        if (path.startsWith("/dev/fd") || isPipe(path)) {
            throw notRepeatable(given + " is a pipe or a device, which");
        }
        try {
            return Artifact.of(path, listener);
        } catch (NoSuchFileException missing) {
            throw invalid(path + " does not exist", "Name a file that exists; nothing was sent");
        } catch (AccessDeniedException denied) {
            throw invalid(
                    path + " may not be read", "Change its permissions, or run as another user; nothing was sent");
        } catch (IOException failed) {
            throw invalid(String.valueOf(failed.getMessage()), "Name a complete, regular file; nothing was sent");
        }
    }

    private static boolean isPipe(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).isOther();
        } catch (IOException unreadable) {
            // The reason is reported when the file is read.
            return false;
        }
    }

    private static CliException notRepeatable(String what) {
        return invalid(
                what + " cannot be published: a file is read once for its digest, and once for each upload",
                "Write the content to a file, and name that file; nothing was sent");
    }

    private static CliException invalid(String why, String advice) {
        return new CliException(ExitCode.USAGE, "Nothing was published", why, advice);
    }
}
