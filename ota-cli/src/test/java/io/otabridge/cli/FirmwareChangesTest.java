package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates, deletions with files, unfinished uploads and pruning, on a backend in memory. */
class FirmwareChangesTest {

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(scratch);
        configure("files: true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "update f-4 # required, but missing: --name=N, --description=D or --custom-info=TEXT, or several of them",
                "update f-4 --name= # must not be blank",
                "update # required, but missing: <id>",
                "prune # required, but missing: --keep=N",
                "prune --keep 0 # --keep must be a number of at least 1, but is 0",
                "prune --keep few # --keep: it must be a whole number, but is \"few\"",
                "prune --keep 1 --order newest # --order: it must be created or semantic, but is \"newest\"",
                "uploads --abort --ye # ota firmware uploads has no option --ye",
            })
    void rejects_invalid_arguments(String command, String problem) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains(problem.strip());
    }

    @Test
    void updates_the_texts_of_a_package() {
        assertThat(run("update f-4 --name Spring --custom-info {}")).isZero();
        assertThat(cli.out()).isEqualTo("""
                Firmware f-4 is now

                firmware id  f-4
                version      3.0.0
                name         Spring
                description  -
                custom info  {}
                """);

        assertThat(run("update f-4 --description D --dry-run")).isZero();
        assertThat(cli.out()).startsWith("Firmware f-4 would become\n").containsPattern("description +D\n");
        assertThat(run("update f-4 --description D --dry-run -o csv")).isZero();
        assertThat(cli.out()).endsWith("here,memory,would-update,f-4,,D,\n");
        assertThat(run("update f-99 --description D")).isEqualTo(3);
    }

    @Test
    void an_updated_package_shows_no_link_with_its_signature() {
        for (String format : new String[] {"table", "json", "csv"}) {
            assertThat(run("update f-1 --description D -o " + format)).isZero();
            assertThat(cli.out()).contains("f-1").doesNotContain("Expires=1704078000");
        }
    }

    @Test
    void reports_an_update_that_was_interrupted() {
        configure("interrupted-at: 1");

        run("update f-1 --name x");

        assertThat(cli.err())
                .startsWith(
                        "What happened:  The command was stopped during the update of firmware f-1 on backend here\n")
                .contains("ota firmware show f-1 --backend here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "f-1 --yes           # Deleted firmware f-1 on backend here; it has no stored file",
                "f-1 --dry-run       # Would delete firmware f-1 on backend here; it has no stored file",
                "f-4 --yes           # Deleted firmware f-4 on backend here; its stored file is kept, because another package uses it",
                "f-99 --yes          # Nothing to delete: firmware f-99 does not exist on backend here",
            })
    void deletes_the_stored_file_unless_another_package_uses_it(String arguments, String sentence) {
        assertThat(run("delete --with-artifact " + arguments.strip())).isZero();
        assertThat(cli.out()).isEqualTo(sentence.strip() + "\n");
    }

    @Test
    void states_what_happened_to_the_stored_files() {
        assertThat(run("delete f-4 f-5 f-6 f-7 f-8 f-9 --with-artifact --yes -o csv"))
                .isZero();

        assertThat(cli.out()).contains("f-8,deleted,in-use\n").endsWith("f-9,deleted,deleted\n");
        assertThat(run("delete f-4 --with-artifact --yes -o json")).isZero();
        assertThat(cli.out()).contains("\"storedFile\": \"in-use\"");
    }

    @Test
    void a_deletion_is_a_failure_if_the_stored_file_was_not_deleted() {
        configure("file-deletion-fails: true");

        assertThat(run("delete f-1 --with-artifact --yes")).isEqualTo(4);
        assertThat(cli.out()).isEqualTo("Deleted firmware f-1 on backend here; its stored file was not deleted\n");
        assertThat(cli.err()).startsWith("What happened:  AccessDenied happened\n");

        assertThat(run("delete f-1 f-2 --with-artifact --yes -o json")).isEqualTo(4);
        assertThat(cli.out()).contains("\"storedFile\": \"failed\"", "\"failed\": []");
        assertThat(cli.err().lines()).hasSize(2);
    }

    @Test
    void the_prompt_names_the_stored_file() {
        cli.answerOnTerminal("n");

        assertThat(run("delete f-4 --with-artifact")).isEqualTo(10);
        assertThat(cli.err())
                .startsWith(
                        "Delete firmware f-4 (version 3.0.0 for module MCU, with its stored file) of backend here?");
    }

    @Test
    void lists_unfinished_uploads() {
        assertThat(run("uploads")).isZero();
        assertThat(cli.out()).isEqualTo("""
                UPLOAD ID  BUCKET  OBJECT KEY  STARTED
                u-1        images  ota/a.bin   2023-12-31T10:00:00Z
                u-2        images  ota/b.bin   2023-12-31T11:00:00Z
                """);
        assertThat(run("uploads -o csv")).isZero();
        assertThat(cli.out()).endsWith("here,memory,u-2,images,ota/b.bin,2023-12-31T11:00:00Z\n");

        configure("");
        assertThat(run("uploads")).isZero();
        assertThat(cli.out()).isEqualTo("No unfinished uploads\n");
    }

    @Test
    void aborts_an_upload_only_after_confirmation() {
        assertThat(run("uploads --abort u-1")).isEqualTo(10);
        assertThat(run("uploads --abort")).isEqualTo(10);
        assertThat(cli.out()).isEmpty();

        cli.answerOnTerminal("y");
        assertThat(run("uploads --abort u-1")).isZero();
        assertThat(cli.err()).startsWith("Delete unfinished upload u-1 (object ota/a.bin) of backend here? [y/N] ");
        assertThat(cli.out()).isEqualTo("Deleted unfinished upload u-1 on backend here\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "--abort --yes # Deleted unfinished upload u-1 on backend here;Deleted unfinished upload u-2 on backend here",
                "--abort=u-2 --dry-run # Would delete unfinished upload u-2 on backend here",
                "--abort u-3 --yes # Nothing to delete: unfinished upload u-3 does not exist on backend here",
            })
    void aborts_uploads(String arguments, String sentences) {
        assertThat(run("uploads " + arguments.strip())).isZero();
        assertThat(cli.out()).isEqualTo(sentences.strip().replace(';', '\n') + "\n");
    }

    @Test
    void aborts_nothing_if_there_are_no_uploads() {
        configure("");

        assertThat(run("uploads --abort")).isZero();
        assertThat(cli.out()).isEqualTo("Nothing to delete: backend here has no unfinished uploads\n");
        assertThat(run("uploads --abort --must-exist")).isEqualTo(3);
        assertThat(cli.err()).contains("backend here has no unfinished uploads");
    }

    @Test
    void shows_the_plan_and_prunes_nothing_without_confirmation() {
        assertThat(run("prune --keep 2 --order semantic")).isEqualTo(10);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .containsPattern("(?m)^f-4 .*3\\.0\\.0")
                .contains("3 packages to delete, 6 to keep. Kept because they cannot be ordered: f-2, f-9.")
                .contains(
                        "there is no terminal on which to confirm the deletion of 3 firmware packages of backend here")
                .contains("Add --yes to delete them");
    }

    @Test
    void prunes_after_a_confirmation() {
        cli.answerOnTerminal("y");

        assertThat(run("prune --keep 2 --order semantic --module MCU")).isZero();
        assertThat(cli.err()).endsWith("Delete 3 firmware packages of backend here? [y/N] ");
        assertThat(cli.out()).isEqualTo("""
                Deleted firmware f-4 on backend here
                Deleted firmware f-5 on backend here
                Deleted firmware f-6 on backend here
                3 packages to delete, 3 to keep.
                """);
    }

    @Test
    void a_dry_run_only_shows_the_plan() {
        assertThat(run("prune --keep 4 --order semantic --product p-1 --dry-run"))
                .isZero();

        assertThat(cli.out())
                .containsPattern("(?m)^f-4 .*3\\.0\\.0")
                .endsWith("1 package to delete, 5 to keep.\n")
                .doesNotContain("f-5");
        assertThat(cli.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--keep 1", "--keep 9 --order semantic", "--keep 1 --product missing"})
    void asks_for_nothing_if_there_is_nothing_to_prune(String options) {
        assertThat(run("prune " + options)).as(cli::err).isZero();

        assertThat(cli.out()).startsWith("0 packages to delete");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void prunes_nothing_if_the_list_is_incomplete() {
        configure("fails: Unavailable");

        assertThat(run("prune --keep 1 --yes")).isEqualTo(7);
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void prunes_with_the_stored_files() {
        assertThat(run("prune --keep 4 --order semantic --module MCU --with-artifact --yes -o csv"))
                .isZero();

        assertThat(cli.out()).isEqualTo("""
                backend,vendor,what,outcome,stored_file
                here,memory,firmware f-4,deleted,in-use
                """);
    }

    @Test
    void the_plan_says_that_packages_with_source_versions_are_counted_separately() {
        configure("files: true, lacks: UPDATE_KIND");

        assertThat(run("prune --keep 1 --product p-1 --dry-run")).as(cli::err).isZero();
        assertThat(cli.out()).contains("The kind of some packages is not known: those with source versions may be");

        configure("files: true");
        assertThat(run("prune --keep 1 --product p-1 --dry-run")).isZero();
        assertThat(cli.out()).doesNotContain("is not known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--yes", "--dry-run", ""})
    void fails_once_before_the_plan_if_stored_files_cannot_be_deleted(String option) {
        configure("files: true, lacks: DELETE_STORED_FILE");

        assertThat(run("prune --keep 1 --order semantic --with-artifact " + option))
                .isEqualTo(9);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).containsOnlyOnce("What happened:").contains("nothing was sent");
    }

    private void configure(String settings) {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                "backends:\n  here: { vendor: memory" + (settings.isEmpty() ? "" : ", " + settings) + " }\n");
    }

    private int run(String command) {
        return cli.run(("firmware " + command).strip().split(" +"));
    }
}
