package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests commands that change modules or packages. Each command uses a new backend. */
class ChangeCommandsTest {

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.configured(scratch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"module delete - --yes", "module update - --alias a"})
    void a_command_for_one_module_reads_no_ids_from_standard_input(String command) {
        assertThat(cli.run(command.split(" "))).isEqualTo(2);
        assertThat(cli.err()).contains("reads no ids from standard input");
    }

    @Test
    void creates_a_module() {
        assertThat(run("module create --product p-9 --name Radio --alias radio"))
                .isZero();
        assertThat(cli.out())
                .startsWith("Created module Radio\n\n")
                .containsPattern("name +Radio\n")
                .containsPattern("alias +radio\n")
                .containsPattern("product id +p-9\n");
        assertThat(cli.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "module create --product p-9 --name Radio -o json,           created",
        "module create --product p-9 --name Radio --dry-run -o json, would-create",
        "module create --product p-2 --name default -o json,         existed",
        "module create --product p-2 --name default --dry-run -o json, existed",
        "module update m-1 --alias radio -o json,                    updated",
        "module update m-1 --alias radio --dry-run -o json,          would-update",
        "module delete m-1 --yes -o json,                            deleted",
        "module delete m-1 --dry-run -o json,                        would-delete",
        "module delete --product p-1 --name MCU --yes -o json,       deleted",
        "module delete --product p-1 --name mcu --yes -o json,       absent",
        "firmware delete f-1 --yes -o json,                          deleted",
        "firmware delete f-1 --dry-run -o json,                      would-delete",
        "firmware delete f-9 -o json,                                absent",
    })
    void prints_the_outcome(String command, String outcome) {
        assertThat(run(command)).as(cli::err).isZero();
        assertThat(cli.out()).contains("\"outcome\": \"" + outcome + "\"").contains("\"backend\": \"here\"");
        assertThat(run(command.replace("json", "csv"))).isZero();
        assertThat(cli.out().split("\n", 2)[1]).contains("," + outcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module create --product thermometr --name Radio",
                "module update --product thermometr --name MCU --alias a",
                "module delete --product thermometr --name MCU --yes",
                "firmware prune --product thermometr --keep 1 --yes",
            })
    void changes_nothing_for_a_product_that_may_be_mistyped(String command) {
        cli.write(cli.directory.resolve("ota.yaml"), Cli.CONFIGURATION + "products: { thermometer: { here: p-1 } }\n");

        assertThat(run(command)).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("Did you mean thermometer?", "nothing was sent");

        assertThat(run("module list --product thermometr")).isZero();
        assertThat(cli.err()).startsWith("Note: ").contains("Did you mean thermometer?");
    }

    @Test
    void keeps_fields_that_an_update_omits() {
        assertThat(run("module update m-1 --alias radio")).isZero();
        assertThat(cli.out())
                .startsWith("Module MCU is now\n\n")
                .containsPattern("alias +radio\n")
                .contains("Two\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--dry-run"})
    void rejects_a_creation_of_an_existing_module_that_differs(String option) {
        assertThat(run("module create --product p-1 --name MCU --alias other " + option))
                .isEqualTo(5);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("module MCU of product p-1", "with another alias or description");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--dry-run"})
    void cannot_update_a_missing_module(String option) {
        assertThat(run("module update m-9 --alias other " + option)).isEqualTo(3);
        assertThat(cli.err()).contains("module m-9");
    }

    @Test
    void rejects_blank_texts() {
        assertThat(cli.run("module", "create", "--product", "p", "--name", "M", "--alias", " "))
                .isEqualTo(2);
        assertThat(cli.err()).contains("must not be blank");
        assertThat(cli.run("module", "update", "m-1", "--description", "")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"firmware delete f-1", "module delete m-1"})
    void deletes_nothing_without_confirmation(String command) {
        assertThat(run(command)).isEqualTo(10);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("Nothing was deleted", "there is no terminal", "--yes");
    }

    @ParameterizedTest
    @CsvSource({"y, 0", "YES, 0", "n, 10", "'', 10", "delete, 10"})
    void prompts_before_it_deletes(String answer, int code) {
        cli.answerOnTerminal(answer);

        assertThat(run("firmware delete f-1")).isEqualTo(code);

        assertThat(cli.err()).startsWith("Delete firmware f-1 (version 2.0.0 for module MCU) of backend here? [y/N] ");
        assertThat(cli.out()).isEqualTo(code == 0 ? "Deleted firmware f-1 on backend here\n" : "");
    }

    @Test
    void does_not_prompt_for_a_missing_module() {
        cli.answerOnTerminal("n");

        assertThat(run("module delete m-9")).isZero();

        assertThat(cli.err()).isEmpty();
        assertThat(cli.out()).isEqualTo("Nothing to delete: module m-9 does not exist on backend here\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --yes", " --dry-run"})
    void fails_if_what_must_exist_does_not(String option) {
        for (String command : new String[] {"firmware delete f-9", "module delete m-9"}) {
            assertThat(run(command + " --must-exist" + option)).isEqualTo(3);
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err())
                    .startsWith("What happened:  Nothing to delete: ")
                    .contains("does not exist");
        }
        assertThat(run("firmware delete f-1 --must-exist --yes")).isZero();
    }

    @Test
    void deletes_several_packages() {
        assertThat(run("firmware delete f-1 f-9 --yes")).isZero();
        assertThat(cli.out()).isEqualTo("""
                Deleted firmware f-1 on backend here
                Nothing to delete: firmware f-9 does not exist on backend here
                """);

        cli.input("f-1\nf-9");
        assertThat(run("firmware delete - --dry-run --must-exist -o csv")).isEqualTo(3);
        assertThat(cli.out()).isEqualTo("""
                backend,vendor,what,outcome,stored_file
                here,memory,firmware f-1,would-delete,
                """);
        assertThat(cli.err()).contains("firmware f-9 does not exist");

        assertThat(run("firmware delete f-1 f-9 --yes -o json")).isZero();
        assertThat(cli.out()).contains("\"deletions\": [", "\"deleted\"", "\"absent\"");
    }

    @Test
    void deletes_several_packages_only_with_an_option() {
        cli.answerOnTerminal("y");

        assertThat(run("firmware delete f-1 f-2")).isEqualTo(10);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("Nothing was deleted", "--dry-run", "--yes");
    }

    @ParameterizedTest
    @CsvSource({
        "firmware delete f-1 --yes, deletion of firmware f-1, firmware show f-1",
        "module delete m-1 --yes, deletion of module m-1, module show m-1",
        "module update m-1 --alias x, update of module m-1, module show m-1",
        "module create --product p-9 --name Radio, creation of module Radio of product p-9, module show --product p-9"
                + " --name Radio",
        "firmware delete f-1 --yes --config ./ota.yaml, deletion of firmware f-1, firmware show f-1 --config ./ota.yaml",
    })
    void reports_a_change_that_was_interrupted(String command, String change, String lookup) {
        interrupted();

        assertThat(run(command)).isZero();

        assertThat(cli.err())
                .isEqualTo("""
                What happened:  The command was stopped during the %s on backend here
                Why:            a request may have been sent, so its outcome is not known
                What to do:     Look it up: ota %s
                """.formatted(change, lookup.replaceFirst("(?= --config|$)", " --backend here")));
        cli.interrupts.run();
        assertThat(cli.err()).hasLineCount(3);
    }

    @ParameterizedTest
    @CsvSource({"interrupted-at, 0", "thrown-at, 2"})
    void reports_the_finished_deletions_if_a_later_one_is_stopped(String setting, int exitCode) {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                "default: here\nbackends:\n  here: { vendor: memory, " + setting + ": 3 }\n");

        assertThat(run("firmware delete f-1 f-9 f-2 f-8 --yes --must-exist")).isEqualTo(exitCode);
        cli.interrupts.run();

        assertThat(cli.out()).isEqualTo("Deleted firmware f-1 on backend here\n");
        assertThat(cli.err()).containsOnlyOnce("Nothing to delete: firmware f-9 does not exist");

        assertThat(run("firmware delete f-1 f-9 f-2 --yes -o csv")).isEqualTo(exitCode);
        assertThat(cli.out()).isEqualTo("""
                backend,vendor,what,outcome,stored_file
                here,memory,firmware f-1,deleted,
                here,memory,firmware f-9,absent,
                """);

        assertThat(run("firmware delete f-1 f-9 f-2 f-8 --yes -o json")).isEqualTo(exitCode);
        assertThat(cli.out())
                .contains("\"complete\": false", "\"unfinished\": [\n    \"firmware f-2\",\n    \"firmware f-8\"\n  ]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"firmware delete f-1 --dry-run", "module update m-1 --alias x --dry-run", "firmware list"})
    void reports_no_change_if_there_was_none(String command) {
        interrupted();

        assertThat(run(command)).isZero();
        cli.interrupts.run();

        assertThat(cli.err()).isEmpty();
    }

    @Test
    void escapes_hostile_text_in_the_prompt() {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                "default: here\nbackends:\n  here: { vendor: memory, hostile: true }\n");
        assertThat(run("module delete m-2")).isEqualTo(10);
        assertThat(cli.err()).contains("(name modem, alias \\u001b[2K\\rDelete nothing at all\\u202e) of");

        cli.answerOnTerminal("n");
        assertThat(run("module delete m-2")).isEqualTo(10);

        assertThat(cli.err())
                .startsWith("Delete module m-2 (name modem, alias \\u001b[2K\\rDelete nothing at all\\u202e) of")
                .doesNotContain("\u001b", "\r", "\u202e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--yes", "--dry-run"})
    void does_not_treat_a_failed_lookup_as_absence(String option) {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                "default: here\nbackends:\n  here: { vendor: memory, fails: NotFound }\n");

        for (String command : new String[] {"firmware delete f-1 ", "module delete m-1 "}) {
            assertThat(run(command + option)).isEqualTo(3);
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err()).startsWith("What happened:  NotFound happened\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module create --product p --name M",
                "module create --product p --name M --dry-run",
                "module update m-1 --alias a",
                "module delete m-1 --yes",
                "firmware delete f-1 --dry-run",
                "firmware find --product p --module M --newest",
                "inventory",
                "diff here there",
            })
    void exits_with_the_code_of_the_failure(String command) {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                "default: here\nbackends:\n  here: { vendor: memory, fails: AccessDenied }\n  there: { vendor: memory }\n");

        assertThat(run(command)).isEqualTo(4);
        assertThat(cli.err()).startsWith("What happened:  AccessDenied happened\n");
    }

    private void interrupted() {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                "default: here\nbackends:\n  here: { vendor: memory, interrupted-at: 1 }\n");
    }

    private int run(String command) {
        return cli.run(command.strip().split(" +"));
    }
}
