package io.otabridge.contender;

import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.iot.model.v20180120.QueryOTAFirmwareRequest;
import com.aliyuncs.profile.DefaultProfile;
import java.net.URI;
import java.util.function.UnaryOperator;

/** QueryOTAFirmware with the official classic SDK in its default configuration. */
public final class AliyunClassic implements UnaryOperator<String> {

    private final DefaultAcsClient client =
            new DefaultAcsClient(DefaultProfile.getProfile("cn-shanghai", "AKBENCHMARK", "benchmark-secret"));
    private final String authority;

    public AliyunClassic(String endpoint) {
        this.authority = URI.create(endpoint).getAuthority();
    }

    @Override
    public String apply(String id) {
        QueryOTAFirmwareRequest request = new QueryOTAFirmwareRequest();
        request.setFirmwareId(id);
        request.setIotInstanceId("iot-cn-0pp1n8t");
        request.setSysEndpoint(authority);
        try {
            return client.getAcsResponse(request).getFirmwareInfo().getDestVersion();
        } catch (ClientException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
