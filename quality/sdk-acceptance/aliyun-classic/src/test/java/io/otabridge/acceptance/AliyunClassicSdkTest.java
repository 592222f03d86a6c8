package io.otabridge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.RpcAcsRequest;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.iot.model.v20180120.CreateOTAModuleRequest;
import com.aliyuncs.iot.model.v20180120.DeleteOTAFirmwareRequest;
import com.aliyuncs.iot.model.v20180120.DeleteOTAModuleRequest;
import com.aliyuncs.iot.model.v20180120.ListOTAModuleByProductRequest;
import com.aliyuncs.iot.model.v20180120.ListOTAModuleByProductResponse;
import com.aliyuncs.iot.model.v20180120.QueryDeviceGroupListRequest;
import com.aliyuncs.iot.model.v20180120.QueryOTAFirmwareRequest;
import com.aliyuncs.iot.model.v20180120.QueryOTAFirmwareResponse;
import com.aliyuncs.iot.model.v20180120.QueryProductListRequest;
import com.aliyuncs.iot.model.v20180120.UpdateOTAModuleRequest;
import com.aliyuncs.profile.DefaultProfile;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.aliyun.store.AliyunDeviceGroup;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunFirmware.MultiFile;
import io.otabridge.simulators.aliyun.store.AliyunModule;
import io.otabridge.simulators.aliyun.store.AliyunProduct;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the official classic SDK against the simulator. It uses signature V1 by default. */
class AliyunClassicSdkTest {

    private AliyunSimulator simulator;
    private DefaultAcsClient client;

    @BeforeEach
    void start() {
        simulator = AliyunSimulator.start();
        client = client(simulator.secretKey());
    }

    @AfterEach
    void stop() {
        client.shutdown();
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource
    void reads_every_package(SignatureVersion version) throws ClientException {
        for (AliyunFirmware stored : readable().toList()) {
            assertThat(toFirmware(query(stored.firmwareId(), version, FormatType.JSON)))
                    .isEqualTo(stored);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lists_products_and_device_groups(SignatureVersion version) throws ClientException {
        QueryProductListRequest products = new QueryProductListRequest();
        products.setCurrentPage(1);
        products.setPageSize(200);
        products.setIotInstanceId(simulator.instanceId());
        QueryDeviceGroupListRequest groups = new QueryDeviceGroupListRequest();
        groups.setCurrentPage(1);
        groups.setPageSize(200);
        groups.setIotInstanceId(simulator.instanceId());

        assertThat(send(products, version).getData().getList())
                .map(found -> new AliyunProduct(
                        found.getProductKey(),
                        found.getProductName(),
                        found.getDescription(),
                        found.getDeviceCount(),
                        found.getGmtCreate()))
                .isEqualTo(simulator.products());
        assertThat(send(groups, version).getData())
                .map(found -> new AliyunDeviceGroup(
                        found.getGroupId(), found.getGroupName(), found.getGroupDesc(), found.getUtcCreate()))
                .isEqualTo(simulator.deviceGroups());
    }

    /** Excludes packages with several files, because this SDK does not read the documented XML form of them. */
    @ParameterizedTest
    @EnumSource
    void reads_every_package_with_one_file_in_xml(SignatureVersion version) throws ClientException {
        for (AliyunFirmware stored :
                readable().filter(f -> f.multiFiles().isEmpty()).toList()) {
            assertThat(toFirmware(query(stored.firmwareId(), version, FormatType.XML)))
                    .isEqualTo(stored);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reads_modules(SignatureVersion version) throws ClientException {
        ListOTAModuleByProductRequest request = new ListOTAModuleByProductRequest();
        request.setProductKey("a1uctKe****");
        request.setIotInstanceId(simulator.instanceId());
        request.setSysEndpoint(simulator.endpoint().getAuthority());
        request.setSysSignatureVersion(version);

        ListOTAModuleByProductResponse response = client.getAcsResponse(request);

        assertThat(response.getData())
                .map(m -> new AliyunModule(
                        m.getProductKey(),
                        m.getModuleName(),
                        m.getAliasName(),
                        m.getDesc(),
                        m.getGmtCreate(),
                        m.getGmtModified()))
                .isEqualTo(simulator.modules("a1uctKe****"));
    }

    @ParameterizedTest
    @EnumSource
    void creates_updates_lists_and_deletes_a_module(SignatureVersion version) throws ClientException {
        simulator.addProduct("a1NewProduct");
        CreateOTAModuleRequest creation = new CreateOTAModuleRequest();
        creation.setProductKey("a1NewProduct");
        creation.setModuleName("Radio");
        creation.setAliasName("无线电");
        creation.setIotInstanceId(simulator.instanceId());
        UpdateOTAModuleRequest change = new UpdateOTAModuleRequest();
        change.setProductKey("a1NewProduct");
        change.setModuleName("Radio");
        change.setAliasName("radio & <2>");
        change.setDesc("第二");
        change.setIotInstanceId(simulator.instanceId());
        ListOTAModuleByProductRequest list = new ListOTAModuleByProductRequest();
        list.setProductKey("a1NewProduct");
        list.setIotInstanceId(simulator.instanceId());
        DeleteOTAModuleRequest deletion = new DeleteOTAModuleRequest();
        deletion.setProductKey("a1NewProduct");
        deletion.setModuleName("Radio");
        deletion.setIotInstanceId(simulator.instanceId());

        assertThat(send(creation, version).getSuccess()).isTrue();
        assertThat(send(creation, version).getCode()).isEqualTo("iot.ota.CreateOTAModuleNameExist");
        assertThat(send(change, version).getSuccess()).isTrue();
        assertThat(send(list, version).getData()).singleElement().satisfies(module -> {
            assertThat(module.getModuleName()).isEqualTo("Radio");
            assertThat(module.getAliasName()).isEqualTo("radio & <2>");
            assertThat(module.getDesc()).isEqualTo("第二");
        });
        assertThat(send(deletion, version).getSuccess()).isTrue();
        assertThat(simulator.modules("a1NewProduct")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void deletes_a_package(SignatureVersion version) throws ClientException {
        DeleteOTAFirmwareRequest deletion = new DeleteOTAFirmwareRequest();
        deletion.setFirmwareId(AliyunSimulator.DOCUMENTED_FIRMWARE);
        deletion.setIotInstanceId(simulator.instanceId());

        assertThat(send(deletion, version).getSuccess()).isTrue();
        assertThat(send(deletion, version).getCode()).isEqualTo("iot.ota.FirmwareNotFound");
        assertThat(simulator.findFirmware(AliyunSimulator.DOCUMENTED_FIRMWARE)).isEmpty();
    }

    private <T extends AcsResponse> T send(RpcAcsRequest<T> request, SignatureVersion version) throws ClientException {
        request.setSysEndpoint(simulator.endpoint().getAuthority());
        request.setSysSignatureVersion(version);
        return client.getAcsResponse(request);
    }

    @ParameterizedTest
    @EnumSource
    void is_accepted_with_temporary_keys(SignatureVersion version) throws ClientException {
        simulator.requireSecurityToken(true);
        client.shutdown();
        client = new DefaultAcsClient(DefaultProfile.getProfile(
                simulator.region(), simulator.accessKey(), simulator.secretKey(), simulator.securityToken()));

        assertThat(query(AliyunSimulator.DOCUMENTED_FIRMWARE, version, FormatType.JSON)
                        .getSuccess())
                .isTrue();
    }

    /**
     * With V1 the SDK compares the server's string to sign with its own, and reports a wrong secret only if they are
     * equal.
     */
    @ParameterizedTest
    @CsvSource({"V1, SDK.InvalidAccessKeySecret", "V3, SignatureDoesNotMatch"})
    void is_rejected_with_a_wrong_secret(SignatureVersion version, String code) {
        String secret = simulator.secretKey();
        client.shutdown();
        client = client(secret.substring(0, secret.length() - 1) + "!");

        ClientException failure = catchThrowableOfType(
                ClientException.class, () -> query(AliyunSimulator.DOCUMENTED_FIRMWARE, version, FormatType.JSON));

        assertThat(failure.getErrCode()).isEqualTo(code);
        assertThat(failure.getRequestId()).hasSize(36);
    }

    @Test
    void receives_not_found() throws ClientException {
        QueryOTAFirmwareResponse response = query("unknown", SignatureVersion.V1, FormatType.JSON);

        assertThat(response.getSuccess()).isFalse();
        assertThat(response.getCode()).isEqualTo("iot.ota.FirmwareNotFound");
    }

    private DefaultAcsClient client(String secret) {
        return new DefaultAcsClient(DefaultProfile.getProfile(simulator.region(), simulator.accessKey(), secret));
    }

    private QueryOTAFirmwareResponse query(String firmwareId, SignatureVersion version, FormatType format)
            throws ClientException {
        QueryOTAFirmwareRequest request = new QueryOTAFirmwareRequest();
        request.setFirmwareId(firmwareId);
        request.setIotInstanceId(simulator.instanceId());
        request.setSysEndpoint(simulator.endpoint().getAuthority());
        request.setSysSignatureVersion(version);
        request.setSysAcceptFormat(format);
        return client.getAcsResponse(request);
    }

    /** Excludes larger files, because the SDK reads sizes as 32-bit numbers. */
    private Stream<AliyunFirmware> readable() {
        return simulator.firmware().stream()
                .filter(f -> f.firmwareSize() == null || f.firmwareSize() <= Integer.MAX_VALUE)
                .filter(f -> f.multiFiles().stream().allMatch(file -> file.size() <= Integer.MAX_VALUE));
    }

    private static AliyunFirmware toFirmware(QueryOTAFirmwareResponse response) {
        QueryOTAFirmwareResponse.FirmwareInfo info = response.getFirmwareInfo();
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
