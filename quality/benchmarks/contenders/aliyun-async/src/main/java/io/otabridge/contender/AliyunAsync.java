package io.otabridge.contender;

import com.aliyun.auth.credentials.Credential;
import com.aliyun.auth.credentials.provider.StaticCredentialProvider;
import com.aliyun.sdk.service.iot20180120.AsyncClient;
import com.aliyun.sdk.service.iot20180120.models.QueryOTAFirmwareRequest;
import darabonba.core.client.ClientOverrideConfiguration;
import java.net.URI;
import java.util.function.UnaryOperator;

/**
 * QueryOTAFirmware with the official asynchronous SDK in its default configuration. The caller waits for the response.
 */
public final class AliyunAsync implements UnaryOperator<String> {

    private final AsyncClient client;

    public AliyunAsync(String endpoint) {
        this.client = AsyncClient.builder()
                .region("cn-shanghai")
                .credentialsProvider(StaticCredentialProvider.create(Credential.builder()
                        .accessKeyId("AKBENCHMARK")
                        .accessKeySecret("benchmark-secret")
                        .build()))
                .overrideConfiguration(ClientOverrideConfiguration.create()
                        .setProtocol("HTTP")
                        .setEndpointOverride(URI.create(endpoint).getAuthority()))
                .build();
    }

    @Override
    public String apply(String id) {
        return client.queryOTAFirmware(QueryOTAFirmwareRequest.builder()
                        .firmwareId(id)
                        .iotInstanceId("iot-cn-0pp1n8t")
                        .build())
                .join()
                .getBody()
                .getFirmwareInfo()
                .getDestVersion();
    }
}
