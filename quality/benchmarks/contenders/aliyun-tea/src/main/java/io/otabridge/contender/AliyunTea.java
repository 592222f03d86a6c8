package io.otabridge.contender;

import com.aliyun.iot20180120.Client;
import com.aliyun.iot20180120.models.QueryOTAFirmwareRequest;
import com.aliyun.teaopenapi.models.Config;
import java.net.URI;
import java.util.function.UnaryOperator;

/** QueryOTAFirmware with the official Tea SDK in its default configuration. */
public final class AliyunTea implements UnaryOperator<String> {

    private final Client client;

    public AliyunTea(String endpoint) throws Exception {
        this.client = new Client(new Config()
                .setAccessKeyId("AKBENCHMARK")
                .setAccessKeySecret("benchmark-secret")
                .setRegionId("cn-shanghai")
                .setProtocol("HTTP")
                .setEndpoint(URI.create(endpoint).getAuthority()));
    }

    @Override
    public String apply(String id) {
        try {
            return client.queryOTAFirmware(
                            new QueryOTAFirmwareRequest().setFirmwareId(id).setIotInstanceId("iot-cn-0pp1n8t"))
                    .getBody()
                    .getFirmwareInfo()
                    .getDestVersion();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
