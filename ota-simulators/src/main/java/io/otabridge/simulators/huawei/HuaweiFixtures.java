package io.otabridge.simulators.huawei;

import io.otabridge.simulators.huawei.store.HuaweiDeviceGroup;
import io.otabridge.simulators.huawei.store.HuaweiModule;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.huawei.store.HuaweiPackage.ObsLocation;
import io.otabridge.simulators.huawei.store.HuaweiProduct;
import io.otabridge.simulators.objectstore.GeneratedFile;
import io.otabridge.simulators.server.Digests;
import io.vavr.control.Option;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The initial data of the simulator: varied invented products, the product that exists at both vendors, and the
 * examples of "Obtain an OTA Module" and "Query OTA Upgrade Package Details". The examples are added last, so that
 * lists start with them.
 */
final class HuaweiFixtures {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
    private static final LocalDateTime FIRST_DAY = LocalDateTime.of(2022, 3, 1, 8, 0, 0);

    private static final List<Product> PRODUCTS = List.of(
            new Product("624a3f0c9d1e4b5a8c7d6e01", "智能电表", List.of("MCU", "metering", "NB-IoT", "display")),
            new Product("624a3f0c9d1e4b5a8c7d6e02", "Smart Lock X2", List.of("MCU", "BLE", "fingerprint", "motor")),
            new Product("624a3f0c9d1e4b5a8c7d6e03", "工业网关", List.of("kernel", "rootfs", "modem", "PLC", "bootloader")),
            new Product(
                    "624a3f0c9d1e4b5a8c7d6e04", "EV Charger 22kW", List.of("MCU", "power", "meter", "screen", "4G")),
            new Product("624a3f0c9d1e4b5a8c7d6e05", "冷链温湿度记录仪", List.of("MCU", "sensor", "battery")),
            new Product(
                    "624a3f0c9d1e4b5a8c7d6e06",
                    "Camera Pro",
                    List.of("isp", "codec", "ptz", "wifi", "audio", "ir", "ui", "model", "recovery", "MCU")));

    /** The device types of {@link #PRODUCTS}. */
    private static final List<String> DEVICE_TYPES =
            List.of("SmartMeter", "SmartLock", "Gateway", "Charger", "DataLogger", "Camera");

    private HuaweiFixtures() {}

    /**
     * Adds the modules and packages.
     *
     * @return the files of the packages by their object keys
     */
    static Function<String, Option<GeneratedFile>> fill(
            String bucket, Consumer<HuaweiModule> modules, Consumer<HuaweiPackage> packages) {
        Map<String, GeneratedFile> files = new HashMap<>();
        int number = 0;
        for (Product product : PRODUCTS) {
            for (String moduleName : product.modules()) {
                number++;
                modules.accept(module(product, moduleName, number));
                packages.accept(invented(product, moduleName, number, bucket, files));
            }
        }
        shared(modules, packages, bucket, files);
        documented(modules, packages);
        return key -> Option.of(files.get(key));
    }

    /** The products of the modules and packages, and a group of groups. */
    static void fillProducts(Consumer<HuaweiProduct> products, Consumer<HuaweiDeviceGroup> deviceGroups) {
        int number = 0;
        for (Product product : PRODUCTS) {
            number++;
            products.accept(new HuaweiProduct(
                    product.id(),
                    HuaweiSimulator.APP_ID,
                    product.name(),
                    DEVICE_TYPES.get(number - 1),
                    number % 3 == 0
                            ? null
                            : product.name() + " with " + product.modules().size() + " modules",
                    time(number)));
        }
        products.accept(new HuaweiProduct(
                HuaweiSimulator.SHARED_PRODUCT,
                HuaweiSimulator.APP_ID,
                "ThermoPlus",
                "Thermometer",
                null,
                "20230209T060000Z"));
        products.accept(new HuaweiProduct(
                "5ba24f5ebbe8f56f5a14f605",
                HuaweiSimulator.APP_ID,
                "Thermometer",
                "Thermometer",
                "this is a thermometer produced by Huawei",
                "20190303T081011Z"));
        String parent = id("group", "", "canary");
        deviceGroups.accept(new HuaweiDeviceGroup(parent, "canary", "先行升级的设备", null));
        deviceGroups.accept(new HuaweiDeviceGroup(id("group", parent, "lab"), "lab", null, parent));
    }

    private static HuaweiModule module(Product product, String name, int number) {
        boolean isDescribed = number % 3 != 0;
        return new HuaweiModule(
                id("module", product.id(), name),
                HuaweiSimulator.APP_ID,
                product.id(),
                product.name(),
                name,
                isDescribed ? name + " 模块" : null,
                isDescribed ? "The " + name + " of " + product.name() + "." : null,
                time(number));
    }

    /** Returns a package. The packages vary in type, number of source versions and optional members. */
    private static HuaweiPackage invented(
            Product product, String moduleName, int number, String bucket, Map<String, GeneratedFile> files) {
        String version = number % 5 == 0 ? number + ".0.0-rc.1_build-" + number : "V" + number + ".0";
        HuaweiPackage.Builder builder = HuaweiPackage.builder(
                        id("package", product.id(), moduleName), product.id(), version)
                .createTime(time(number));
        switch (number % 3) {
            case 0 -> builder.packageType("softwarePackage");
            case 1 -> builder.packageType("firmwarePackage");
            default -> builder.moduleName(moduleName);
        }
        if (number % 4 != 0) {
            builder.productName(product.name())
                    .description(product.name() + " 升级包 " + version)
                    .supportSourceVersions(sourceVersions(number));
        }
        if (number % 6 == 1) {
            builder.customInfo("{\"reboot\":true,\"notice\":\"更新了" + moduleName + "功能\"}");
        }
        boolean isSigned = number % 4 != 3;
        String key = product.id() + "/" + moduleName + "/固件 " + version + ".bin";
        GeneratedFile file = new GeneratedFile(key, 1_000 * number);
        files.put(key, file);
        return builder.obsLocation(new ObsLocation(
                        HuaweiSimulator.REGION,
                        bucket,
                        key,
                        isSigned ? "SHA256" : null,
                        isSigned ? file.sha256() : null))
                .build();
    }

    /** Returns between none and the maximum number of source versions. */
    private static List<String> sourceVersions(int number) {
        int count = number % 7 == 0 ? 20 : number % 5;
        return IntStream.rangeClosed(1, count).mapToObj(minor -> "V0." + minor).toList();
    }

    private static void shared(
            Consumer<HuaweiModule> modules,
            Consumer<HuaweiPackage> packages,
            String bucket,
            Map<String, GeneratedFile> files) {
        Product product = new Product(HuaweiSimulator.SHARED_PRODUCT, "ThermoPlus", List.of());
        modules.accept(new HuaweiModule(
                id("module", product.id(), "MCU"),
                HuaweiSimulator.APP_ID,
                product.id(),
                product.name(),
                "MCU",
                "微控制单元",
                "Main controller of ThermoPlus.",
                "20230209T060000Z"));
        String key = "thermo-plus/mcu-3.2.1.bin";
        GeneratedFile file = new GeneratedFile("ThermoPlus MCU 3.2.1", 262_144);
        files.put(key, file);
        packages.accept(HuaweiPackage.builder(HuaweiSimulator.SHARED_PRODUCT_PACKAGE, product.id(), "3.2.1")
                .productName(product.name())
                .moduleName("MCU")
                .supportSourceVersions(List.of("3.1.0", "3.2.0"))
                .description("ThermoPlus 主控固件")
                .createTime("20230210T060000Z")
                .obsLocation(new ObsLocation(HuaweiSimulator.REGION, bucket, key, "SHA256", file.sha256()))
                .build());
    }

    private static void documented(Consumer<HuaweiModule> modules, Consumer<HuaweiPackage> packages) {
        modules.accept(new HuaweiModule(
                HuaweiSimulator.DOCUMENTED_MODULE,
                HuaweiSimulator.APP_ID,
                "5ba24f5ebbe8f56f5a14f605",
                "Thermometer",
                "MCU",
                "Micro Controller Unit",
                "Microcontroller unit firmware module.",
                "20230211T121212Z"));
        packages.accept(HuaweiPackage.builder(HuaweiSimulator.DOCUMENTED_PACKAGE, "5ba24f5ebbe8f56f5a14f605", "V2.0")
                .supportSourceVersions(List.of("V1.0", "V1.1"))
                .description("package for version V1.0 and V1.1")
                .customInfo("更新了XX功能,修复了XXXX问题")
                .createTime("20230211T121212Z")
                .obsLocation(new ObsLocation(
                        "cn-north-4",
                        "abc",
                        "bbb/upgrade.bin",
                        null,
                        "595124473f866b033dfa1f7e831c8c99a12f6143f392dfa996a819010842c99d"))
                .build());
    }

    private static String id(String kind, String productId, String name) {
        return Digests.md5Hex(kind + "/" + productId + "/" + name);
    }

    private static String time(int number) {
        return FIRST_DAY.plusDays(number).plusSeconds(number * 37L).format(TIME);
    }

    private record Product(String id, String name, List<String> modules) {}
}
