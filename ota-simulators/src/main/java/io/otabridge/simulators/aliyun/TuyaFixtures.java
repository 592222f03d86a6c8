package io.otabridge.simulators.aliyun;

import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunModule;
import io.otabridge.simulators.aliyun.store.AliyunProduct;
import io.otabridge.simulators.aliyun.store.AliyunStore;
import io.otabridge.simulators.objectstore.GeneratedFile;
import io.otabridge.simulators.objectstore.OssSimulator;
import io.vavr.control.Option;

/**
 * The initial data of a simulated Tuya deployment: the documented examples, and the product that exists at all
 * vendors.
 */
final class TuyaFixtures {

    private TuyaFixtures() {}

    static void fill(AliyunStore store, OssSimulator objects) {
        String day = "2024-11-11T07:36Z";
        store.put(new AliyunModule(AliyunSimulator.TUYA_PRODUCT, "ble", "BLE模块", "BLE模块", day, day));
        store.put(AliyunFirmware.builder(AliyunSimulator.TUYA_FIRMWARE, AliyunSimulator.TUYA_PRODUCT, "1.0.1")
                .firmwareName("t3q5rkNm")
                .productName("ble1")
                .moduleName("ble")
                .status(2, 0)
                .file(objects.url(key("ble-1.0.1")), 1421, "3d04ab6462633508606e5f3daac8****")
                .firmwareDesc("ble firmware")
                .udi("{\"包含重大安全更新\"}")
                .times("2024-11-11T07:36:00.000Z", "2024-11-11T07:37:00.000Z")
                .build());
        store.put(new AliyunProduct(AliyunSimulator.TUYA_PRODUCT, "ble1", "", 1, 1_731_310_560_000L));
        String product = AliyunSimulator.SHARED_PRODUCT;
        store.put(new AliyunProduct(product, "ThermoPlus", "", 3, 1_731_380_400_000L));
        store.put(new AliyunModule(product, "default", "default", "", day, day));
        store.put(new AliyunModule(product, "MCU", "微控制单元", "Main controller of ThermoPlus.", day, day));
        GeneratedFile file = new GeneratedFile("ThermoPlus MCU 3.2.1", 262_144);
        objects.generate(key -> Option.when(key.equals(key("mcu-3.2.1")), file));
        store.put(AliyunFirmware.builder("168", product, "3.2.1")
                .firmwareName("ThermoPlus_MCU_3.2.1")
                .productName("ThermoPlus")
                .moduleName("MCU")
                .signMethod("SHA256")
                .file(objects.url(key("mcu-3.2.1")), file.size(), file.sha256())
                .firmwareDesc("ThermoPlus 主控固件")
                .times("2024-11-12T03:00:00.000Z", "2024-11-13T03:00:00.000Z")
                .build());
    }

    private static String key(String name) {
        return "ota/firmware/" + name + ".bin";
    }
}
