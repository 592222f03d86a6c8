package io.otabridge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.iot20180120.Client;
import com.aliyun.iot20180120.models.CreateOTAModuleRequest;
import com.aliyun.iot20180120.models.DeleteOTAFirmwareRequest;
import com.aliyun.iot20180120.models.DeleteOTAModuleRequest;
import com.aliyun.iot20180120.models.ListOTAFirmwareRequest;
import com.aliyun.iot20180120.models.ListOTAModuleByProductRequest;
import com.aliyun.iot20180120.models.QueryDeviceGroupListRequest;
import com.aliyun.iot20180120.models.QueryOTAFirmwareRequest;
import com.aliyun.iot20180120.models.QueryOTAFirmwareResponseBody;
import com.aliyun.iot20180120.models.QueryOTAFirmwareResponseBody.QueryOTAFirmwareResponseBodyFirmwareInfo;
import com.aliyun.iot20180120.models.QueryProductListRequest;
import com.aliyun.iot20180120.models.UpdateOTAModuleRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
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
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the official Tea SDK against the simulator. It uses signature V3 by default. */
class AliyunTeaSdkTest {

    /** The SDK calls the documented version V1 "v2". */
    enum Signature {
        DEFAULT_V3(null),
        V1("v2");

        private final String algorithm;

        Signature(String algorithm) {
            this.algorithm = algorithm;
        }
    }

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
    void reads_every_package(Signature signature) throws Exception {
        Client client = new Client(config(signature));

        for (AliyunFirmware stored : readable().toList()) {
            assertThat(toFirmware(query(client, stored.firmwareId()))).isEqualTo(stored);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reads_modules(Signature signature) throws Exception {
        ListOTAModuleByProductRequest request = new ListOTAModuleByProductRequest()
                .setProductKey("a1uctKe****")
                .setIotInstanceId(simulator.instanceId());

        assertThat(new Client(config(signature))
                        .listOTAModuleByProduct(request)
                        .getBody()
                        .getData())
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
    void lists_products_and_device_groups(Signature signature) throws Exception {
        Client client = new Client(config(signature));
        QueryProductListRequest products = new QueryProductListRequest()
                .setCurrentPage(1)
                .setPageSize(200)
                .setIotInstanceId(simulator.instanceId());
        QueryDeviceGroupListRequest groups = new QueryDeviceGroupListRequest()
                .setCurrentPage(1)
                .setPageSize(200)
                .setIotInstanceId(simulator.instanceId());

        assertThat(client.queryProductList(products)
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
        assertThat(client.queryDeviceGroupList(groups).getBody().getData().getGroupInfo())
                .map(found -> new AliyunDeviceGroup(
                        found.getGroupId(), found.getGroupName(), found.getGroupDesc(), found.getUtcCreate()))
                .isEqualTo(simulator.deviceGroups());
    }

    @ParameterizedTest
    @EnumSource
    void creates_updates_lists_and_deletes_a_module(Signature signature) throws Exception {
        Client client = new Client(config(signature));
        simulator.addProduct("a1NewProduct");

        assertThat(client.createOTAModule(new CreateOTAModuleRequest()
                                .setProductKey("a1NewProduct")
                                .setModuleName("Radio")
                                .setAliasName("无线电")
                                .setDesc("the radio")
                                .setIotInstanceId(simulator.instanceId()))
                        .getBody()
                        .getSuccess())
                .isTrue();
        assertThat(client.updateOTAModule(new UpdateOTAModuleRequest()
                                .setProductKey("a1NewProduct")
                                .setModuleName("Radio")
                                .setAliasName("radio & <2>")
                                .setDesc("第二")
                                .setIotInstanceId(simulator.instanceId()))
                        .getBody()
                        .getSuccess())
                .isTrue();
        assertThat(client.listOTAModuleByProduct(new ListOTAModuleByProductRequest()
                                .setProductKey("a1NewProduct")
                                .setIotInstanceId(simulator.instanceId()))
                        .getBody()
                        .getData())
                .singleElement()
                .satisfies(module -> {
                    assertThat(module.getModuleName()).isEqualTo("Radio");
                    assertThat(module.getAliasName()).isEqualTo("radio & <2>");
                    assertThat(module.getDesc()).isEqualTo("第二");
                });
        DeleteOTAModuleRequest deletion = new DeleteOTAModuleRequest()
                .setProductKey("a1NewProduct")
                .setModuleName("Radio")
                .setIotInstanceId(simulator.instanceId());
        assertThat(client.deleteOTAModule(deletion).getBody().getSuccess()).isTrue();
        assertThat(client.deleteOTAModule(deletion).getBody().getSuccess()).isFalse();
        assertThat(simulator.modules("a1NewProduct")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void lists_and_deletes_a_package(Signature signature) throws Exception {
        Client client = new Client(config(signature));
        DeleteOTAFirmwareRequest deletion = new DeleteOTAFirmwareRequest()
                .setFirmwareId(AliyunSimulator.DOCUMENTED_FIRMWARE)
                .setIotInstanceId(simulator.instanceId());
        ListOTAFirmwareRequest list = new ListOTAFirmwareRequest()
                .setProductKey("a19mzPZ****")
                .setCurrentPage(1)
                .setPageSize(100)
                .setIotInstanceId(simulator.instanceId());

        assertThat(client.listOTAFirmware(list).getBody().getTotal()).isEqualTo(3);
        assertThat(client.deleteOTAFirmware(deletion).getBody().getSuccess()).isTrue();
        assertThat(client.deleteOTAFirmware(deletion).getBody().getCode()).isEqualTo("iot.ota.FirmwareNotFound");
        assertThat(client.listOTAFirmware(list).getBody().getFirmwareInfo().getSimpleFirmwareInfo())
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void is_accepted_with_temporary_keys(Signature signature) throws Exception {
        simulator.requireSecurityToken(true);
        Client client = new Client(config(signature).setType("sts").setSecurityToken(simulator.securityToken()));

        assertThat(query(client, AliyunSimulator.DOCUMENTED_FIRMWARE).getSuccess())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void is_rejected_with_a_wrong_secret(Signature signature) throws Exception {
        String secret = simulator.secretKey();
        Client client =
                new Client(config(signature).setAccessKeySecret(secret.substring(0, secret.length() - 1) + "!"));

        TeaException failure =
                catchThrowableOfType(TeaException.class, () -> query(client, AliyunSimulator.DOCUMENTED_FIRMWARE));

        assertThat(failure.getCode()).isEqualTo("SignatureDoesNotMatch");
        assertThat(failure.getMessage()).startsWith("code: 400, ").contains("server string to sign is:");
    }

    @Test
    void receives_not_found() throws Exception {
        QueryOTAFirmwareResponseBody response = query(new Client(config(Signature.DEFAULT_V3)), "unknown");

        assertThat(response.getSuccess()).isFalse();
        assertThat(response.getCode()).isEqualTo("iot.ota.FirmwareNotFound");
    }

    private Config config(Signature signature) {
        return new Config()
                .setAccessKeyId(simulator.accessKey())
                .setAccessKeySecret(simulator.secretKey())
                .setRegionId(simulator.region())
                .setProtocol("http")
                .setEndpoint(simulator.endpoint().getAuthority())
                .setSignatureAlgorithm(signature.algorithm);
    }

    private QueryOTAFirmwareResponseBody query(Client client, String firmwareId) throws Exception {
        return client.queryOTAFirmware(new QueryOTAFirmwareRequest()
                        .setFirmwareId(firmwareId)
                        .setIotInstanceId(simulator.instanceId()))
                .getBody();
    }

    /** Excludes larger files, because the SDK reads sizes as 32-bit numbers. */
    private Stream<AliyunFirmware> readable() {
        return simulator.firmware().stream()
                .filter(f -> f.firmwareSize() == null || f.firmwareSize() <= Integer.MAX_VALUE)
                .filter(f -> f.multiFiles().stream().allMatch(file -> file.size() <= Integer.MAX_VALUE));
    }

    private static AliyunFirmware toFirmware(QueryOTAFirmwareResponseBody response) {
        QueryOTAFirmwareResponseBodyFirmwareInfo info = response.getFirmwareInfo();
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
