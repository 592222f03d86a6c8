package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.simulators.server.HttpReply;
import io.otabridge.simulators.server.LoopbackServer;
import io.otabridge.simulators.server.ReceivedRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests vendors whose list and details contradict each other, or that do not know one type of package. */
class ContradictingVendorTest implements LoopbackServer.Service {

    private static final String LISTED = "\"product_id\":\"aa11\",\"module_name\":\"MCU\",\"version\":\"1.0.0\"";

    @TempDir
    private Path scratch;

    private final LoopbackServer server = LoopbackServer.start(0, 10_000, this);
    private String huaweiDetails = LISTED;
    private String aliyunDetails =
            "\"DestVersion\":\"1.0.0\",\"ProductKey\":\"aa11\",\"ModuleName\":\"MCU\",\"Status\":1";
    private String refusedType = "";
    private Cli cli;

    @BeforeEach
    void configure() {
        cli = new Cli(scratch);
        cli.write(cli.directory.resolve("ota.yaml"), """
                default: ali
                backends:
                  ali: { vendor: aliyun, endpoint: "%1$s", pacing: off, credentials: { access-key: aaaaaaaa, secret-key: bbbbbbbb } }
                  hw: { vendor: huawei, endpoint: "%1$s", pacing: off, project-id: "00", app-id: a,
                        credentials: { access-key: aaaaaaaa, secret-key: bbbbbbbb } }
                """.formatted(server.endpoint()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--firmware-version 1.0.0", "--newest", "--newest=semantic", "--newest --verified"})
    void shows_a_package_whose_details_match_the_list(String which) {
        assertThat(find("ali", which)).as(cli.err()).isZero();
        assertThat(find("hw", which)).as(cli.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--firmware-version 1.0.0", "--newest", "--newest=semantic", "--newest --verified"})
    void shows_fields_that_only_the_list_has(String which) {
        aliyunDetails = "\"DestVersion\":\"1.0.0\"";
        huaweiDetails = "\"version\":\"1.0.0\",\"module_name\":\"MCU\"";

        assertThat(find("ali", which + " -o json")).as(cli.err()).isZero();
        assertThat(cli.out()).contains("aa11", "MCU", "verified").doesNotContain("not stated", "notStated");
        assertThat(find("hw", which + " -o json")).as(cli.err()).isZero();
        assertThat(cli.out()).contains("aa11", "MCU");
    }

    @Test
    void quotes_values_that_differ_in_blanks() {
        aliyunDetails = aliyunDetails.replace("1.0.0", "1.0.0 ");

        assertThat(find("ali", "--firmware-version 1.0.0")).isNotZero();
        assertThat(cli.err()).contains("version: requested 1.0.0, received \"1.0.0 \"");
    }

    @ParameterizedTest
    @CsvSource({
        "\"version\":\"9.9.9\", 'version: requested 1.0.0, received 9.9.9'",
        "\"product_id\":\"bb22\", 'product: requested aa11, received bb22'",
        "\"module_name\":\"modem\", 'target: requested module MCU, received module modem'"
    })
    void rejects_details_of_another_package_on_huawei(String member, String difference) {
        String name = member.substring(0, member.indexOf(':'));
        huaweiDetails = LISTED.replaceFirst(name + ":\"[^\"]*\"", member);

        for (String which : new String[] {"--firmware-version 1.0.0", "--newest", "--newest=semantic"}) {
            assertThat(find("hw", which)).as(which).isNotZero();
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err()).contains(difference);
        }
    }

    @Test
    void rejects_details_of_another_package_on_alibaba() {
        aliyunDetails = "\"DestVersion\":\"9.9.9\",\"ProductKey\":\"AA11\",\"ModuleName\":\"default\",\"Status\":1";

        for (String which : new String[] {"--firmware-version 1.0.0", "--newest", "--newest=semantic"}) {
            assertThat(find("ali", which)).as(which).isNotZero();
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err())
                    .contains("product: requested aa11, received AA11")
                    .contains("target: requested module MCU, received the whole device")
                    .contains("version: requested 1.0.0, received 9.9.9");
        }
    }

    @Test
    void rejects_a_package_whose_details_are_not_verified() {
        aliyunDetails = aliyunDetails.replace("\"Status\":1", "\"Status\":3");

        assertThat(find("ali", "--newest")).isZero();
        assertThat(find("ali", "--newest --verified")).isNotZero();
        assertThat(cli.err()).contains("verification: requested a state that permits a rollout, received Failed");
    }

    @Test
    void does_not_compare_files_of_another_package() {
        huaweiDetails = LISTED.replace("1.0.0", "9.9.9");

        assertThat(cli.run("diff", "ali", "hw")).isGreaterThan(1);
        assertThat(cli.err()).contains("version: requested 1.0.0, received 9.9.9");
    }

    @Test
    void lists_known_package_types_with_a_note() {
        refusedType = "softwarePackage";

        assertThat(cli.run("firmware", "list", "--backend", "hw", "-o", "csv")).isZero();
        assertThat(cli.out()).contains("MCU,1.0.0");
        assertThat(cli.err())
                .isEqualToIgnoringNewLines(
                        "Note: Backend hw rejects the package type softwarePackage, so packages of this"
                                + " type are not listed");
    }

    private int find(String backend, String which) {
        return cli.run(("firmware find --backend " + backend + " --product aa11 --module MCU " + which).split(" "));
    }

    @Override
    public HttpReply respond(ReceivedRequest call) {
        if (call.rawPath().endsWith("/packages")) {
            String type = parameter(call, "package_type");
            String packages = type.equals("modulePackage") ? "{\"package_id\":\"p1\"," + LISTED + "}" : "";
            return type.equals(refusedType)
                    ? reply(400, "{\"error_code\":\"IOTDA.000006\",\"error_msg\":\"Invalid input data\"}")
                    : reply(200, "{\"packages\":[" + packages + "]}");
        }
        if (call.rawPath().endsWith("/packages/p1")) {
            return reply(200, "{\"package_id\":\"p1\",\"package_type\":\"modulePackage\"," + huaweiDetails + "}");
        }
        return call.header("x-acs-action").contains("ListOTAFirmware")
                ? reply(
                        200,
                        "{\"Success\":true,\"Total\":1,\"PageCount\":1,\"FirmwareInfo\":[{\"FirmwareId\":\"f1\","
                                + "\"DestVersion\":\"1.0.0\",\"ProductKey\":\"aa11\",\"ModuleName\":\"MCU\",\"Status\":1}]}")
                : reply(200, "{\"Success\":true,\"FirmwareInfo\":{\"FirmwareId\":\"f1\"," + aliyunDetails + "}}");
    }

    @Override
    public HttpReply errorResponse(int status) {
        return reply(status, "");
    }

    private static String parameter(ReceivedRequest call, String name) {
        return call.query().stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(ReceivedRequest.Parameter::value)
                .findFirst()
                .orElse("");
    }

    private static HttpReply reply(int status, String body) {
        return new HttpReply(status, Map.of("Content-Type", "application/json"), body);
    }
}
