package io.otabridge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.auth.credentials.Credential;
import com.aliyun.auth.credentials.provider.StaticCredentialProvider;
import com.aliyun.sdk.gateway.pop.Configuration;
import com.aliyun.sdk.gateway.pop.auth.SignatureVersion;
import com.aliyun.sdk.gateway.pop.exception.PopClientException;
import com.aliyun.sdk.service.iot20180120.AsyncClient;
import com.aliyun.sdk.service.iot20180120.models.ListOTAModuleByProductRequest;
import com.aliyun.sdk.service.iot20180120.models.QueryDeviceGroupListRequest;
import com.aliyun.sdk.service.iot20180120.models.QueryOTAFirmwareRequest;
import com.aliyun.sdk.service.iot20180120.models.QueryOTAFirmwareResponseBody;
import com.aliyun.sdk.service.iot20180120.models.QueryProductListRequest;
import darabonba.core.client.ClientOverrideConfiguration;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.aliyun.store.AliyunDeviceGroup;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunFirmware.MultiFile;
import io.otabridge.simulators.aliyun.store.AliyunModule;
import io.otabridge.simulators.aliyun.store.AliyunProduct;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the official asynchronous SDK against the simulator. It uses signature V1 by default. */
class AliyunAsyncSdkTest {

    private AliyunSimulator simulator;

    @BeforeEach
    void start() {
        simulator = AliyunSimulator.start();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource
    void reads_every_package(SignatureVersion version) throws Exception {
        try (AsyncClient client = client(credential(), version)) {
            for (AliyunFirmware stored : readable().toList()) {
                assertThat(toFirmware(query(client, stored.firmwareId()))).isEqualTo(stored);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void reads_modules(SignatureVersion version) throws Exception {
        ListOTAModuleByProductRequest request = ListOTAModuleByProductRequest.builder()
                .productKey("a1uctKe****")
                .iotInstanceId(simulator.instanceId())
                .build();

        try (AsyncClient client = client(credential(), version)) {
            assertThat(client.listOTAModuleByProduct(request).get().getBody().getData())
                    .map(m -> new AliyunModule(
                            m.getProductKey(),
                            m.getModuleName(),
                            m.getAliasName(),
                            m.getDesc(),
                            m.getGmtCreate(),
                            m.getGmtModified()))
                    .isEqualTo(simulator.modules("a1uctKe****"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void lists_products_and_device_groups(SignatureVersion version) throws Exception {
        QueryProductListRequest products = QueryProductListRequest.builder()
                .currentPage(1)
                .pageSize(200)
                .iotInstanceId(simulator.instanceId())
                .build();
        QueryDeviceGroupListRequest groups = QueryDeviceGroupListRequest.builder()
                .currentPage(1)
                .pageSize(200)
                .iotInstanceId(simulator.instanceId())
                .build();

        try (AsyncClient client = client(credential(), version)) {
            assertThat(client.queryProductList(products)
                            .get()
                            .getBody()
                            .getData()
                            .getList()
                            .getProductInfo())
                    .map(found -> new AliyunProduct(
                            found.getProductKey(),
                            found.getProductName(),
                            found.getDescription(),
                            found.getDeviceCount(),
                            found.getGmtCreate()))
                    .isEqualTo(simulator.products());
            assertThat(client.queryDeviceGroupList(groups)
                            .get()
                            .getBody()
                            .getData()
                            .getGroupInfo())
                    .map(found -> new AliyunDeviceGroup(
                            found.getGroupId(), found.getGroupName(), found.getGroupDesc(), found.getUtcCreate()))
                    .isEqualTo(simulator.deviceGroups());
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_accepted_with_temporary_keys(SignatureVersion version) throws Exception {
        simulator.requireSecurityToken(true);

        try (AsyncClient client = client(credential().securityToken(simulator.securityToken()), version)) {
            assertThat(query(client, AliyunSimulator.DOCUMENTED_FIRMWARE).getSuccess())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_rejected_with_a_wrong_secret(SignatureVersion version) {
        String secret = simulator.secretKey();
        Credential.Builder wrong = credential().accessKeySecret(secret.substring(0, secret.length() - 1) + "!");

        try (AsyncClient client = client(wrong, version)) {
            ExecutionException failure = catchThrowableOfType(
                    ExecutionException.class, () -> query(client, AliyunSimulator.DOCUMENTED_FIRMWARE));

            assertThat(failure.getCause()).isInstanceOfSatisfying(PopClientException.class, cause -> {
                assertThat(cause.getErrCode()).isEqualTo("SignatureDoesNotMatch");
                assertThat(cause.getMessage()).contains("server string to sign is:");
            });
        }
    }

    @Test
    void receives_not_found() throws Exception {
        try (AsyncClient client = client(credential(), SignatureVersion.V1)) {
            QueryOTAFirmwareResponseBody response = query(client, "unknown");

            assertThat(response.getSuccess()).isFalse();
            assertThat(response.getCode()).isEqualTo("iot.ota.FirmwareNotFound");
        }
    }

    private Credential.Builder credential() {
        return Credential.builder().accessKeyId(simulator.accessKey()).accessKeySecret(simulator.secretKey());
    }

    private AsyncClient client(Credential.Builder credential, SignatureVersion version) {
        return AsyncClient.builder()
                .region(simulator.region())
                .credentialsProvider(StaticCredentialProvider.create(credential.build()))
                .serviceConfiguration(Configuration.create().setSignatureVersion(version))
                .overrideConfiguration(ClientOverrideConfiguration.create()
                        .setProtocol("HTTP")
                        .setEndpointOverride(simulator.endpoint().getAuthority()))
                .build();
    }

    private QueryOTAFirmwareResponseBody query(AsyncClient client, String firmwareId) throws Exception {
        QueryOTAFirmwareRequest request = QueryOTAFirmwareRequest.builder()
                .firmwareId(firmwareId)
                .iotInstanceId(simulator.instanceId())
                .build();
        return client.queryOTAFirmware(request).get().getBody();
    }

    /** Excludes larger files, because the SDK reads sizes as 32-bit numbers. */
    private Stream<AliyunFirmware> readable() {
        return simulator.firmware().stream()
                .filter(f -> f.firmwareSize() == null || f.firmwareSize() <= Integer.MAX_VALUE)
                .filter(f -> f.multiFiles().stream().allMatch(file -> file.size() <= Integer.MAX_VALUE));
    }

    private static AliyunFirmware toFirmware(QueryOTAFirmwareResponseBody response) {
        QueryOTAFirmwareResponseBody.FirmwareInfo info = response.getFirmwareInfo();
        return new AliyunFirmware(
                info.getFirmwareId(),
                info.getFirmwareName(),
                info.getProductKey(),
                info.getProductName(),
                info.getModuleName(),
                info.getType(),
                info.getSrcVersion(),
                info.getDestVersion(),
                info.getStatus(),
                info.getVerifyProgress(),
                info.getSignMethod(),
                withoutSignature(info.getFirmwareUrl()),
                info.getFirmwareSize() == null ? null : info.getFirmwareSize().longValue(),
                info.getFirmwareSign(),
                info.getMultiFiles() == null
                        ? List.of()
                        : info.getMultiFiles().stream()
                                .map(file -> new MultiFile(
                                        file.getName(),
                                        file.getSize(),
                                        withoutSignature(file.getUrl()),
                                        file.getSignValue(),
                                        file.getFileMd5()))
                                .toList(),
                info.getFirmwareDesc(),
                info.getUdi(),
                info.getUtcCreate(),
                info.getUtcModified());
    }

    /** Each response has another signature. */
    private static String withoutSignature(String link) {
        return link == null ? null : link.substring(0, link.indexOf("?Expires="));
    }
}
