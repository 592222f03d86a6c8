package io.otabridge.testkit.aliyun;

/**
 * Why a request fails, as the documents "Common error codes" and "Error codes" word it: the gateway refuses with a status
 * of its own, the service behind it says so in an answer with status 200.
 */
record AliyunRefusal(int status, String code, String message) {

    static AliyunRefusal missing(String parameter) {
        return gateway("Missing" + parameter, parameter + " is mandatory for this action.");
    }

    static AliyunRefusal noSuchKey() {
        return new AliyunRefusal(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
    }

    static AliyunRefusal wrongSecurityToken() {
        return gateway("InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.");
    }

    static AliyunRefusal expiredSecurityToken() {
        return gateway("InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
    }

    static AliyunRefusal throttled() {
        return gateway("Throttling.User", "Request was denied due to user flow control.");
    }

    static AliyunRefusal notPermitted() {
        return new AliyunRefusal(403, "Forbidden.RAM", "User not authorized to operate on the specified resource.");
    }

    /** The service repeats what it would have signed, so that its client can compare. */
    static AliyunRefusal wrongSignature(String stringToSign) {
        return gateway(
                "SignatureDoesNotMatch",
                "Specified signature is not matched with our calculation. server string to sign is:" + stringToSign);
    }

    static AliyunRefusal incompleteSignature() {
        return gateway("IncompleteSignature", "The request signature does not conform to Aliyun standards.");
    }

    static AliyunRefusal wrongSignatureMethod() {
        return gateway("InvalidSignatureMethod", "Specified signature method is not valid.");
    }

    static AliyunRefusal malformedTime() {
        return gateway("InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
    }

    static AliyunRefusal expired() {
        return gateway("InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
    }

    static AliyunRefusal nonceUsed() {
        return gateway("SignatureNonceUsed", "Specified signature nonce was used already.");
    }

    static AliyunRefusal wrongVersion() {
        return gateway("NoSuchVersion", "The specified version does not exist.");
    }

    static AliyunRefusal unknownParameter(String name) {
        return gateway("Invalid" + name, name + " is not a parameter of this platform.");
    }

    static AliyunRefusal wrongMethod() {
        return gateway("UnsupportedHTTPMethod", "This http method is not supported.");
    }

    static AliyunRefusal noSuchOperation() {
        return gateway("UnsupportedOperation", "The specified action is not supported.");
    }

    static AliyunRefusal noSuchPath() {
        return new AliyunRefusal(
                404, "InvalidApi.NotFound", "Specified api is not found, please check your url and method.");
    }

    static AliyunRefusal unreadable(int status) {
        return new AliyunRefusal(
                status,
                status == 500 ? "InternalError" : "InvalidParameter.Format",
                "The request could not be handled.");
    }

    static AliyunRefusal noSuchInstance() {
        return business("iot.system.InstanceNotFound", "The specified instance does not exist.");
    }

    static AliyunRefusal invalidPage() {
        return business("iot.common.InvalidPageParams", "The page number or page size is invalid.");
    }

    static AliyunRefusal noSuchFirmware() {
        return business("iot.ota.FirmwareNotFound", "The specified firmware does not exist.");
    }

    static AliyunRefusal noSuchProduct() {
        return business("iot.prod.NotExistedProduct", "The specified product does not exist.");
    }

    static AliyunRefusal wrongModule(String operation) {
        return business("iot.ota." + operation + "ParamError", "A parameter of the module is invalid.");
    }

    static AliyunRefusal noSuchModule(String operation) {
        return business("iot.ota." + operation + "ParamError", "The specified module does not exist.");
    }

    static AliyunRefusal moduleNameTaken() {
        return business("iot.ota.CreateOTAModuleNameExist", "The module name already exists.");
    }

    static AliyunRefusal tooManyModules() {
        return business("iot.ota.CreateOTAModuleExceedLimit", "The number of modules exceeds the limit.");
    }

    static AliyunRefusal moduleHasPackages() {
        return business("iot.ota.DeleteOTAModulePackageExist", "The module still has OTA packages.");
    }

    static AliyunRefusal defaultModuleStays() {
        return business("iot.ota.DeleteOtaDefaultModule", "The default module cannot be deleted.");
    }

    boolean isFromGateway() {
        return status != 200;
    }

    private static AliyunRefusal gateway(String code, String message) {
        return new AliyunRefusal(400, code, message);
    }

    private static AliyunRefusal business(String code, String message) {
        return new AliyunRefusal(200, code, message);
    }
}
