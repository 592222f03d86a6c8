package io.otabridge.contender;

import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.region.Region;
import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.model.ShowOtaPackageRequest;
import java.util.function.UnaryOperator;

/** ShowOtaPackage with the official SDK in its default configuration. */
public final class HuaweiSdk implements UnaryOperator<String> {

    private final IoTDAClient client;

    public HuaweiSdk(String endpoint) {
        this.client = IoTDAClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk("AKBENCHMARK")
                        .withSk("benchmark-secret")
                        .withProjectId("04ed32dc1b0025b52fe3c01a27c2b0a8"))
                .withRegion(new Region("cn-north-4", endpoint))
                .build();
    }

    @Override
    public String apply(String id) {
        return client.showOtaPackage(new ShowOtaPackageRequest()
                        .withPackageId(id)
                        .withInstanceId("1a7ffc5c-d89c-44dd-8265-b1653d951ce0"))
                .getVersion();
    }
}
