package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.otabridge.huawei.obs.ObsServer;
import io.vavr.collection.List;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The diagnosis of the bucket for uploads. */
class HuaweiStorageDiagnosticsTest {

    @RegisterExtension
    static final WireMockExtension IOTDA = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final ObsServer obs = new ObsServer();
    private final Map<String, Object> settings = HuaweiFixture.settings(IOTDA.baseUrl());
    private final Map<String, Object> obsSettings =
            new HashMap<>(Map.of("bucket", ObsServer.BUCKET, "endpoint", obs.endpoint()));

    @BeforeEach
    void configure() {
        settings.put("region", ObsServer.REGION);
        settings.put("obs", obsSettings);
        IOTDA.stubFor(any(anyUrl()).willReturn(okJson("{\"packages\":[],\"modules\":[],\"page\":{\"count\":0}}")));
    }

    @AfterEach
    void stop() {
        obs.close();
    }

    @Test
    void finds_the_bucket_with_one_request_that_changes_nothing() {
        assertThat(bucketFindings().map(Finding::severity))
                .containsExactly(Finding.Severity.OK, Finding.Severity.SKIPPED);
        assertThat(bucketFindings().head().description())
                .isEqualTo("bucket fw-bucket exists in region cn-north-4 and is accessible");
        assertThat(bucketFindings().last().description()).contains("first upload", "iotda_admin_trust");
        assertThat(obs.received()).containsOnly("LOCATION").hasSize(3);
    }

    @Test
    void begins_and_aborts_an_upload_below_the_prefix_to_check_the_permission() {
        obsSettings.put("prefix", "builds");

        List<Finding> findings = withUpload();

        assertThat(findings.map(Finding::severity))
                .containsExactly(Finding.Severity.OK, Finding.Severity.OK, Finding.Severity.SKIPPED);
        assertThat(findings.get(1).description())
                .isEqualTo("the user may upload to bucket fw-bucket: an upload was begun and aborted");
        assertThat(findings.last().description()).contains("iotda_admin_trust").doesNotContain("first upload");
        assertThat(obs.received()).containsExactly("LOCATION", "INITIATE", "ABORT");
        assertThat(obs.lastKey()).isEqualTo("builds/ota-doctor");
        assertThat(obs.uploadIds()).isEmpty();
        assertThat(obs.objects()).isEmpty();
    }

    @Test
    void names_the_permission_to_upload_if_it_is_missing() {
        obs.fail("INITIATE", 403, "AccessDenied");

        Finding failed = withUpload().find(Finding::hasFailed).get();

        assertThat(failed.description())
                .startsWith("the user may not upload to bucket fw-bucket: obs:object:PutObject is missing");
        assertThat(failed.advice().get()).contains("Grant the user obs:object:PutObject", "remove obs.bucket");
        assertThat(obs.received()).containsExactly("LOCATION", "INITIATE");
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, : obs:object:AbortMultipartUpload is missing, Grant the user obs:object:AbortMultipartUpload",
        "500, InternalError, fw-bucket, Abort it with: ota firmware uploads --abort upload-1"
    })
    void names_the_upload_that_cannot_be_aborted(int status, String code, String reason, String advice) {
        obs.fail("ABORT", status, code);

        Finding failed = withUpload().find(Finding::hasFailed).get();

        assertThat(failed.description()).contains("upload upload-1 of ota/ota-doctor", "could not be aborted", reason);
        assertThat(failed.advice().get())
                .contains(advice)
                .endsWith("bort it with: ota firmware uploads --abort upload-1");
        assertThat(obs.uploadIds()).containsExactly("upload-1");
    }

    @Test
    void names_the_upload_that_may_have_begun_if_the_response_is_lost() {
        obs.lose("INITIATE");

        Finding failed = withUpload().find(Finding::hasFailed).get();

        assertThat(failed.advice().get()).contains("ota/ota-doctor may have begun", "ota firmware uploads");
        assertThat(obs.received()).containsExactly("LOCATION", "INITIATE");
    }

    @Test
    void begins_no_upload_in_a_bucket_that_is_not_as_configured() {
        obsSettings.put("region", "cn-east-3");

        assertThat(withUpload().map(Finding::severity))
                .containsExactly(Finding.Severity.FAILED, Finding.Severity.SKIPPED);
        assertThat(obs.received()).containsExactly("LOCATION");
    }

    private List<Finding> withUpload() {
        return HuaweiFixture.open(settings).diagnoseWithUpload().of(Check.OBJECT_STORE);
    }

    @Test
    void says_without_a_bucket_that_publishing_is_not_configured() {
        obsSettings.remove("bucket");

        assertThat(HuaweiFixture.open(settings).diagnose().of(Check.OBJECT_STORE))
                .containsExactly(
                        Finding.skipped(Check.OBJECT_STORE, "publishing is not configured: obs.bucket is not set"));
        assertThat(obs.received()).isEmpty();
    }

    @Test
    void detects_a_bucket_in_another_region_than_configured() {
        obsSettings.put("region", "cn-east-3");

        assertThat(bucketFindings().head())
                .isEqualTo(Finding.failed(
                        Check.OBJECT_STORE,
                        "bucket fw-bucket is in region cn-north-4, but cn-east-3 is configured",
                        "Set obs.region to cn-north-4"));
    }

    @Test
    void warns_about_a_bucket_in_another_region_than_the_instance() {
        settings.put("region", "cn-east-3");
        obsSettings.put("region", ObsServer.REGION);

        assertThat(bucketFindings().head().severity()).isEqualTo(Finding.Severity.WARNING);
        assertThat(bucketFindings().head().description()).endsWith("but the instance is in cn-east-3");
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, there is no bucket fw-bucket in region cn-north-4",
        "307, TemporaryRedirect, there is no bucket fw-bucket in region cn-north-4",
        "403, AccessDenied, the user may not access bucket fw-bucket",
        "403, SignatureDoesNotMatch, the object store rejects the access key"
    })
    void names_what_is_wrong(int status, String code, String description) {
        obs.fail("LOCATION", status, code);

        List<Finding> failed =
                HuaweiFixture.open(settings).diagnose().findings().filter(found -> found.hasFailed());

        assertThat(failed).hasSize(1);
        assertThat(failed.head().check()).isEqualTo(Check.OBJECT_STORE);
        assertThat(failed.head().description()).contains(description);
        assertThat(obs.received()).containsExactly("LOCATION");
    }

    @Test
    void an_unreachable_bucket_is_no_failure_of_another_check() {
        obs.close();

        Diagnosis diagnosis = HuaweiFixture.open(settings).diagnose();

        Finding failed = diagnosis.findings().filter(Finding::hasFailed).single();
        assertThat(failed.check()).isEqualTo(Check.OBJECT_STORE);
        assertThat(failed.advice().get()).contains("obs.region", "obs.endpoint");
        assertThat(diagnosis.findings().map(Finding::description)).noneMatch(text -> text.contains("failed checks"));
    }

    private List<Finding> bucketFindings() {
        return HuaweiFixture.open(settings)
                .diagnose()
                .findings()
                .filter(found -> found.description().contains("bucket fw-bucket"));
    }
}
