package com.example.ota;

import io.otabridge.aliyun.AliyunConfig;
import io.otabridge.app.OtaConfig;
import io.otabridge.huawei.HuaweiConfig;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import java.util.Map;

/** Simulators of two vendors with their object stores, and the configuration for them. */
final class SimulatedClouds implements AutoCloseable {

    final HuaweiSimulator huawei = HuaweiSimulator.start();
    final AliyunSimulator aliyun = AliyunSimulator.start();

    OtaConfig config() {
        return OtaConfig.builder()
                .backend(
                        "prod",
                        HuaweiConfig.builder()
                                .endpoint(huawei.endpoint().toString())
                                .projectId(huawei.projectId())
                                .appId(huawei.appId())
                                .accessKey(huawei.accessKey(), huawei.secretKey())
                                .obsBucket(huawei.objectStore().bucket())
                                .obsRegion(huawei.region())
                                .obsEndpoint(huawei.objectStore().endpoint().toString())
                                .build())
                .backend(
                        "legacy",
                        AliyunConfig.builder()
                                .endpoint(aliyun.endpoint().toString())
                                .instanceId(aliyun.instanceId())
                                .accessKey(aliyun.accessKey(), aliyun.secretKey())
                                .build())
                .defaultBackend("prod")
                .product(
                        "thermometer",
                        Map.of("prod", HuaweiSimulator.SHARED_PRODUCT, "legacy", AliyunSimulator.SHARED_PRODUCT))
                .build();
    }

    @Override
    public void close() {
        huawei.close();
        aliyun.close();
    }
}
