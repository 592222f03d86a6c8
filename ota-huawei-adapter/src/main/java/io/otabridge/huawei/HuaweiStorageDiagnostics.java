package io.otabridge.huawei;

import static io.otabridge.domain.backend.Check.OBJECT_STORE;

import io.otabridge.client.diagnosis.CheckFailure;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Finding;
import io.otabridge.huawei.obs.ObsBucket;
import io.otabridge.huawei.obs.ObsStorage;
import io.otabridge.huawei.operation.HuaweiErrors;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Diagnoses the bucket for uploads. It requests the region of the bucket, which needs no object and changes nothing.
 *
 * @param ofInstance the region of the IoTDA instance; absent if unknown
 */
record HuaweiStorageDiagnostics(ObsStorage storage, ObsBucket bucket, Option<String> ofInstance) {

    private static final List<String> KEY_CODES =
            List.of("SignatureDoesNotMatch", "InvalidAccessKeyId", "InvalidSecurity", "InvalidSecurityToken");

    /** The finding without a bucket. */
    static Finding notConfigured() {
        return Finding.skipped(OBJECT_STORE, "publishing is not configured: obs.bucket is not set");
    }

    List<Finding> findings() {
        Either<OtaFailure, Option<String>> region = storage.region(bucket);
        return region.isRight()
                ? List.of(location(region.get().getOrElse(bucket.region())), unseen())
                : List.of(failed(region.getLeft()));
    }

    private Finding location(String region) {
        if (!region.equals(bucket.region())) {
            return Finding.failed(
                    OBJECT_STORE,
                    "bucket " + bucket.name() + " is in region " + region + ", but " + bucket.region()
                            + " is configured",
                    "Set obs.region to " + region);
        }
        return ofInstance
                .filter(instance -> !instance.equals(region))
                .map(instance -> Finding.warning(
                        OBJECT_STORE,
                        "bucket " + bucket.name() + " is in region " + region + ", but the instance is in " + instance,
                        "Use a bucket in the region of the instance, unless publishing works"))
                .getOrElse(() -> Finding.ok(
                        OBJECT_STORE,
                        "bucket " + bucket.name() + " exists in region " + region + " and is accessible"));
    }

    private Finding unseen() {
        return Finding.skipped(
                OBJECT_STORE,
                "writing to bucket " + bucket.name() + " is checked on the first upload. The instance reads the bucket"
                        + " through the agency iotda_admin_trust (roles KMS Administrator and OBS OperateAccess), which"
                        + " its API does not show: check it in the console if a package cannot be created"
                        + " (IOTDA.019305)");
    }

    private Finding failed(OtaFailure failure) {
        CheckFailure diagnosed = CheckFailure.of(failure, HuaweiErrors::errorRule);
        boolean isElsewhere = failure.status().exists(status -> status >= 300 && status < 400);
        if (failure instanceof OtaFailure.NotFound || isElsewhere) {
            return diagnosed.failed(
                    OBJECT_STORE,
                    "there is no bucket " + bucket.name() + " in region " + bucket.region(),
                    "Check obs.bucket and obs.region");
        }
        if (failure.vendorCode().exists(KEY_CODES::contains)) {
            return diagnosed.failed(
                    OBJECT_STORE,
                    "the object store rejects the access key",
                    "Check access key and secret key; temporary keys need their security-token");
        }
        return failure instanceof OtaFailure.AccessDenied
                ? diagnosed.failed(
                        OBJECT_STORE,
                        "the user may not access bucket " + bucket.name(),
                        "Grant the user the actions obs:… of ota backends --permissions, and check that the bucket belongs"
                                + " to the account")
                : diagnosed.failed(
                        OBJECT_STORE,
                        failure.summary(),
                        "Check obs.region and obs.endpoint, and that a proxy or firewall lets the object store through");
    }
}
