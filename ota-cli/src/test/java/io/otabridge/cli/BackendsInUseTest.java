package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a command checks only the configuration of the backends that it uses. */
class BackendsInUseTest {

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(scratch);
        cli.write(cli.directory.resolve("ota.yaml"), """
                default: here
                backends:
                  here: { vendor: memory }
                  prod:
                    vendor: huawei
                    region: cn-north-4
                    project-id: 04ed32dc1b0025b52fe3c01a27c2b0a8
                    credentials: { access-key: "${HW_AK}", secret-key: "${HW_SK}" }
                  legacy:
                    vendor: memory
                    colour: red
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module list --product thermometer",
                "firmware list --product thermometer",
                "inventory --backends here",
                "doctor --backend here"
            })
    void variables_of_other_backends_are_not_required(String command) {
        assertThat(cli.run(command.split(" "))).as(cli.err()).isZero();
        assertThat(cli.err()).doesNotContain("HW_");
    }

    @Test
    void only_the_backend_in_use_is_checked() {
        assertThat(cli.run("module", "show", "m-1", "--backend", "prod")).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .contains("line 8: backends.prod.credentials.access-key refers to ${HW_AK}")
                .contains("line 8: backends.prod.credentials.secret-key refers to ${HW_SK}")
                .doesNotContain("legacy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backends", "doctor", "inventory"})
    void a_command_for_all_backends_checks_all(String command) {
        assertThat(cli.run(command)).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .contains("line 8: backends.prod.credentials.access-key refers to ${HW_AK}")
                .contains("line 8: backends.prod.credentials.secret-key refers to ${HW_SK}")
                .contains("line 11: backends.legacy has an unknown setting");
    }
}
