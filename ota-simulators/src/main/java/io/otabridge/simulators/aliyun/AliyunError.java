package io.otabridge.simulators.aliyun;

import io.otabridge.simulators.aliyun.operation.OperationError;

/**
 * An error response, as described in "Common error codes" and "Error codes". The gateway uses an error status; the
 * service behind it reports errors with status 200.
 */
record AliyunError(int status, String code, String message) {

    /** Returns an error of the service. */
    static AliyunError of(OperationError error) {
        return business(error.code(), error.message());
    }

    static AliyunError missing(String parameter) {
        return gateway("Missing" + parameter, parameter + " is mandatory for this action.");
    }

    static AliyunError noSuchKey() {
        return new AliyunError(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
    }

    static AliyunError wrongSecurityToken() {
        return gateway("InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.");
    }

    static AliyunError expiredSecurityToken() {
        return gateway("InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
    }

    static AliyunError throttled() {
        return gateway("Throttling.User", "Request was denied due to user flow control.");
    }

    static AliyunError notPermitted() {
        return new AliyunError(403, "Forbidden.RAM", "User not authorized to operate on the specified resource.");
    }

    /** Contains the string to sign of the service, so that clients can compare it. */
    static AliyunError wrongSignature(String stringToSign) {
        return gateway(
                "SignatureDoesNotMatch",
                "Specified signature is not matched with our calculation. server string to sign is:" + stringToSign);
    }

    static AliyunError incompleteSignature() {
        return gateway("IncompleteSignature", "The request signature does not conform to Aliyun standards.");
    }

    static AliyunError wrongSignatureMethod() {
        return gateway("InvalidSignatureMethod", "Specified signature method is not valid.");
    }

    static AliyunError malformedTime() {
        return gateway("InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
    }

    static AliyunError expired() {
        return gateway("InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
    }

    static AliyunError nonceUsed() {
        return gateway("SignatureNonceUsed", "Specified signature nonce was used already.");
    }

    static AliyunError wrongVersion() {
        return gateway("NoSuchVersion", "The specified version does not exist.");
    }

    static AliyunError unknownParameter(String name) {
        return gateway("Invalid" + name, name + " is not a parameter of this platform.");
    }

    static AliyunError wrongMethod() {
        return gateway("UnsupportedHTTPMethod", "This http method is not supported.");
    }

    static AliyunError noSuchOperation() {
        return gateway("UnsupportedOperation", "The specified action is not supported.");
    }

    static AliyunError noSuchPath() {
        return new AliyunError(
                404, "InvalidApi.NotFound", "Specified api is not found, please check your url and method.");
    }

    static AliyunError unreadable(int status) {
        return new AliyunError(
                status,
                status == 500 ? "InternalError" : "InvalidParameter.Format",
                "The request could not be handled.");
    }

    static AliyunError noSuchInstance() {
        return business("iot.system.InstanceNotFound", "The specified instance does not exist.");
    }

    static AliyunError invalidPage() {
        return business("iot.common.InvalidPageParams", "The page number or page size is invalid.");
    }

    static AliyunError noSuchFirmware() {
        return business("iot.ota.FirmwareNotFound", "The specified firmware does not exist.");
    }

    static AliyunError noSuchProduct() {
        return business("iot.prod.NotExistedProduct", "The specified product does not exist.");
    }

    static AliyunError wrongModule(String operation) {
        return business("iot.ota." + operation + "ParamError", "A parameter of the module is invalid.");
    }

    static AliyunError noSuchModule(String operation) {
        return business("iot.ota." + operation + "ParamError", "The specified module does not exist.");
    }

    static AliyunError moduleNameTaken() {
        return business("iot.ota.CreateOTAModuleNameExist", "The module name already exists.");
    }

    static AliyunError tooManyModules() {
        return business("iot.ota.CreateOTAModuleExceedLimit", "The number of modules exceeds the limit.");
    }

    static AliyunError moduleHasPackages() {
        return business("iot.ota.DeleteOTAModulePackageExist", "The module still has OTA packages.");
    }

    static AliyunError defaultModuleStays() {
        return business("iot.ota.DeleteOtaDefaultModule", "The default module cannot be deleted.");
    }

    /** Returns an error of package creation or update, with the last part of its code. */
    static AliyunError firmware(String code, String message) {
        return business("iot.firmware." + code, message);
    }

    boolean isFromGateway() {
        return status != 200;
    }

    private static AliyunError gateway(String code, String message) {
        return new AliyunError(400, code, message);
    }

    private static AliyunError business(String code, String message) {
        return new AliyunError(200, code, message);
    }
}
