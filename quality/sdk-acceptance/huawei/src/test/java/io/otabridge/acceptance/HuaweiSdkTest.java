package io.otabridge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ClientRequestException;
import com.huaweicloud.sdk.core.region.Region;
import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.model.DeleteOtaPackageRequest;
import com.huaweicloud.sdk.iotda.v5.model.DeleteOtaPackageResponse;
import com.huaweicloud.sdk.iotda.v5.model.ListDeviceGroupsRequest;
import com.huaweicloud.sdk.iotda.v5.model.ListDeviceGroupsResponse;
import com.huaweicloud.sdk.iotda.v5.model.ListProductsRequest;
import com.huaweicloud.sdk.iotda.v5.model.ListProductsResponse;
import com.huaweicloud.sdk.iotda.v5.model.ObsLocation;
import com.huaweicloud.sdk.iotda.v5.model.ShowOtaPackageRequest;
import com.huaweicloud.sdk.iotda.v5.model.ShowOtaPackageResponse;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.huawei.store.HuaweiDeviceGroup;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.huawei.store.HuaweiProduct;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the official SDK against the simulator. This version supports packages but not modules. */
class HuaweiSdkTest {

    private HuaweiSimulator simulator;

    @BeforeEach
    void start() {
        simulator = HuaweiSimulator.start();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reads_every_package(boolean derived) {
        IoTDAClient client = client(credentials(), derived);

        for (HuaweiPackage stored : simulator.packages()) {
            assertThat(toPackage(show(client, stored.packageId()), stored)).isEqualTo(stored);
        }
    }

    @Test
    void is_accepted_by_an_own_instance_with_derived_keys() {
        simulator.play(HuaweiSimulator.Edition.OWN_INSTANCE);

        ShowOtaPackageResponse response = show(client(credentials(), true), HuaweiSimulator.DOCUMENTED_PACKAGE);

        assertThat(response.getVersion()).isEqualTo("V2.0");
    }

    @Test
    void is_rejected_by_an_own_instance_with_plain_keys() {
        simulator.play(HuaweiSimulator.Edition.OWN_INSTANCE);

        assertThat(failure(client(credentials(), false)).getErrorCode()).isEqualTo("IOTDA.000002");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void is_accepted_with_temporary_keys(boolean derived) {
        simulator.requireSecurityToken(true);
        BasicCredentials temporary = credentials().withSecurityToken(simulator.securityToken());

        ShowOtaPackageResponse response = show(client(temporary, derived), HuaweiSimulator.DOCUMENTED_PACKAGE);

        assertThat(response.getVersion()).isEqualTo("V2.0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void is_rejected_with_a_wrong_secret(boolean derived) {
        String secret = simulator.secretKey();
        BasicCredentials wrong = credentials().withSk(secret.substring(0, secret.length() - 1) + "!");

        ClientRequestException failure = failure(client(wrong, derived));

        assertThat(failure.getHttpStatusCode()).isEqualTo(401);
        assertThat(failure.getErrorCode()).isEqualTo("APIGW.0301");
        assertThat(failure.getErrorMsg()).contains("verify aksk signature fail");
        assertThat(failure.getRequestId()).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deletes_a_package(boolean derived) {
        IoTDAClient client = client(credentials(), derived);

        DeleteOtaPackageResponse response = delete(client);

        assertThat(response.getHttpStatusCode()).isEqualTo(204);
        assertThat(simulator.findPackage(HuaweiSimulator.DOCUMENTED_PACKAGE)).isEmpty();
        assertThat(simulator.packages()).hasSizeGreaterThan(30);
    }

    @Test
    void receives_not_found_when_it_deletes_an_unknown_package() {
        IoTDAClient client = client(credentials(), false);
        delete(client);

        ClientRequestException failure = catchThrowableOfType(ClientRequestException.class, () -> delete(client));

        assertThat(failure.getHttpStatusCode()).isEqualTo(404);
        assertThat(failure.getErrorCode()).startsWith("IOTDA.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lists_products_and_device_groups(boolean derived) {
        IoTDAClient client = client(credentials(), derived);

        ListProductsResponse products = client.listProducts(new ListProductsRequest()
                .withAppId(simulator.appId())
                .withLimit(50)
                .withInstanceId(simulator.instanceId()));
        ListDeviceGroupsResponse groups = client.listDeviceGroups(
                new ListDeviceGroupsRequest().withLimit(50).withInstanceId(simulator.instanceId()));

        assertThat(products.getProducts())
                .map(found -> new HuaweiProduct(
                        found.getProductId(),
                        found.getAppId(),
                        found.getName(),
                        found.getDeviceType(),
                        found.getDescription(),
                        found.getCreateTime()))
                .isEqualTo(simulator.products());
        assertThat(products.getPage().getCount()).isEqualTo(simulator.products().size());
        assertThat(groups.getDeviceGroups())
                .map(found -> new HuaweiDeviceGroup(
                        found.getGroupId(), found.getName(), found.getDescription(), found.getSuperGroupId()))
                .isEqualTo(simulator.deviceGroups());
    }

    private DeleteOtaPackageResponse delete(IoTDAClient client) {
        return client.deleteOtaPackage(new DeleteOtaPackageRequest()
                .withPackageId(HuaweiSimulator.DOCUMENTED_PACKAGE)
                .withInstanceId(simulator.instanceId()));
    }

    private BasicCredentials credentials() {
        return new BasicCredentials()
                .withAk(simulator.accessKey())
                .withSk(simulator.secretKey())
                .withProjectId(simulator.projectId());
    }

    private IoTDAClient client(BasicCredentials credentials, boolean derived) {
        return IoTDAClient.newBuilder()
                .withCredential(
                        derived
                                ? credentials.withDerivedPredicate(BasicCredentials.DEFAULT_DERIVED_PREDICATE)
                                : credentials)
                .withRegion(new Region(simulator.region(), simulator.endpoint().toString()))
                .build();
    }

    private ShowOtaPackageResponse show(IoTDAClient client, String packageId) {
        return client.showOtaPackage(
                new ShowOtaPackageRequest().withPackageId(packageId).withInstanceId(simulator.instanceId()));
    }

    private ClientRequestException failure(IoTDAClient client) {
        return catchThrowableOfType(
                ClientRequestException.class, () -> show(client, HuaweiSimulator.DOCUMENTED_PACKAGE));
    }

    /** Converts a response. Members that this version does not read are copied from the stored package. */
    private static HuaweiPackage toPackage(ShowOtaPackageResponse response, HuaweiPackage stored) {
        ObsLocation obs = response.getFileLocation().getObsLocation();
        return new HuaweiPackage(
                response.getPackageId(),
                response.getAppId(),
                response.getPackageType(),
                response.getProductId(),
                stored.productName(),
                stored.moduleName(),
                response.getVersion(),
                Optional.ofNullable(response.getSupportSourceVersions()).orElse(List.of()),
                response.getDescription(),
                response.getCustomInfo(),
                response.getCreateTime(),
                new HuaweiPackage.ObsLocation(
                        obs.getRegionName(),
                        obs.getBucketName(),
                        obs.getObjectKey(),
                        stored.obsLocation().signMethod(),
                        obs.getSign()));
    }
}
