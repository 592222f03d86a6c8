package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.server.HttpReply;
import io.otabridge.simulators.server.LoopbackServer;
import io.otabridge.simulators.server.ReceivedRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletions whose outcome depends on the network or on another caller. */
class DeleteSimulatorTest {

    private static final String[] DELETE = {"firmware", "delete", "h1", "--yes", "-o", "json"};

    @TempDir
    private Path scratch;

    private final HuaweiSimulator huawei = HuaweiSimulator.start();
    private Cli cli;

    @BeforeEach
    void configure() {
        huawei.addPackage(HuaweiPackage.builder("h1", "hwMeter", "1.0")
                .moduleName("MCU")
                .obsLocation(new HuaweiPackage.ObsLocation("cn-north-4", "images", "a.bin", "SHA256", "12".repeat(32)))
                .build());
        cli = new Cli(scratch);
        cli.write(cli.directory.resolve("ota.yaml"), """
                backends:
                  huawei:
                    vendor: huawei
                    endpoint: %s
                    project-id: %s
                    app-id: %s
                    credentials: { access-key: %s, secret-key: %s }
                """.formatted(
                        huawei.endpoint(), huawei.projectId(), huawei.appId(), huawei.accessKey(), huawei.secretKey()));
    }

    @AfterEach
    void stop() {
        huawei.close();
    }

    @Test
    void reports_an_unknown_deletion_after_a_lost_response() {
        huawei.loseNextResponse();

        assertThat(cli.run(DELETE)).isZero();
        assertThat(cli.out()).contains("\"outcome\": \"gone\"");
        cli.run(DELETE);
        assertThat(cli.out()).contains("\"outcome\": \"absent\"");
    }

    @Test
    void explains_an_unknown_deletion_in_the_table_format() {
        huawei.loseNextResponse();

        cli.run("firmware", "delete", "h1", "--yes");
        assertThat(cli.out())
                .isEqualTo("Backend huawei no longer has firmware h1. The response to the first attempt was lost,"
                        + " so it is not known whether this command deleted it\n");
    }

    @Test
    void succeeds_if_another_caller_deletes_at_the_same_time() {
        huawei.beforeNextDeletion(() -> new Cli(scratch).run(DELETE));

        assertThat(cli.run(DELETE)).isZero();
        assertThat(cli.out()).contains("\"outcome\": \"absent\"");
    }

    @Test
    void succeeds_if_another_caller_deletes_before_the_prompt() {
        AtomicInteger lookups = new AtomicInteger();
        try (LoopbackServer server = LoopbackServer.start(0, 10_000, new LoopbackServer.Service() {
            @Override
            public HttpReply respond(ReceivedRequest call) {
                return lookups.incrementAndGet() == 1
                        ? reply(200, "{\"package_id\":\"h1\",\"version\":\"1.0\"}")
                        : reply(404, "{\"error_code\":\"IOTDA.000001\",\"error_msg\":\"gone\"}");
            }

            @Override
            public HttpReply errorResponse(int status) {
                return reply(status, "");
            }
        })) {
            cli.write(
                    cli.directory.resolve("ota.yaml"),
                    "backends:\n  huawei: { vendor: huawei, endpoint: \"" + server.endpoint()
                            + "\", project-id: \"00\", app-id: a,"
                            + " credentials: { access-key: aaaaaaaa, secret-key: bbbbbbbb } }\n");

            assertThat(cli.run("firmware", "delete", "h1", "-o", "json"))
                    .as(cli::err)
                    .isZero();
        }

        assertThat(cli.out()).contains("\"outcome\": \"absent\"");
        assertThat(lookups).hasValue(2);
    }

    private static HttpReply reply(int status, String body) {
        return new HttpReply(status, Map.of("Content-Type", "application/json"), body);
    }
}
