package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.configured(scratch);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "module",
                "module show",
                "module create",
                "module update",
                "module delete",
                "firmware",
                "firmware show",
                "firmware find",
                "firmware list",
                "firmware publish",
                "firmware promote",
                "firmware download",
                "firmware update",
                "firmware delete",
                "firmware uploads",
                "firmware prune",
                "firmware verify",
                "job",
                "job create",
                "job show",
                "job list",
                "job watch",
                "job cancel",
                "job retry",
                "job confirm",
                "job update",
                "job delete",
                "task list",
                "device",
                "device show",
                "device list",
                "device versions",
                "inventory",
                "diff",
                "migrate",
                "backends",
                "doctor",
                "demo",
                "simulate",
                "completion",
                "help"
            })
    void prints_help_at_every_level(String command) {
        assertThat(run(command + " --help")).isZero();
        String help = cli.out();
        assertThat(help).startsWith("Usage: ota").contains("-h, --help");
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        assertThat(cli.err()).isEmpty();

        assertThat(run("help " + command)).isZero();
        assertThat(cli.out()).isEqualTo(help);
    }

    @Test
    void only_the_help_of_the_root_lists_the_exit_codes() {
        run("--help");
        assertThat(cli.out()).contains("Exit codes:", "14  ");

        for (String command : List.of("firmware", "firmware list", "diff", "help")) {
            run(command + " --help");
            assertThat(cli.out()).as(command).doesNotContain("Exit codes");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', firmware, 'Usage: ota'",
        "firmware, delete, 'a command is missing: show, find, list, publish, promote, download, verify, update, delete, uploads, prune'",
        "module, create, 'a command is missing: show, list, create, update, delete'"
    })
    void lists_the_subcommands_if_there_is_none(String command, String subcommand, String firstLine) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .startsWith(firstLine)
                .contains("Usage: ota")
                .contains("Commands:")
                .containsPattern("(?m)^  " + subcommand + " ");
    }

    @Test
    void describes_the_backend_option_of_doctor() {
        run("doctor --help");

        assertThat(cli.out()).contains("Default: all backends").doesNotContain("Default: the default backend");
    }

    @ParameterizedTest
    @ValueSource(strings = {"firmware promote", "migrate", "diff"})
    void the_help_of_a_command_with_its_own_backends_lists_no_backend_option(String command) {
        run(command + " --help");

        assertThat(cli.out()).doesNotContain("--backend").contains("--config", "--output");
    }

    @Test
    void prints_its_version_only_at_the_root() {
        assertThat(run("--version")).isZero();
        assertThat(cli.out()).startsWith("ota ");

        // --version must not be mistaken for the firmware version.
        assertThat(run("firmware find --product p --module M --version 3.2.1")).isEqualTo(2);
        assertThat(cli.err()).contains("--version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--backend here inventory", "--backend here diff here there", "--backend here backends"})
    void rejects_backend_for_commands_with_several(String command) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(cli.err()).contains("--backend does not apply to it");
    }

    @Test
    void prints_usage_without_arguments() {
        assertThat(cli.run()).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).startsWith("Usage: ota").contains("ota demo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "module show                     # give <id>, or --product and --name # See ota module show --help",
                "module delete                   # give <id>, or --product and --name # See ota module delete --help",
                "module show --product p         # required, but missing: --name=N # See ota module show --help",
                "module show m-1 --product p --name n # these exclude each other: <id> and (--product=P --name=N) # See ota module show --help",
                "firmwear                        # there is no command \"firmwear\" # Did you mean firmware? See ota --help",
                "mdule                           # there is no command \"mdule\" # Did you mean module? See ota --help",
                "nosuchcommand                   # there is no command \"nosuchcommand\" # See ota --help",
                "help firmware lst               # there is no command \"lst\" # Did you mean list? See ota firmware --help",
                "firmware list extra             # the argument \"extra\" is one too many # See ota firmware list --help",
                "firmware list --modul M         # ota firmware list has no option --modul # Did you mean --module? See ota firmware list --help",
                "firmware list --module M --software # these exclude each other: --module=M, --software # See ota firmware list --help",
                "firmware list --config          # --config needs a value # See ota firmware list --help",
                "firmware list --backend a --backend b # --backend is given more than once # See ota firmware list --help",
                "firmware list --limit 0         # --limit must be a number of at least 1, but is 0 # See ota firmware list --help",
                "firmware list --sort colour     # --sort: it must be name, version, size, created or modified, but is \"colour\" # See ota firmware list --help",
                "inventory --deadline 0          # --deadline must be a number of at least 1, but is 0 # See ota inventory --help",
                "inventory --parallel -1         # --parallel must be a number of at least 1, but is -1 # See ota inventory --help",
                "firmware show f-1 -o xml        # --output: it must be table, json, csv or ids, but is \"xml\" # See ota firmware show --help",
                "firmware show f-1 -o ids        # --output: \"ota firmware show\" does not print ids # See ota firmware show --help",
                "firmware show                   # required, but missing: <id> # See ota firmware show --help",
                "firmware find --product p --module M # give --firmware-version or --newest # See ota firmware find --help",
                "firmware find --product p        # give --module, --software or --whole-device, and --firmware-version or --newest # See ota firmware find --help",
                "firmware find --product p --newest # give --module, --software or --whole-device # See ota firmware find --help",
                "firmware find --product p --module M --newest=latest # --newest: it must be created or semantic, but is \"latest\" # See ota firmware find --help",
                "firmware find --product p --module M --newest --verfied # ota firmware find has no option --verfied # Did you mean --verified? See ota firmware find --help",
                "module update m-1               # required, but missing: --alias=A or --description=D, or both # See ota module update --help",
                "diff                            # give two backends: ota diff A B # See ota diff --help",
                "diff here                       # give two backends: ota diff A B # See ota diff --help",
                "diff here here                  # a backend cannot be compared with itself # See ota diff --help",
                "doctor here                     # the argument \"here\" is one too many # Did you mean --backend here? See ota doctor --help",
                "version                         # there is no command \"version\" # Did you mean ota --version? See ota --help",
                "demo -o csv                     # ota demo has no option -o # See ota demo --help",
                "backends --backend here         # ota backends has no option --backend # See ota backends --help",
                "simulate --huawei-port 70000    # --huawei-port must be 0 to 65535, but is 70000 # See ota simulate --help",
                "simulate --aliyun-port x        # --aliyun-port: it must be a whole number, but is \"x\" # See ota simulate --help",
            })
    void rejects_invalid_arguments(String command, String why, String advice) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .isEqualTo("What happened:  The command line is not valid\n" + "Why:            " + why
                        + "\nWhat to do:     " + advice + "\n");
    }

    @Test
    void validates_ids_by_the_rules_of_the_domain() {
        for (List<String> args : List.of(
                List.of("module", "show", "a b"),
                List.of("firmware", "show", "a\u001bb"),
                List.of("firmware", "show", ""),
                List.of("module", "show", "--product", "p", "--name", " "))) {
            assertThat(cli.run(args.toArray(String[]::new))).as(args.toString()).isEqualTo(2);
            assertThat(cli.err())
                    .contains(" is not valid: it must be 1 to 128 characters")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void does_not_expand_argument_files() {
        cli.write(cli.directory.resolve("args"), "f-1");
        assertThat(cli.run("firmware", "show", "@" + cli.directory.resolve("args")))
                .isEqualTo(3);
    }

    @Test
    void accepts_shared_options_before_and_after_the_command() {
        assertThat(run("--backend there -o json firmware show f-2")).isZero();
        assertThat(cli.out()).contains("\"backend\": \"there\"");
        assertThat(run("firmware --backend there show f-2 -o json")).isZero();
        assertThat(cli.out()).contains("\"backend\": \"there\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "firmware show f-1 --backend heer",
                "doctor --backend heer",
                "inventory --backends there,heer",
                "diff there heer",
                "diff heer there"
            })
    void lists_the_backends_if_one_is_unknown(String command) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).isEqualTo("""
                What happened:  There is no backend "heer"
                Why:            the configuration has here, there
                What to do:     Did you mean here? Name one of these, or add the backend to the configuration
                """);
    }

    @Test
    void suggests_no_backend_of_a_different_name() {
        run("doctor --backend production");

        assertThat(cli.err()).contains("There is no backend \"production\"").doesNotContain("Did you mean");
    }

    @Test
    void prints_a_completion_script_for_all_commands() {
        assertThat(run("completion")).isZero();
        assertThat(cli.out())
                .startsWith("#!/usr/bin/env bash")
                .contains(
                        "module firmware product group job task device inventory diff migrate backends doctor init demo simulate completion help");
        assertThat(cli.out()).contains("\"table\" \"json\" \"csv\"").contains("--huawei-port");
        assertThat(cli.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"backends, 'here there'", "products, 'camera thermometer'"})
    void completes_names_of_the_configuration_without_a_call(String kind, String names) {
        cli.write(cli.directory.resolve("ota.yaml"), """
                default: here
                backends:
                  here: { vendor: memory, fails: NotFound }
                  there: { vendor: memory, key: "${UNSET}" }
                products:
                  camera: { here: c-1 }
                  thermometer: { here: t-1 }
                """);

        assertThat(run("complete " + kind)).isZero();

        assertThat(cli.out().strip().split("\n")).containsExactly(names.split(" "));
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void completes_nothing_without_a_valid_configuration() {
        cli.write(cli.directory.resolve("ota.yaml"), "backends: 1");

        assertThat(run("complete backends")).isZero();
        assertThat(cli.out() + cli.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ota firmware list --backend t           | there",
                "ota firmware list --backend = t         | there",
                "ota inventory --backends here,          | here,here here,there",
                "ota diff here th                        | there",
                "ota firmware list --product the         | thermometer",
                "ota --config ota.yaml doctor --backend h | here",
                "ota --config = ota.yaml doctor --backend h | here",
                "ota --config=ota.yaml doctor --backend h | here",
                "ota doctor --config = ota.yaml --backend h | here",
                "ota --config none.yaml inventory --backends here, | ''",
                "ota -o json diff here th                | there",
                "ota --backend diff diff h               | here",
                "ota firmware show diff                  | ''",
                "ota firmware show diff h                | ''",
                "ota firmware list --backend diff h      | ''",
                "ota firm                                | firmware",
                "ota firmware list --sort siz            | size",
            })
    void the_completion_script_completes(String typed, String completed) throws Exception {
        run("completion");
        Path script = cli.write(cli.directory.resolve("completion.bash"), cli.out());
        // In place of the command. The names are those of a configuration.
        Path command = cli.write(cli.directory.resolve("bin/ota"), """
                #!/bin/sh
                case "$2$3$4" in
                  backends|backends--configota.yaml) echo here; echo there ;;
                  products) echo thermometer ;;
                esac
                """);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source \"$0\" && COMP_WORDS=($1) && COMP_CWORD=$((${#COMP_WORDS[@]} - 1))"
                                + " && _complete_ota_names ota 2>/dev/null; echo \"${COMPREPLY[*]}\"",
                        script.toString(),
                        typed)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .directory(cli.directory.toFile());
        bash.environment().merge("PATH", command.getParent() + ":", (path, first) -> first + path);

        assertThat(new String(bash.start().getInputStream().readAllBytes(), UTF_8).strip())
                .isEqualTo(completed);
    }

    private int run(String command) {
        return cli.run(command.isBlank() ? new String[0] : command.strip().split(" +"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module",
                "firmware",
                "product",
                "group",
                "inventory",
                "diff",
                "migrate",
                "backends",
                "doctor",
                "init",
                "demo",
                "simulate",
                "completion"
            })
    void a_single_command_has_the_same_help_as_in_the_whole_tree(String command) {
        assertThat(cli.run(command, "--help")).isZero();
        String alone = cli.out();

        assertThat(cli.run("--verbose", command, "--help")).isZero();
        assertThat(cli.out()).isEqualTo(alone);
    }
}
