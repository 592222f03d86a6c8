package io.otabridge.client.credentials;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;

/**
 * Checks that only the user who runs this process, or root, can change a file. Use it before reading a file that the user did not
 * name explicitly. Thread-safe.
 *
 * <p>The file and all directories above it must belong to the user or root. Other users may write none of them, and a
 * group may only if it is the user's private group, which has the user's name. A directory with the sticky bit, such as
 * {@code /tmp}, may be writable by everyone: others cannot replace its files there.
 *
 * <p>File systems without Unix attributes, such as those of Windows, are not checked. Access control lists are not read.
 */
public final class FilePermissionCheck {

    /** The uid of root, which works on systems without a user database. */
    private static final String ROOT = "0";

    private static final int STICKY = 01000;

    private FilePermissionCheck() {}

    /**
     * Checks a file. Symbolic links are followed first, so the target counts and not the link.
     *
     * @return the real path, which contains no symbolic links: open this one. Only the user and root can change what it
     *     names. Otherwise a sentence that names the untrusted file or directory, the reason, and the command that
     *     corrects it.
     * @throws IOException if the file does not exist or its attributes cannot be read
     */
    public static Either<String, Path> check(Path file) throws IOException {
        Path real = file.toRealPath();
        return real.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? check(real, currentUser(real))
                : Either.right(real);
    }

    /** Checks from the root down: the content of a trusted directory cannot be replaced while the rest is checked. */
    static Either<String, Path> check(Path real, UserPrincipal user) throws IOException {
        Path checked = real.getRoot();
        Option<String> problem = problem(checked, user);
        for (Path name : real) {
            checked = checked.resolve(name);
            // Report the problem nearest to the file.
            problem = problem(checked, user).orElse(problem);
        }
        return problem.toEither(real).swap();
    }

    private static Option<String> problem(Path path, UserPrincipal user) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        UserPrincipal owner = attributes.owner();
        String group = attributes.group().getName();
        if (!owner.equals(user) && !owner.equals(principals(path).lookupPrincipalByName(ROOT))) {
            return Option.some(String.format(
                    "%s belongs to user %s, and not to user %s or root; if you trust its content, run: chown %s %s",
                    path, owner.getName(), user.getName(), user.getName(), path));
        }
        if (attributes.isDirectory() && isSticky(path)) {
            return Option.none();
        }
        if (attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            return Option.some(String.format(
                    "%s can be written by every user; if you trust its content, run: chmod go-w %s", path, path));
        }
        if (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE) && !group.equals(user.getName())) {
            return Option.some(String.format(
                    "%s can be written by group %s; if you trust its content, run: chmod g-w %s", path, group, path));
        }
        return Option.none();
    }

    private static boolean isSticky(Path directory) throws IOException {
        return ((int) Files.getAttribute(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS) & STICKY) != 0;
    }

    /** On Linux a process owns its entry in {@code /proc}, even if the user has no name. */
    private static UserPrincipal currentUser(Path any) throws IOException {
        Path process = any.resolve("/proc/self");
        return Files.exists(process)
                ? Files.getOwner(process)
                : principals(any).lookupPrincipalByName(System.getProperty("user.name", ""));
    }

    private static UserPrincipalLookupService principals(Path any) {
        return any.getFileSystem().getUserPrincipalLookupService();
    }
}
