package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.cli.context.Simulators;
import io.otabridge.cli.terminal.DisplayWidth;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that the output for simulated clouds fits a terminal. */
class NarrowTerminalTest {

    @TempDir
    private Path scratch;

    private final Simulators clouds = Simulators.start(Simulators.Ports.FREE, Cli.CLOCK);
    private Cli cli;

    @BeforeEach
    void configure() {
        cli = new Cli(scratch);
        cli.write(cli.directory.resolve("ota.yaml"), clouds.yaml());
    }

    @AfterEach
    void stop() {
        clouds.close();
    }

    @ParameterizedTest
    @CsvSource({
        "firmware list,                          FIRMWARE ID",
        "firmware list --backend aliyun,         FIRMWARE ID",
        "firmware list --backend tuya,           FIRMWARE ID",
        "module list --product thermometer,      NAME",
        "product list,                           NAME",
        "product list --backend aliyun,          NAME",
        "group list,                             NAME",
        "inventory,                              huawei (huawei)",
        "diff huawei aliyun,                     DIFFERENCE",
        "diff aliyun tuya,                       DIFFERENCE",
        "backends,                               NAME",
        "backends --permissions,                 huawei (huawei)",
        "doctor,                                 huawei (huawei)",
        "firmware show 28f61af50fc9452aa0ed5ea25c3cc3d3, backend",
    })
    void fits_80_columns_without_a_broken_word(String command, String heading) {
        cli.run(command.split(" "));
        Set<String> words = words(cli.out());
        cli.showOutput();

        cli.run(command.split(" "));

        assertThat(cli.out()).startsWith(heading);
        assertThat(cli.out().lines()).allMatch(line -> DisplayWidth.of(line) <= 80);
        // A short form is another word: a day or minute, a name in parentheses, the first digits of a digest.
        assertThat(words(cli.out()))
                .allMatch(word -> words.contains(word)
                        || word.matches(
                                "\\d{4}-\\d\\d-\\d\\d|\\d\\d:\\d\\d|\\(\\w+\\)|[0-9a-f]{12}…|\\p{IsHan}+|VERIFIED|yes|no|need|not|yet|full|delta|-"
                                        + "|Not|shown,|because|the|terminal|is|too|narrow:|[A-Z]+,"));
        assertThat(cli.out()).doesNotContainPattern("(?m)^(KIND|TARGET) ");
    }

    @ParameterizedTest
    @CsvSource({
        "firmware list --backend aliyun --sort size, SIZE",
        "firmware list --sort created, CREATED",
        "firmware list --backend aliyun, VERIFIED"
    })
    void keeps_the_column_of_the_order_and_the_verification(String command, String column) {
        cli.showOutput();

        cli.run(command.split(" "));

        assertThat(cli.out().lines().findFirst().orElseThrow()).contains(column);
        assertThat(cli.out()).doesNotContain("VERIFICATION");
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(List.of(text.split("\\s+")));
    }

    @Test
    void names_products_and_shows_short_sizes() {
        cli.showOutput(200);

        cli.run("firmware", "list", "--backend", "aliyun");

        assertThat(cli.out())
                .contains("thermometer", "Camera Pro", "3.0 GiB")
                .doesNotContain("3221225472", "a1k9ThermoPlus ");
    }

    @Test
    void writes_the_whole_table_to_a_pipe() {
        cli.run("firmware", "list");

        assertThat(cli.out()).contains("KIND", "VERIFICATION", "not offered by this vendor", "2023-02-11T12:12:12Z");
        assertThat(cli.out().lines().filter(String::isBlank)).isEmpty();
    }
}
