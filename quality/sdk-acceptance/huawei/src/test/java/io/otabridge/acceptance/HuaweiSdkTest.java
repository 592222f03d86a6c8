package io.otabridge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ClientRequestException;
import com.huaweicloud.sdk.core.region.Region;
import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.model.DeleteOtaPackageRequest;
import com.huaweicloud.sdk.iotda.v5.model.DeleteOtaPackageResponse;
import com.huaweicloud.sdk.iotda.v5.model.ObsLocation;
import com.huaweicloud.sdk.iotda.v5.model.ShowOtaPackageRequest;
import com.huaweicloud.sdk.iotda.v5.model.ShowOtaPackageResponse;
import io.otabridge.simulators.huawei.HuaweiPackage;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vendor's own SDK, unchanged, against the simulator. This release knows packages, but no modules. */
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
    void reads_every_package_as_it_is_kept(boolean derived) {
        IoTDAClient client = client(credentials(), derived);

        for (HuaweiPackage kept : simulator.packages()) {
            assertThat(toPackage(show(client, kept.packageId()), kept)).isEqualTo(kept);
        }
    }

    @Test
    void is_accepted_by_an_own_instance_with_derived_keys() {
        simulator.play(HuaweiSimulator.Edition.OWN_INSTANCE);

        ShowOtaPackageResponse answer = show(client(credentials(), true), HuaweiSimulator.DOCUMENTED_PACKAGE);

        assertThat(answer.getVersion()).isEqualTo("V2.0");
    }

    @Test
    void is_refused_by_an_own_instance_with_plain_keys() {
        simulator.play(HuaweiSimulator.Edition.OWN_INSTANCE);

        assertThat(refusal(client(credentials(), false)).getErrorCode()).isEqualTo("IOTDA.000002");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void is_accepted_with_temporary_keys(boolean derived) {
        simulator.requireSecurityToken(true);
        BasicCredentials temporary = credentials().withSecurityToken(simulator.securityToken());

        ShowOtaPackageResponse answer = show(client(temporary, derived), HuaweiSimulator.DOCUMENTED_PACKAGE);

        assertThat(answer.getVersion()).isEqualTo("V2.0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void is_refused_with_one_other_byte_in_the_secret(boolean derived) {
        String secret = simulator.secretKey();
        BasicCredentials wrong = credentials().withSk(secret.substring(0, secret.length() - 1) + "!");

        ClientRequestException refusal = refusal(client(wrong, derived));

        assertThat(refusal.getHttpStatusCode()).isEqualTo(401);
        assertThat(refusal.getErrorCode()).isEqualTo("APIGW.0301");
        assertThat(refusal.getErrorMsg()).contains("verify aksk signature fail");
        assertThat(refusal.getRequestId()).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deletes_a_package(boolean derived) {
        IoTDAClient client = client(credentials(), derived);

        DeleteOtaPackageResponse answer = delete(client);

        assertThat(answer.getHttpStatusCode()).isEqualTo(204);
        assertThat(simulator.findPackage(HuaweiSimulator.DOCUMENTED_PACKAGE)).isEmpty();
        assertThat(simulator.packages()).hasSizeGreaterThan(30);
    }

    @Test
    void is_told_that_a_package_to_delete_is_not_there() {
        IoTDAClient client = client(credentials(), false);
        delete(client);

        ClientRequestException refusal = catchThrowableOfType(ClientRequestException.class, () -> delete(client));

        assertThat(refusal.getHttpStatusCode()).isEqualTo(404);
        assertThat(refusal.getErrorCode()).startsWith("IOTDA.");
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

    private ClientRequestException refusal(IoTDAClient client) {
        return catchThrowableOfType(
                ClientRequestException.class, () -> show(client, HuaweiSimulator.DOCUMENTED_PACKAGE));
    }

    /** What this release does not read yet is taken from what is kept. */
    private static HuaweiPackage toPackage(ShowOtaPackageResponse answer, HuaweiPackage kept) {
        ObsLocation obs = answer.getFileLocation().getObsLocation();
        return new HuaweiPackage(
                answer.getPackageId(),
                answer.getAppId(),
                answer.getPackageType(),
                answer.getProductId(),
                kept.productName(),
                kept.moduleName(),
                answer.getVersion(),
                Optional.ofNullable(answer.getSupportSourceVersions()).orElse(List.of()),
                answer.getDescription(),
                answer.getCustomInfo(),
                answer.getCreateTime(),
                new HuaweiPackage.ObsLocation(
                        obs.getRegionName(),
                        obs.getBucketName(),
                        obs.getObjectKey(),
                        kept.obsLocation().signMethod(),
                        obs.getSign()));
    }
}
