package io.otabridge.testkit.huawei;

/** Why a request is refused, as the documents "Error Codes" of IoTDA and of API Gateway word it. */
record HuaweiRefusal(int status, String code, String message) {

    /**
     * A stand-in: the codes of unknown modules and packages are not published; those around this one concern packages.
     */
    static final String UNKNOWN_MODULE_OR_PACKAGE = "IOTDA.019301";

    /** A stand-in: what the service says to the project of somebody else is not published. */
    static final String FOREIGN_PROJECT = "IOTDA.000021";

    /** A stand-in: what the service says to a second module of the same name is not published. */
    static final String MODULE_EXISTS = "IOTDA.019302";

    /** A stand-in: what the service says to one module too many is not published. */
    static final String TOO_MANY_MODULES = "IOTDA.019303";

    static HuaweiRefusal notAuthentic(String detail) {
        return new HuaweiRefusal(401, "APIGW.0301", "Incorrect IAM authentication information: " + detail);
    }

    static HuaweiRefusal endedToken() {
        return new HuaweiRefusal(401, "APIGW.0307", "The token must be updated.");
    }

    static HuaweiRefusal revokedToken() {
        return new HuaweiRefusal(403, "IOTDA.000004", "Invalid access token.");
    }

    static HuaweiRefusal wrongKindOfSignature() {
        return new HuaweiRefusal(401, "IOTDA.000002", "Authentication failed.");
    }

    static HuaweiRefusal notSubscribed() {
        return new HuaweiRefusal(403, FOREIGN_PROJECT, "The user does not exist or has not subscribed to the service.");
    }

    static HuaweiRefusal throttled() {
        return new HuaweiRefusal(403, "IOTDA.021102", "The rate limit of the tenant has been reached.");
    }

    static HuaweiRefusal notPermitted() {
        return new HuaweiRefusal(403, "APIGW.0302", "The request is not authorized.");
    }

    static HuaweiRefusal ambiguousSpace() {
        return new HuaweiRefusal(403, "IOTDA.001005", "The user has several resource spaces. Specify app_id.");
    }

    static HuaweiRefusal noSuchApi() {
        return new HuaweiRefusal(
                404, "APIGW.0101", "The API does not exist or has not been published in the environment");
    }

    static HuaweiRefusal unreadable(int status) {
        return new HuaweiRefusal(status, "APIGW.0201", "The request could not be handled.");
    }

    static HuaweiRefusal foreignProject(String projectId) {
        return new HuaweiRefusal(403, FOREIGN_PROJECT, "The user may not use project " + projectId + ".");
    }

    static HuaweiRefusal foreignInstance(String instanceId) {
        return new HuaweiRefusal(403, FOREIGN_PROJECT, "The user may not use instance " + instanceId + ".");
    }

    static HuaweiRefusal noSuchSpace(String appId) {
        return new HuaweiRefusal(403, "IOTDA.001000", "The resource space " + appId + " does not exist.");
    }

    static HuaweiRefusal invalid(String parameter) {
        return new HuaweiRefusal(400, "IOTDA.000006", "Invalid input data. " + parameter + " is missing or malformed.");
    }

    static HuaweiRefusal malformed() {
        return new HuaweiRefusal(400, "IOTDA.000008", "Invalid input. Bad request, the body is no JSON object.");
    }

    static HuaweiRefusal moduleExists(String name) {
        return new HuaweiRefusal(400, MODULE_EXISTS, "The OTA module " + name + " exists in this product.");
    }

    static HuaweiRefusal tooManyModules(int most) {
        return new HuaweiRefusal(400, TOO_MANY_MODULES, "A product has " + most + " custom OTA modules at most.");
    }

    static HuaweiRefusal limitOutOfRange() {
        return new HuaweiRefusal(400, "IOTDA.000017", "Invalid input data. limit must be 1 to 50.");
    }

    static HuaweiRefusal offsetOutOfRange() {
        return new HuaweiRefusal(400, "IOTDA.000018", "Invalid input data. offset must be 0 to 500.");
    }

    static HuaweiRefusal unknown(String what, String id) {
        return new HuaweiRefusal(404, UNKNOWN_MODULE_OR_PACKAGE, "The OTA " + what + " " + id + " does not exist.");
    }

    boolean isFromGateway() {
        return code.startsWith("APIGW.");
    }
}
