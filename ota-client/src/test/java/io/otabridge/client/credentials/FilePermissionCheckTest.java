package io.otabridge.client.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vavr.control.Either;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class FilePermissionCheckTest {

    @TempDir
    private Path temporary;

    private Path folder;
    private Path file;
    private UserPrincipal user;

    @BeforeEach
    void createFile() throws IOException {
        folder = Files.createDirectory(temporary.toRealPath().resolve("folder"));
        file = Files.writeString(folder.resolve("file"), "content");
        user = Files.getOwner(file);
        mode(folder, "rwxr-xr-x");
        mode(file, "rw-r--r--");
    }

    @Test
    void trusts_a_file_writable_only_by_its_owner() throws IOException {
        assertThat(FilePermissionCheck.check(file).get()).isEqualTo(file);
    }

    @Test
    void trusts_a_file_owned_by_root() throws IOException {
        Path root = Path.of("/etc/passwd");

        assertThat(FilePermissionCheck.check(root).get()).isEqualTo(root.toRealPath());
    }

    @Test
    void rejects_a_file_owned_by_another_user() throws IOException {
        assertThat(problemForOtherUser(file))
                .startsWith(file + " belongs to user ")
                .contains("run: chown ");
    }

    @Test
    void rejects_a_link_to_a_file_owned_by_another_user() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThat(problemForOtherUser(link)).startsWith(file + " belongs to user ");
    }

    @Test
    void returns_the_target_of_a_link() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThat(FilePermissionCheck.check(link).get()).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-rw-", "rw-r--rw-", "-------w-"})
    void rejects_a_world_writable_file(String mode) throws IOException {
        mode(file, mode);

        assertThat(FilePermissionCheck.check(file).getLeft())
                .startsWith(file + " can be written by every user")
                .endsWith("run: chmod go-w " + file);
    }

    @Test
    void rejects_a_file_writable_by_a_shared_group() throws IOException {
        assumeTrue(isRoot(), "only root can give a file to any group");
        Files.getFileAttributeView(file, PosixFileAttributeView.class)
                .setGroup(principals().lookupPrincipalByGroupName("daemon"));
        mode(file, "rw-rw-r--");

        assertThat(FilePermissionCheck.check(file).getLeft()).startsWith(file + " can be written by group daemon");
    }

    @Test
    void trusts_a_file_writable_by_the_private_group_of_the_user() throws IOException {
        assumeTrue(groupOf(file).equals(user.getName()), "this user has a private group");
        mode(file, "rw-rw-r--");

        assertThat(FilePermissionCheck.check(file).get()).isEqualTo(file);
    }

    @Test
    void rejects_a_file_in_a_world_writable_directory() throws IOException {
        mode(folder, "rwxrwxrwx");

        assertThat(FilePermissionCheck.check(file).getLeft()).startsWith(folder + " can be written by every user");
    }

    @Test
    void rejects_a_file_below_a_world_writable_directory() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path below = Files.writeString(inner.resolve("file"), "content");
        mode(folder, "rwxrwxrwx");

        assertThat(FilePermissionCheck.check(below).getLeft()).startsWith(folder + " can be written by every user");
    }

    @Test
    void trusts_a_file_in_a_shared_directory_with_the_sticky_bit() throws IOException {
        Files.setAttribute(folder, "unix:mode", 01777);

        assertThat(FilePermissionCheck.check(file).get()).isEqualTo(file);
    }

    /** Checks as if another user ran the process. Root changes the owner of the file; other users check for another user. */
    private String problemForOtherUser(Path path) throws IOException {
        UserPrincipal otherUser = principals().lookupPrincipalByName("daemon");
        Either<String, Path> checked;
        if (isRoot()) {
            Files.setOwner(file, otherUser);
            checked = FilePermissionCheck.check(path);
        } else {
            checked = FilePermissionCheck.check(path.toRealPath(), otherUser);
        }
        return checked.getLeft();
    }

    private boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(temporary, "unix:uid"));
    }

    private static String groupOf(Path path) throws IOException {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .group()
                .getName();
    }

    private UserPrincipalLookupService principals() {
        return temporary.getFileSystem().getUserPrincipalLookupService();
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
