package io.otabridge.simulators.aliyun;

import io.otabridge.simulators.aliyun.store.AliyunDeviceGroup;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunFirmware.MultiFile;
import io.otabridge.simulators.aliyun.store.AliyunModule;
import io.otabridge.simulators.aliyun.store.AliyunProduct;
import io.otabridge.simulators.aliyun.store.AliyunStore;
import io.otabridge.simulators.objectstore.GeneratedFile;
import io.otabridge.simulators.objectstore.OssSimulator;
import io.otabridge.simulators.server.Digests;
import io.vavr.control.Option;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The initial data of the simulator: the examples of "QueryOTAFirmware" and "ListOTAModuleByProduct", the product that
 * exists at both vendors, and varied invented products.
 */
final class AliyunFixtures {

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'");
    private static final LocalDateTime FIRST_DAY = LocalDateTime.of(2021, 5, 1, 6, 30, 0);
    private static final String MADE = "2019-12-28T02:42:22.000Z";
    private static final String CHANGED = "2019-12-28T02:42:41.000Z";
    private static final String KEY = "ota/572ef2fd12ca4791a5b21a9eb948****/5E962CF83DB1495E8337E9C8A4D1****.bin";
    private static final String SECOND_KEY =
            "ota/572ef2fd12ca4791a5b21a9eb948****/6F962CF83DB1495E8337E9C8A4D1****.bin";
    private static final String NOTICE =
            "{\"ota_notice\":\" Upgrade the underlying camera driver to solve the problem of blurred video images. \"}";

    /** All verification states with their progress. */
    private static final int[][] STATES = {{1, 100}, {-1, 0}, {0, 0}, {2, 40}, {3, 100}};

    private static final List<Product> PRODUCTS = List.of(
            new Product("a1Bq7SmtMtr", "智能电表", List.of("default", "metering", "NB-IoT", "display")),
            new Product("a1Cx3LockX2", "Smart Lock X2", List.of("default", "BLE", "fingerprint", "motor")),
            new Product("a1Dm9GateWy", "工业网关", List.of("default", "kernel", "rootfs", "modem", "PLC", "bootloader")),
            new Product("a1Ev5Chargr", "EV Charger 22kW", List.of("default", "power", "meter", "screen", "4G")),
            new Product("a1Fk2ColdCh", "冷链温湿度记录仪", List.of("default", "sensor", "battery")),
            new Product(
                    "a1Gt8CamPro",
                    "Camera Pro",
                    List.of(
                            "default",
                            "isp",
                            "codec",
                            "ptz",
                            "wifi",
                            "audio",
                            "ir",
                            "ui",
                            "model",
                            "recovery",
                            "MCU")));

    private final AliyunStore store;
    private final OssSimulator objects;
    private final Map<String, GeneratedFile> files = new HashMap<>();

    private AliyunFixtures(AliyunStore store, OssSimulator objects) {
        this.store = store;
        this.objects = objects;
    }

    static void fill(AliyunStore store, OssSimulator objects) {
        AliyunFixtures fixtures = new AliyunFixtures(store, objects);
        fixtures.fill();
        objects.generate(key -> Option.of(fixtures.files.get(key)));
    }

    private void fill() {
        documented();
        shared();
        int number = 0;
        for (Product product : PRODUCTS) {
            store.put(new AliyunProduct(
                    product.key(),
                    product.name(),
                    number % 3 == 0 ? "" : product.name() + " with modules",
                    number * 17,
                    time(number).toInstant(ZoneOffset.UTC).toEpochMilli()));
            for (String moduleName : product.modules()) {
                number++;
                store.put(module(product, moduleName, number));
                store.put(invented(product, moduleName, number));
            }
        }
    }

    private void documented() {
        String scanner = "This module represents the firmware of the barcode scanner.";
        String day = "2020-10-13T09:46Z";
        store.put(new AliyunModule("a1uctKe****", "default", "default", "", day, day));
        store.put(new AliyunModule(
                "a1uctKe****", "barcodeScanner", "Barcode_scanner", scanner, day, "2020-10-19T09:46Z"));
        store.put(new AliyunModule("a19mzPZ****", "default", "default", "", day, day));
        store.put(new AliyunModule("a19mzPZ****", "WifiConfigModify", "WiFi 配网模块", "", day, day));
        store.put(new AliyunProduct("a19mzPZ****", "MyProduct", "", 1, 1_576_723_500_000L));
        store.put(new AliyunDeviceGroup("W16X8Tvdosec****", "test", "", "2018-10-17T11:19:31.000Z"));
        store.put(new AliyunDeviceGroup("a1Canary0000****", "canary", "先行升级的设备", "2022-06-01T03:00:00.000Z"));
        store.put(likeDocumented(AliyunSimulator.DOCUMENTED_FIRMWARE, "t3q5rkNm")
                .file(objects.url(KEY), 924, "3d04ab6462633508606e5f3daac8****")
                .status(2, 0)
                .build());
        store.put(likeDocumented(AliyunSimulator.DELTA_FIRMWARE, "t3q5rkNm-delta")
                .file(objects.url(KEY), 924, "3d04ab6462633508606e5f3daac8****")
                .deltaFrom("1.0.0")
                .status(-1, 0)
                .build());
        String sign = "3d04ab6462633508606e5f3d****";
        store.put(likeDocumented(AliyunSimulator.MULTI_FILE_FIRMWARE, "t3q5rkNm-files")
                .multiFiles(List.of(
                        new MultiFile("firmware1", 200, objects.url(KEY), sign, sign),
                        new MultiFile(
                                "firmware2",
                                1024,
                                objects.url(SECOND_KEY),
                                "93230c3bde425a9d7984a594ac45****",
                                "93230c3bde425a9d7984a594ac56****")))
                .build());
    }

    private static AliyunFirmware.Builder likeDocumented(String firmwareId, String name) {
        return AliyunFirmware.builder(firmwareId, "a19mzPZ****", "4.0.0")
                .firmwareName(name)
                .productName("MyProduct")
                .moduleName("WifiConfigModify")
                .firmwareDesc("modified-WiFi-module")
                .udi(NOTICE)
                .times(MADE, CHANGED);
    }

    private void shared() {
        String product = AliyunSimulator.SHARED_PRODUCT;
        String day = "2022-06-01T03:00Z";
        store.put(new AliyunModule(product, "default", "default", "", day, day));
        store.put(new AliyunProduct(product, "ThermoPlus", "", 3, 1_654_052_400_000L));
        store.put(new AliyunModule(product, "MCU", "微控制单元", "Main controller of ThermoPlus.", day, day));
        GeneratedFile file = new GeneratedFile("ThermoPlus MCU 3.2.1", 262_144);
        store.put(AliyunFirmware.builder(AliyunSimulator.SHARED_PRODUCT_FIRMWARE, product, "3.2.1")
                .firmwareName("ThermoPlus_MCU_3.2.1")
                .productName("ThermoPlus")
                .moduleName("MCU")
                .deltaFrom("3.2.0")
                .file(url("thermo-plus/mcu-3.2.1.bin", file), file.size(), file.md5())
                .firmwareDesc("ThermoPlus 主控固件")
                .times("2022-06-02T03:00:00.000Z", "2022-06-03T03:00:00.000Z")
                .build());
    }

    private static AliyunModule module(Product product, String name, int number) {
        boolean isDefault = name.equals("default");
        LocalDateTime made = time(number);
        return new AliyunModule(
                product.key(),
                name,
                isDefault ? name : name + " 模块",
                isDefault ? "" : "The " + name + " of " + product.name() + ".",
                made.format(MINUTES),
                made.plusDays(number % 4).format(MINUTES));
    }

    /**
     * Returns a package. The packages vary in state, type, number and size of files, and optional members. Files that are
     * larger than 2 GiB do not exist, and their digests are invented.
     */
    private AliyunFirmware invented(Product product, String moduleName, int number) {
        String file = product.key() + "/" + moduleName;
        boolean isSha256 = number % 4 == 0;
        int[] state = STATES[number % STATES.length];
        LocalDateTime made = time(number);
        AliyunFirmware.Builder builder = AliyunFirmware.builder(
                        Digests.md5Hex(file).substring(0, 22) + "0100", product.key(), number % 9 + ".1.0")
                .firmwareName(product.name() + "-" + moduleName)
                .productName(product.name())
                .moduleName(moduleName)
                .status(state[0], state[1])
                .signMethod(isSha256 ? "SHA256" : "MD5")
                .times(made.format(MILLIS), made.plusHours(number).format(MILLIS));
        if (number % 6 == 5) {
            MultiFile system = number == 5
                    ? new MultiFile("系统", 2_147_483_653L, url(file), Digests.md5Hex(file), Digests.md5Hex(file))
                    : part(file, "系统", 1_000 * number);
            builder.multiFiles(List.of(part(file, "boot", 65_536), system));
        } else if (number == 2) {
            builder.file(url(file), 3_221_225_474L, Digests.md5Hex(file));
        } else {
            GeneratedFile content = new GeneratedFile(file, 1_000 * number);
            builder.file(url(file, content), content.size(), isSha256 ? content.sha256() : content.md5());
        }
        if (number % 3 == 1) {
            builder.deltaFrom(number % 9 + ".0.9");
        }
        if (number % 4 != 3) {
            builder.firmwareDesc("修复 " + moduleName + " <\"已知\" & 其他> 问题");
        }
        if (number % 5 == 0) {
            builder.udi("{\"notice\":\"升级" + moduleName + "\",\"reboot\":true}");
        }
        return builder.build();
    }

    private MultiFile part(String file, String name, int size) {
        String path = file + "/" + name;
        GeneratedFile content = new GeneratedFile(path, size);
        return new MultiFile(name, size, url(path, content), content.md5(), content.md5());
    }

    /** Adds a file. Returns its address. */
    private String url(String path, GeneratedFile content) {
        files.put(key(path), content);
        return url(path);
    }

    private String url(String path) {
        return objects.url(key(path));
    }

    private static String key(String path) {
        return "ota/" + Digests.md5Hex(path) + ".bin";
    }

    private static LocalDateTime time(int number) {
        return FIRST_DAY.plusDays(number).plusSeconds(number * 41L);
    }

    private record Product(String key, String name, List<String> modules) {}
}
