package io.otabridge.huawei;

import static io.otabridge.domain.backend.Check.OBJECT_STORE;

import io.otabridge.client.diagnosis.CheckFailure;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.backend.Finding;
import io.otabridge.huawei.obs.ObsBucket;
import io.otabridge.huawei.obs.ObsStorage;
import io.otabridge.huawei.operation.HuaweiErrors;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Diagnoses the bucket for uploads. It requests the region of the bucket, which needs no object and changes nothing. If
 * it may, it begins a multipart upload and aborts it, which stores nothing.
 *
 * @param ofInstance the region of the IoTDA instance; absent if unknown
 * @param beginsUpload whether an upload is begun and aborted
 */
record HuaweiStorageDiagnostics(ObsStorage storage, ObsBucket bucket, Option<String> ofInstance, boolean beginsUpload) {

    private static final List<String> KEY_CODES =
            List.of("SignatureDoesNotMatch", "InvalidAccessKeyId", "InvalidSecurity", "InvalidSecurityToken");

    private static final String AGENCY =
            "through the agency iotda_admin_trust (roles KMS Administrator and OBS OperateAccess),"
                    + " which its API does not show: check it in the console if a package cannot be created (IOTDA.019305)";

    /** The finding without a bucket. */
    static Finding notConfigured() {
        return Finding.skipped(OBJECT_STORE, "publishing is not configured: obs.bucket is not set");
    }

    List<Finding> findings() {
        Either<OtaFailure, Option<String>> region = storage.region(bucket);
        if (region.isLeft()) {
            return List.of(failed(region.getLeft()));
        }
        Finding location = location(region.get().getOrElse(bucket.region()));
        return beginsUpload && !location.hasFailed()
                ? List.of(location, upload(), agency())
                : List.of(location, unseen());
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

    private Finding upload() {
        Either<OtaFailure, UnfinishedUpload> begun = storage.beginUpload(bucket);
        if (begun.isLeft()) {
            return notBegun(begun.getLeft());
        }
        Either<OtaFailure, DeleteResult> aborted = storage.abort(bucket, begun.get(), false);
        return aborted.isRight()
                ? Finding.ok(
                        OBJECT_STORE,
                        "the user may upload to bucket " + bucket.name() + ": an upload was begun and aborted")
                : notAborted(begun.get(), aborted.getLeft());
    }

    private Finding notBegun(OtaFailure failure) {
        if (isDenied(failure)) {
            return CheckFailure.of(failure, HuaweiErrors::errorRule)
                    .failed(
                            OBJECT_STORE,
                            "the user may not upload to bucket " + bucket.name() + ": obs:object:PutObject is missing",
                            "Grant the user obs:object:PutObject for the objects of the bucket, or remove obs.bucket if"
                                    + " this backend publishes nothing");
        }
        Finding failed = failed(failure);
        return failure instanceof OtaFailure.OutcomeUnknown
                ? Finding.failed(
                        OBJECT_STORE,
                        failed.description(),
                        "An upload of " + storage.prefix()
                                + "/ota-doctor may have begun: ota firmware uploads lists it, and"
                                + " aborts it with --abort")
                : failed;
    }

    private Finding notAborted(UnfinishedUpload upload, OtaFailure failure) {
        String command = "ota firmware uploads --abort " + upload.id();
        return CheckFailure.of(failure, HuaweiErrors::errorRule)
                .failed(
                        OBJECT_STORE,
                        "the user may upload to bucket " + bucket.name() + ", but upload " + upload.id() + " of "
                                + upload.location().key().getOrElse("")
                                + ", which was begun to check it, could not be aborted"
                                + (isDenied(failure)
                                        ? ": obs:object:AbortMultipartUpload is missing"
                                        : ": " + failure.summary()),
                        isDenied(failure)
                                ? "Grant the user obs:object:AbortMultipartUpload for the objects of the bucket, then"
                                        + " abort it with: " + command
                                : "Abort it with: " + command);
    }

    private static boolean isDenied(OtaFailure failure) {
        return failure instanceof OtaFailure.AccessDenied
                && !failure.vendorCode().exists(KEY_CODES::contains);
    }

    private Finding unseen() {
        return Finding.skipped(
                OBJECT_STORE,
                "writing to bucket " + bucket.name() + " is checked on the first upload. The instance reads the bucket "
                        + AGENCY);
    }

    private Finding agency() {
        return Finding.skipped(OBJECT_STORE, "the instance reads bucket " + bucket.name() + " " + AGENCY);
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
