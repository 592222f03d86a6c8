package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.app.OtaBridge;
import io.otabridge.cli.context.CliEnvironment;
import io.otabridge.cli.context.Simulators;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.Terminal;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.fleet.FleetOptions;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the command against the simulated clouds over HTTP. */
class SimulatorCommandsTest {

    private static final String LONG = "a-name-for-people-of-42-letters-and-hyphens";

    @TempDir
    private Path scratch;

    private Simulators clouds;
    private Cli cli;

    @BeforeEach
    void start() {
        clouds = Simulators.start(Simulators.Ports.FREE, Cli.CLOCK);
        cli = new Cli(scratch);
        cli.write(cli.directory.resolve("ota.yaml"), clouds.yaml());
    }

    @AfterEach
    void stop() {
        clouds.close();
    }

    @ParameterizedTest
    @CsvSource({
        "module show " + HuaweiSimulator.DOCUMENTED_MODULE + ", name            MCU",
        "module show --product " + HuaweiSimulator.SHARED_PRODUCT + " --name MCU, name            MCU",
        "module show --backend aliyun --product " + AliyunSimulator.SHARED_PRODUCT + " --name MCU, name            MCU",
        "module list --backend aliyun --product a1uctKe****, "
                + "barcodeScanner  Barcode_scanner  -          2020-10-13 17:46:00 +08:00 (2020-10-13T09:46:00Z)  "
                + "This module represents the firmware of the barcode scanner.",
        "product list, "
                + "Thermometer       5ba24f5ebbe8f56f5a14f605  Thermometer  -        2019-03-03 16:10:11 +08:00"
                + " (2019-03-03T08:10:11Z)",
        "product list --backend aliyun, "
                + "ThermoPlus        a1k9ThermoPlus  -            3        2022-06-01 11:00:00 +08:00 (2022-06-01T03:00:00Z)",
        "product list --backend tuya, "
                + "ThermoPlus  a1k9ThermoPlus  -            3        2024-11-12 11:00:00 +08:00 (2024-11-12T03:00:00Z)",
        "group list --backend aliyun, "
                + "canary  a1Canary0000****  -       2022-06-01 11:00:00 +08:00 (2022-06-01T03:00:00Z)  先行升级的设备",
        "firmware show " + HuaweiSimulator.DOCUMENTED_PACKAGE + ", version          V2.0",
        "firmware show --backend aliyun " + AliyunSimulator.DOCUMENTED_FIRMWARE + ", name             t3q5rkNm",
        "firmware show --backend aliyun " + AliyunSimulator.MULTI_FILE_FIRMWARE + ", file 2 of 2",
        "firmware show --backend aliyun " + AliyunSimulator.DELTA_FIRMWARE + ", kind             delta from 1.0.0",
    })
    void finds_items_on_both_clouds(String command, String line) {
        assertThat(cli.run(command.split(" "))).as(cli::err).isZero();
        assertThat(cli.out().lines()).contains(line);
    }

    @Test
    void lists_no_groups_of_a_vendor_without_them() {
        assertThat(cli.run("group", "list", "--backend", "tuya")).isEqualTo(9);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("cannot list device groups").contains("nothing was sent");
    }

    @ParameterizedTest
    @CsvSource({"huawei", "aliyun", "tuya"})
    void lists_the_same_version_of_a_product_on_both_clouds(String backend) {
        String command = "firmware list --product thermometer --module MCU --backend " + backend;

        assertThat(cli.run(command.split(" "))).as(cli::err).isZero();
        assertThat(cli.out().lines()).hasSize(2);
        assertThat(cli.out()).contains("module MCU").contains("thermometer");
    }

    @Test
    void the_shared_product_has_another_id_on_each_vendor() {
        String command = "firmware find --newest --module MCU --backend aliyun --product ";

        assertThat(cli.run((command + "thermometer").split(" "))).as(cli::err).isZero();
        assertThat(cli.run((command + HuaweiSimulator.SHARED_PRODUCT).split(" ")))
                .isEqualTo(3);
        assertThat(cli.err()).contains("map the name in products");
    }

    @Test
    void prints_the_same_schema_for_both_vendors() throws IOException {
        ObjectMapper json = new ObjectMapper();
        cli.run("firmware", "show", HuaweiSimulator.DOCUMENTED_PACKAGE, "-o", "json");
        List<String> huawei = keys(json.readTree(cli.out()));
        cli.run("firmware", "show", AliyunSimulator.DOCUMENTED_FIRMWARE, "-o", "json", "--backend", "aliyun");
        assertThat(keys(json.readTree(cli.out()))).isEqualTo(huawei).contains("verification");
    }

    @ParameterizedTest
    @CsvSource({
        "module show missing, 3",
        "module show " + HuaweiSimulator.DOCUMENTED_MODULE + " --backend aliyun, 9",
        "firmware show missing, 3",
        "firmware show missing --backend aliyun, 3",
        "module show --product missing --name MCU --backend aliyun, 3",
    })
    void exits_with_the_code_of_the_failure(String command, int code) {
        assertThat(cli.run(command.split(" "))).isEqualTo(code);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("What happened:").contains("\nWhat to do:");
    }

    @Test
    void a_wrong_secret_is_denied_and_never_shown() {
        cli.write(cli.directory.resolve("ota.yaml"), clouds.yaml().replace("secret-key: \"", "secret-key: \"X"));
        for (String backend : new String[] {"huawei", "aliyun", "tuya"}) {
            assertThat(cli.run("firmware", "show", "1", "--verbose", "--backend", backend))
                    .isEqualTo(4);
            assertThat(cli.err()).contains("failure         AccessDenied").doesNotContain("FakeSecret");
        }
    }

    @Test
    void reports_an_unavailable_cloud() {
        clouds.close();
        assertThat(cli.run("module", "show", HuaweiSimulator.DOCUMENTED_MODULE)).isEqualTo(7);
        assertThat(cli.err()).startsWith("What happened:  ").contains("\nWhat to do:     ");
    }

    @ParameterizedTest
    @CsvSource({"huawei", "aliyun", "tuya"})
    void finds_the_newest_of_a_product_on_every_cloud(String backend) {
        cli.run("firmware", "find", "--product", "thermometer", "--module", "MCU", "--newest", "--backend", backend);

        assertThat(cli.out()).as(cli::err).contains("version          3.2.1", "target           module MCU");
    }

    @ParameterizedTest
    @CsvSource({"huawei", "aliyun", "tuya"})
    void creates_updates_and_deletes_modules_on_every_cloud(String backend) {
        String radio = " --product thermometer --name Radio --backend " + backend + " -o csv ";

        for (String outcome : new String[] {
            "module create:,would-create:--dry-run",
            "module create:,created:",
            "module create:,existed:",
            "module update:,updated:--alias radio",
            "module delete:,would-delete:--dry-run",
            "module delete:,deleted:--yes",
            "module delete:,absent:--yes",
        }) {
            String[] step = outcome.split(":", -1);
            assertThat(cli.run((step[0] + radio + step[2]).strip().split(" +")))
                    .as(cli::err)
                    .isZero();
            assertThat(cli.out()).contains(step[1]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "module create --product missing --name Radio, 3",
        "module create --product a1uctKe**** --name BarcodeScanner, 5",
        "module create --product a1uctKe**** --name Radio --alias " + LONG + LONG + LONG + ", 5",
        "module delete --product a1uctKe**** --name default, 5",
    })
    void a_dry_run_fails_like_the_command(String command, int code) {
        for (String option : new String[] {"--dry-run", "-o json"}) {
            assertThat(cli.run((command + " --backend aliyun " + option).split(" ")))
                    .isEqualTo(code);
            assertThat(cli.out()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "huawei, " + HuaweiSimulator.DOCUMENTED_PACKAGE,
        "aliyun, " + AliyunSimulator.DOCUMENTED_FIRMWARE,
        "tuya, " + AliyunSimulator.TUYA_FIRMWARE
    })
    void deletes_firmware_on_every_cloud(String backend, String id) {
        assertThat(cli.run("firmware", "delete", id, "--yes", "--backend", backend))
                .isZero();
        assertThat(cli.out()).startsWith("Deleted firmware " + id);
        assertThat(cli.run("firmware", "show", id, "--backend", backend)).isEqualTo(3);
        assertThat(cli.run("firmware", "delete", id, "--yes", "--backend", backend))
                .isZero();
        assertThat(cli.out()).startsWith("Nothing to delete: firmware " + id);
    }

    @Test
    void lists_packages_of_all_clouds() {
        assertThat(cli.run("inventory", "--product", "thermometer")).isZero();
        assertThat(cli.out().lines()).hasSizeGreaterThan(3);
        assertThat(cli.out()).contains("huawei ", "aliyun ", "tuya ");
    }

    @ParameterizedTest
    @CsvSource({"huawei", "aliyun"})
    void continues_while_the_redis_of_a_shared_quota_is_unavailable(String backend) {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                clouds.yaml()
                        .replace(
                                "    vendor: " + backend + "\n",
                                "    vendor: " + backend
                                        + "\n    quota: { redis: \"redis://:s3cret@127.0.0.1:1\" }\n"));

        int code = cli.run("firmware", "list", "--product", "thermometer", "--backend", backend, "--verbose");

        assertThat(code).as(cli::err).isZero();
        assertThat(cli.out()).contains("module MCU");
        assertThat(cli.err()).doesNotContain("s3cret");
    }

    @Test
    void demonstrates_both_vendors_and_the_change() {
        assertThat(cli.run("demo")).as(cli::err).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out())
                .contains(HuaweiSimulator.DOCUMENTED_MODULE, AliyunSimulator.DOCUMENTED_FIRMWARE)
                .containsSubsequence(
                        "  backend         fleet (huawei)",
                        "    backends:\n      fleet:\n  -     vendor: huawei\n",
                        "  +     vendor: aliyun\n",
                        "  + products: { thermometer: { fleet: " + AliyunSimulator.SHARED_PRODUCT + " } }\n",
                        "  backend         fleet (aliyun)");
        assertThat(cli.out())
                .containsPattern("  huawei: job for \\d+ devices to version 3.3.0\n")
                .containsPattern("    FAILED +REASON ")
                .containsPattern("  huawei: a new job for \\d+ failed devices?, ")
                .containsPattern("  aliyun: verification on ")
                .containsPattern("  aliyun: the vendor created no task for 2 of \\d+ devices, ")
                .containsPattern("  aliyun: (\\d+) of \\1 failed devices? retried\n")
                .containsPattern("  aliyun: (\\d+) of \\1 devices have the new version\n");
    }

    @ParameterizedTest
    @CsvSource({
        "huawei, 7d4e1b2c9a8f40d3b6a5c4e3f2d1a0b9, 0983ede187ed4fa0557096ba4a6126e3",
        "aliyun, a1k9ThermoPlusMcu3210100, a1Canary0000****",
    })
    void the_group_canary_has_devices_to_upgrade(String backend, String firmware, String group) {
        try (Simulators devices = Simulators.start(Simulators.Ports.FREE, Cli.CLOCK, FleetOptions.live(5, 1))) {
            cli.write(cli.directory.resolve("ota.yaml"), devices.yaml());

            assertThat(cli.run("job", "create", firmware, "--group", group, "--backend", backend, "--yes"))
                    .as(cli::err)
                    .isZero();
        }
    }

    @Test
    void asks_with_the_number_of_tasks_although_the_vendor_cancels_whole_jobs() {
        String create = "job create a1k9ThermoPlusMcu3210100 --all --backend aliyun --yes -o ids";
        assertThat(cli.run(create.split(" "))).as(cli::err).isZero();
        String job = cli.out().strip();

        assertThat(cli.run("job", "cancel", job, "--backend", "aliyun")).isEqualTo(10);

        assertThat(cli.err()).containsPattern("the cancellation of the tasks \\(\\d+ tasks? now\\) of job " + job);
    }

    @Test
    void simulates_until_it_is_interrupted() throws IOException, InterruptedException {
        Cli simulating = new Cli(Files.createDirectory(scratch.resolve("simulating")));
        int[] code = {-1};
        Thread thread = new Thread(() -> {
            // An interrupt before the wait ends the wait too.
            Thread.currentThread().interrupt();
            code[0] = simulating.run("simulate");
        });
        thread.start();
        thread.join();
        assertThat(code[0]).isZero();
        assertThat(simulating.out())
                .startsWith("# Three simulated clouds.")
                .contains("default: huawei\nbackends:\n  huawei:\n    vendor: huawei\n    endpoint: http://127.0.0.1:");
        assertThat(simulating.err())
                .contains("Press Ctrl-C to stop", "ota module show " + HuaweiSimulator.DOCUMENTED_MODULE);
    }

    @ParameterizedTest
    @CsvSource({"--huawei-port", "--obs-port", "--aliyun-port", "--tuya-port"})
    void names_the_port_that_is_in_use(String option) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(cli.run("simulate", option, String.valueOf(taken.getLocalPort())))
                    .isEqualTo(2);
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err())
                    .isEqualTo("What happened:  A simulator could not be started\n"
                            + "Why:            port " + taken.getLocalPort()
                            + " is in use, or may not be used\n"
                            + "What to do:     Choose another port with " + option + "; 0 takes any free port\n");
        }
    }

    @Test
    void writes_the_configuration_of_the_simulators_to_a_new_file() throws IOException, InterruptedException {
        Path file = cli.directory.resolve("simulated.yaml");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                super.write(bytes, from, length);
                // Ends the simulators after the guide was printed.
                Thread.currentThread().interrupt();
            }
        };
        CliEnvironment environment = new CliEnvironment(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                InputStream.nullInputStream(),
                new Terminal(false, false, false, 80),
                BackendContext.system(),
                cli.directory,
                ZoneOffset.UTC,
                new InterruptActions());
        String[] arguments = {"simulate", "--write-config", "simulated.yaml"};
        Thread thread =
                new Thread(() -> CommandLineFactory.of(environment, arguments).execute(arguments));
        thread.start();
        thread.join();

        assertThat(file).content().startsWith("# Three simulated clouds.");
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8))
                .contains("Wrote " + file + "; name it with --config")
                .doesNotContain("Save standard output");
        try (OtaBridge ota = OtaBridge.load(file)) {
            ota.checkAll();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "simulate --write-config ota.yaml,          exists already",
        "simulate --write-config .,                 is a directory",
        "simulate --write-config . --force,         is a directory",
        "simulate --write-config missing/ota.yaml,  the directory does not exist",
        "simulate --force,                          --force applies to --write-config",
    })
    void does_not_simulate_without_the_file_of_its_configuration(String command, String reason) throws IOException {
        String before = Files.readString(cli.directory.resolve("ota.yaml"));

        assertThat(cli.run(command.split(" "))).isEqualTo(2);
        assertThat(cli.err()).contains(reason).doesNotContain("Press Ctrl-C");
        assertThat(cli.out()).isEmpty();
        assertThat(cli.directory.resolve("ota.yaml")).hasContent(before);
    }

    @Test
    void lists_the_permissions_of_each_backend() {
        assertThat(cli.run("backends", "--permissions")).as(cli::err).isZero();

        assertThat(cli.out().lines())
                .contains(
                        "huawei (huawei)",
                        "  create a module                                       iotda:otamodules:queryList",
                        "                                                        iotda:otamodules:create",
                        "aliyun (aliyun)",
                        "  list the modules of a product                      iot:ListOTAModuleByProduct [1]",
                        "tuya (tuya)",
                        "  No permissions are known: the documents of this vendor describe none.");
        assertThat(cli.out())
                .contains("iotda:otamodules:query [1]", "  [1] Not certain: ")
                .doesNotContain("[4]");
    }

    @Test
    void prints_a_policy_to_copy() throws IOException {
        assertThat(cli.run("backends", "--permissions", "-o", "json"))
                .as(cli::err)
                .isZero();

        JsonNode backends = new ObjectMapper().readTree(cli.out()).path("backends");
        JsonNode huawei = backends.path(0);
        assertThat(huawei.path("policy").toString())
                .isEqualTo("{\"Version\":\"1.1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":["
                        + "\"iotda:otamodules:queryList\",\"iotda:otamodules:query\",\"iotda:otamodules:create\","
                        + "\"iotda:otamodules:update\",\"iotda:otamodules:delete\",\"iotda:otapackages:queryList\","
                        + "\"iotda:otapackages:query\",\"iotda:otapackages:create\",\"iotda:otapackages:delete\","
                        + "\"iotda:products:queryList\",\"iotda:group:queryList\",\"iotda:devices:query\","
                        + "\"iotda:devices:queryList\",\"iotda:batchtasks:queryList\",\"iotda:batchtasks:query\","
                        + "\"iotda:batchtasks:create\",\"iotda:batchtasks:stop\",\"iotda:batchtasks:retry\","
                        + "\"iotda:batchtasks:confirm\",\"iotda:batchtasks:delete\"]},"
                        + "{\"Effect\":\"Allow\",\"Action\":[\"obs:object:GetObject\",\"obs:bucket:ListBucket\","
                        + "\"obs:object:PutObject\",\"obs:object:DeleteObject\","
                        + "\"obs:bucket:ListBucketMultipartUploads\",\"obs:object:ListMultipartUploadParts\","
                        + "\"obs:object:AbortMultipartUpload\",\"obs:bucket:GetBucketLocation\"],"
                        + "\"Resource\":[\"OBS:*:*:bucket:ota-firmware\",\"OBS:*:*:object:ota-firmware/*\"]}]}");
        assertThat(huawei.path("readOnlyPolicy").toString())
                .contains("iotda:otamodules:queryList", "iotda:otapackages:query\"")
                .contains("obs:object:GetObject")
                .doesNotContain("create", "update", "delete", "Put", "Delete", "Abort");
        JsonNode aliyun = backends.path(1);
        assertThat(aliyun.at("/policy/Version").asText()).isEqualTo("1");
        assertThat(aliyun.at("/policy/Statement/0/Resource").asText()).isEqualTo("*");
        assertThat(aliyun.at("/readOnlyPolicy/Statement/0/Action").toString())
                .isEqualTo("[\"iot:ListOTAModuleByProduct\",\"iot:ListOTAFirmware\",\"iot:QueryOTAFirmware\","
                        + "\"iot:ListOTAModuleVersionsByDevice\",\"iot:QueryOTAJob\",\"iot:ListOTAJobByFirmware\","
                        + "\"iot:ListOTAJobByDevice\",\"iot:ListOTATaskByJob\",\"iot:ListOTAUnfinishedTaskByDevice\","
                        + "\"iot:QueryDevice\",\"iot:QueryProductList\",\"iot:QueryDeviceGroupList\"]");
        assertThat(aliyun.at("/permissions/0/uncertain").asText()).contains("iot:<operation>");
        assertThat(huawei.at("/permissions/0/uncertain").isNull()).isTrue();
        assertThat(backends.at("/2/policy").isNull()).isTrue();
        assertThat(backends.at("/2/permissions")).isEmpty();
    }

    @Test
    void lists_permissions_as_csv() {
        assertThat(cli.run("backends", "--permissions", "-o", "csv"))
                .as(cli::err)
                .isZero();

        assertThat(cli.out().lines().map(String::strip))
                .startsWith("name,vendor,capability,operation,action,uncertain")
                .contains("huawei,huawei,list-firmware,ListOtaPackageInfo,iotda:otapackages:queryList,");
    }

    private static List<String> keys(JsonNode json) {
        List<String> keys = new ArrayList<>();
        json.get("firmware").fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
