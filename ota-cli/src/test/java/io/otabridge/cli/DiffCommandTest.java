package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares three simulated clouds with known differences over HTTP. */
class DiffCommandTest {

    private static final String SHA = "62d57a22a565c7e028262980388d561ac3ee03bcf8ba3223fa1082e074e91d90";
    private static final String OTHER_SHA = "1f".repeat(32);
    private static final String MD5 = "a102c9bd52f522f4b517023cef6865c3";
    private static final String OTHER_MD5 = "1f".repeat(16);

    @TempDir
    private Path scratch;

    private final HuaweiSimulator huawei = HuaweiSimulator.start(0, Cli.CLOCK);
    private final AliyunSimulator first = AliyunSimulator.start(0, Cli.CLOCK);
    private final AliyunSimulator second = AliyunSimulator.start(0, Cli.CLOCK);
    private Cli cli;

    @BeforeEach
    void configure() {
        cli = new Cli(scratch);
        cli.write(
                cli.directory.resolve("ota.yaml"),
                """
                default: huawei
                backends:
                  huawei:
                    vendor: huawei
                    endpoint: %s
                    project-id: %s
                    app-id: %s
                    credentials: { access-key: %s, secret-key: %s }
                """.formatted(
                                        huawei.endpoint(),
                                        huawei.projectId(),
                                        huawei.appId(),
                                        huawei.accessKey(),
                                        huawei.secretKey())
                        + aliyun("first", first)
                        + aliyun("second", second)
                        + "products:\n  meter: { huawei: hwMeter, first: aliMeter1, second: aliMeter2 }\n");
    }

    private static String aliyun(String name, AliyunSimulator simulator) {
        return """
                  %s:
                    vendor: aliyun
                    endpoint: %s
                    instance-id: %s
                    credentials: { access-key: %s, secret-key: %s }
                """.formatted(
                name, simulator.endpoint(), simulator.instanceId(), simulator.accessKey(), simulator.secretKey());
    }

    @AfterEach
    void stop() {
        huawei.close();
        first.close();
        second.close();
    }

    @Test
    void lists_the_differences_of_two_vendors() {
        huawei.addPackage(onHuawei("h1", "MCU", "1.0", SHA));
        first.addFirmware(onAliyun("a1", "aliMeter1", "MCU", "1.0")
                .signMethod("SHA256")
                .file("http://f", 9, SHA)
                .build());
        huawei.addPackage(onHuawei("h2", "MCU", "1.1", SHA));
        first.addFirmware(onAliyun("a2", "aliMeter1", "MCU", "1.1")
                .signMethod("SHA256")
                .file("http://f", 9, OTHER_SHA)
                .build());
        huawei.addPackage(onHuawei("h3", "MCU", "1.2", SHA));
        first.addFirmware(onAliyun("a4", "aliMeter1", "modem", "1.2")
                .file("http://f", 9, MD5)
                .build());
        huawei.addPackage(onHuawei("h5", "MCU", "1.3", SHA));
        first.addFirmware(onAliyun("a5", "aliMeter1", "MCU", "1.3")
                .file("http://f", 9, MD5)
                .build());

        assertThat(diff("huawei", "first")).isEqualTo(1);

        assertThat(cli.out()).isEqualTo("""
                difference,product,target,module,version,left_id,right_id,details
                different-content,meter,module,MCU,1.1,h2,a2,SHA-256 %s and %s
                only-left,meter,module,MCU,1.2,h3,,id h3
                only-right,meter,module,modem,1.2,,a4,id a4
                """.formatted(SHA, OTHER_SHA));
        cli.run("diff", "huawei", "first", "--product", "meter");
        assertThat(cli.out())
                .endsWith("\n2 packages are the same on both, as far as known; the content of 1 could not be"
                        + " compared, because there is no digest of the same algorithm on both sides.\n");
    }

    @Test
    void lists_the_differences_of_two_accounts() {
        first.addFirmware(onAliyun("a1", "aliMeter1", "default", "1.0")
                .file("http://f", 9, MD5)
                .build());
        second.addFirmware(onAliyun("b1", "aliMeter2", "default", "1.0")
                .file("http://g", 9, MD5)
                .build());
        first.addFirmware(onAliyun("a2", "aliMeter1", "MCU", "2.0")
                .file("http://f", 9, MD5)
                .build());
        second.addFirmware(onAliyun("b2", "aliMeter2", "MCU", "2.0")
                .file("http://g", 10, MD5)
                .build());
        first.addFirmware(onAliyun("a3", "aliMeter1", "MCU", "3.0")
                .status(1, 100)
                .file("http://f", 9, MD5)
                .build());
        second.addFirmware(onAliyun("b3", "aliMeter2", "MCU", "3.0")
                .status(3, 100)
                .file("http://g", 9, OTHER_MD5)
                .build());

        assertThat(diff("first", "second")).isEqualTo(1);

        assertThat(cli.out()).isEqualTo("""
                difference,product,target,module,version,left_id,right_id,details
                different-content,meter,module,MCU,2.0,a2,b2,size 9 and 10 bytes
                different-content,meter,module,MCU,3.0,a3,b3,MD5 %s and %s
                verified-only-left,meter,module,MCU,3.0,a3,b3,verified and failed
                """.formatted(MD5, OTHER_MD5));
    }

    @Test
    void a_mistyped_product_is_not_the_same_on_both_backends() {
        assertThat(cli.run("diff", "first", "second", "--product", "metre")).isEqualTo(3);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .contains("Did you mean meter?", "Nothing was compared: neither backend has packages of product metre");
    }

    @Test
    void reports_that_two_accounts_do_not_differ() {
        first.addFirmware(onAliyun("a1", "aliMeter1", "MCU", "1.0")
                .file("http://f", 9, MD5)
                .build());
        second.addFirmware(onAliyun("b1", "aliMeter2", "MCU", "1.0")
                .file("http://g", 9, MD5)
                .build());

        assertThat(cli.run("diff", "first", "second", "--product", "meter")).isZero();
        assertThat(cli.out()).isEqualTo("No difference. 1 package is the same on both, as far as known.\n");
    }

    @Test
    void cannot_compare_with_an_unavailable_cloud() {
        second.close();

        assertThat(diff("first", "second")).isEqualTo(7);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("second");
    }

    @Test
    void lists_the_other_clouds_if_one_is_unavailable() {
        first.addFirmware(onAliyun("a1", "aliMeter1", "MCU", "1.0")
                .file("http://f", 9, MD5)
                .build());
        second.close();

        assertThat(cli.run("inventory", "--product", "meter")).isEqualTo(7);

        assertThat(cli.out().lines()).hasSize(2);
        assertThat(cli.out()).contains("first").contains("meter");
        assertThat(cli.err()).contains("second");
    }

    private int diff(String left, String right) {
        return cli.run("diff", left, right, "--product", "meter", "-o", "csv");
    }

    private static HuaweiPackage onHuawei(String id, String module, String version, String sha256) {
        return HuaweiPackage.builder(id, "hwMeter", version)
                .moduleName(module)
                .obsLocation(new HuaweiPackage.ObsLocation("cn-north-4", "images", "a.bin", "SHA256", sha256))
                .build();
    }

    private static AliyunFirmware.Builder onAliyun(String id, String product, String module, String version) {
        return AliyunFirmware.builder(id, product, version).moduleName(module).status(1, 100);
    }
}
