package io.otabridge.simulators.huawei;

/** An error response, as described in "Error Codes" of IoTDA and of API Gateway. */
record HuaweiError(int status, String code, String message) {

    /** Assumed: the codes for unknown modules and packages are not documented. Neighbouring codes concern packages. */
    static final String UNKNOWN_MODULE_OR_PACKAGE = "IOTDA.019301";

    /** Assumed: the code for a project of another account is not documented. */
    static final String FOREIGN_PROJECT = "IOTDA.000021";

    /** Assumed: the code for a duplicate module name is not documented. */
    static final String MODULE_EXISTS = "IOTDA.019302";

    /** Assumed: the code for too many modules is not documented. */
    static final String TOO_MANY_MODULES = "IOTDA.019303";

    /** Assumed: the code for too many packages is not documented. */
    static final String TOO_MANY_PACKAGES = "IOTDA.019304";

    /** Assumed: the code for an unknown batch task is not documented. */
    static final String UNKNOWN_JOB = "IOTDA.014217";

    /** Assumed: the code for a batch task in the wrong status is not documented. */
    static final String WRONG_JOB_STATUS = "IOTDA.014218";

    static final String UNKNOWN_DEVICE = "IOTDA.014000";

    static HuaweiError notAuthentic(String detail) {
        return new HuaweiError(401, "APIGW.0301", "Incorrect IAM authentication information: " + detail);
    }

    static HuaweiError expiredToken() {
        return new HuaweiError(401, "APIGW.0307", "The token must be updated.");
    }

    static HuaweiError revokedToken() {
        return new HuaweiError(403, "IOTDA.000004", "Invalid access token.");
    }

    static HuaweiError wrongKindOfSignature() {
        return new HuaweiError(401, "IOTDA.000002", "Authentication failed.");
    }

    static HuaweiError notSubscribed() {
        return new HuaweiError(403, FOREIGN_PROJECT, "The user does not exist or has not subscribed to the service.");
    }

    static HuaweiError throttled() {
        return new HuaweiError(403, "IOTDA.021102", "The rate limit of the tenant has been reached.");
    }

    static HuaweiError notPermitted() {
        return new HuaweiError(403, "APIGW.0302", "The request is not authorized.");
    }

    static HuaweiError ambiguousSpace() {
        return new HuaweiError(403, "IOTDA.001005", "The user has several resource spaces. Specify app_id.");
    }

    static HuaweiError noSuchApi() {
        return new HuaweiError(
                404, "APIGW.0101", "The API does not exist or has not been published in the environment");
    }

    static HuaweiError unreadable(int status) {
        return new HuaweiError(status, "APIGW.0201", "The request could not be handled.");
    }

    static HuaweiError foreignProject(String projectId) {
        return new HuaweiError(403, FOREIGN_PROJECT, "The user may not use project " + projectId + ".");
    }

    static HuaweiError foreignInstance(String instanceId) {
        return new HuaweiError(403, FOREIGN_PROJECT, "The user may not use instance " + instanceId + ".");
    }

    static HuaweiError noSuchSpace(String appId) {
        return new HuaweiError(403, "IOTDA.001000", "The resource space " + appId + " does not exist.");
    }

    static HuaweiError invalid(String parameter) {
        return new HuaweiError(400, "IOTDA.000006", "Invalid input data. " + parameter + " is missing or malformed.");
    }

    static HuaweiError malformed() {
        return new HuaweiError(400, "IOTDA.000008", "Invalid input. Bad request, the body is no JSON object.");
    }

    static HuaweiError moduleExists(String name) {
        return new HuaweiError(400, MODULE_EXISTS, "The OTA module " + name + " exists in this product.");
    }

    static HuaweiError tooManyModules(int max) {
        return new HuaweiError(400, TOO_MANY_MODULES, "A product has " + max + " custom OTA modules at max.");
    }

    static HuaweiError tooManyPackages(int max) {
        return new HuaweiError(400, TOO_MANY_PACKAGES, "A resource space has " + max + " OTA packages at max.");
    }

    static HuaweiError wrongObsLocation() {
        return new HuaweiError(
                400, "IOTDA.019305", "The OBS information is incorrect. Check the region, bucket and object key.");
    }

    static HuaweiError limitOutOfRange() {
        return new HuaweiError(400, "IOTDA.000017", "Invalid input data. limit must be 1 to 50.");
    }

    static HuaweiError offsetOutOfRange() {
        return new HuaweiError(400, "IOTDA.000018", "Invalid input data. offset must be 0 to 500.");
    }

    static HuaweiError unknown(String what, String id) {
        return new HuaweiError(404, UNKNOWN_MODULE_OR_PACKAGE, "The OTA " + what + " " + id + " does not exist.");
    }

    static HuaweiError unknownJob(String id) {
        return new HuaweiError(404, UNKNOWN_JOB, "The batch task " + id + " does not exist.");
    }

    static HuaweiError unknownDevice(String id) {
        return new HuaweiError(404, UNKNOWN_DEVICE, "The device " + id + " does not exist.");
    }

    /** @param operation such as {@code stopped} */
    static HuaweiError wrongJobStatus(String status, String operation) {
        return new HuaweiError(
                403, WRONG_JOB_STATUS, "A batch task in the status " + status + " cannot be " + operation + ".");
    }

    static HuaweiError invalidSearch(String reason) {
        return new HuaweiError(400, "IOTDA.000006", "Invalid input data. " + reason + ".");
    }

    static HuaweiError searchNotSupported() {
        return new HuaweiError(403, FOREIGN_PROJECT, "The basic edition does not support this operation.");
    }

    static HuaweiError tooManySearches() {
        return new HuaweiError(403, "IOTDA.021101", "Request reached the maximum rate limit.");
    }

    boolean isFromGateway() {
        return code.startsWith("APIGW.");
    }
}
