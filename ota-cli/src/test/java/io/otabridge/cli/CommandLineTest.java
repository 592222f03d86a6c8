package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
                "firmware delete",
                "inventory",
                "diff",
                "backends",
                "doctor",
                "demo",
                "simulate",
                "completion"
            })
    void prints_help_at_every_level(String command) {
        assertThat(run(command + " --help")).isZero();
        assertThat(cli.out()).startsWith("Usage: ota").contains("Exit codes:", "9   ", "-h, --help");
        assertThat(cli.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void describes_the_backend_option_of_doctor() {
        run("doctor --help");

        assertThat(cli.out()).contains("Default: all backends").doesNotContain("Default: the default backend");
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
                "module                          # Missing required subcommand # See ota module --help",
                "module show                     # Missing required argument (specify one of these): (<id> |"
                        + " (--product=P --name=N)) # See ota module show --help",
                "module show --product p         # Missing required argument(s): --name=N # See ota module show --help",
                "module show m-1 m-2             # Unmatched argument at index 3: 'm-2' # See ota module show --help",
                "firmwear                        # Unmatched argument at index 0: 'firmwear' #"
                        + " Did you mean firmware? See ota --help",
                "mdule                           # Unmatched argument at index 0: 'mdule' #"
                        + " Did you mean module? See ota --help",
                "nosuchcommand                   # Unmatched argument at index 0: 'nosuchcommand' # See ota --help",
                "inventory --deadline 0          # Invalid value for option '--deadline': it must be 1 to 2147483647,"
                        + " but is 0 # See ota inventory --help",
                "inventory --parallel -1         # Invalid value for option '--parallel': it must be 1 to 2147483647,"
                        + " but is -1 # See ota inventory --help",
                "firmware show f-1 -o xml        # Invalid value for option '--output': it must be table,"
                        + " json or csv, but is \"xml\" # See ota firmware show --help",
                "firmware show                   # Missing required parameter: '<id>' # See ota firmware show --help",
                "firmware find --product p --module M # Missing required argument (specify one of these):"
                        + " (--firmware-version=V | [--newest[=ORDER] [--verified]]) # See ota firmware find --help",
                "firmware find --product p --module M --newest=latest # Invalid value for option '--newest': it"
                        + " must be created or semantic, but is \"latest\" # See ota firmware find --help",
                "module update m-1               # Missing required option: --alias=A or --description=D, or both #"
                        + " See ota module update --help",
                "diff here                       # Missing required parameter: '<B>' # See ota diff --help",
                "demo -o json                    # Unknown options: '-o', 'json' # See ota demo --help",
                "backends --backend here         # Unknown options: '--backend', 'here' # See ota backends --help",
                "simulate --huawei-port 70000    # Invalid value for option '--huawei-port': it must be 0 to 65535,"
                        + " but is 70000 # See ota simulate --help",
                "simulate --aliyun-port x        # Invalid value for option '--aliyun-port': it must be a"
                        + " whole number up to 2147483647, but is \"x\" # See ota simulate --help",
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

    @Test
    void lists_the_backends_if_one_is_unknown() {
        assertThat(run("firmware show f-1 --backend nowhere")).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).isEqualTo("""
            What happened:  There is no backend "nowhere"
            Why:            the configuration has here, there
            What to do:     Name one of these with --backend, or add the backend to the configuration
            """);
    }

    @Test
    void prints_a_completion_script_for_all_commands() {
        assertThat(run("completion")).isZero();
        assertThat(cli.out())
                .startsWith("#!/usr/bin/env bash")
                .contains("module firmware inventory diff backends doctor init demo simulate completion");
        assertThat(cli.out()).contains("\"table\" \"json\" \"csv\"").contains("--huawei-port");
        assertThat(cli.err()).isEmpty();
    }

    private int run(String command) {
        return cli.run(command.isBlank() ? new String[0] : command.strip().split(" +"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module",
                "firmware",
                "inventory",
                "diff",
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
