package io.otabridge.aliyun.operation;

import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.wire.EnvelopeDto;
import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Check;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maps error codes of the platform to failures. Codes that start with {@code iot.} come from the platform, usually with
 * status 200. They are matched by their last part, because the same error is {@code iot.firmware.…} in older and {@code
 * iot.ota.…} in newer documents ("Error codes"). All other codes come from the gateway in front of the platform.
 * Statuses differ between documents, so the code takes precedence over the status.
 */
public final class AliyunErrors {

    private record Rule(Pattern code, ErrorRule errorRule) {}

    private static final Pattern BUSINESS = Pattern.compile("(?i)iot\\.(?:.*\\.)?([^.]+)");

    private static final Pattern STRING_TO_SIGN =
            Pattern.compile("(?:server )?(?:string[ -]?to[ -]?sign|canonical[ -]?request)", Pattern.CASE_INSENSITIVE);

    private static final String CREDENTIAL_CODES =
            "InvalidAccessKeyId.*|InvalidSecurityToken.*|MissingSecurityToken|SecurityTokenExpired";
    private static final Pattern CREDENTIAL = Pattern.compile(CREDENTIAL_CODES, Pattern.CASE_INSENSITIVE);

    private static final String NAME_EXISTS = "CreateOTAModuleNameExist";
    private static final String FIRMWARE_NOT_FOUND = "FirmwareNotFound";
    private static final String FIRMWARE_NAME_EXISTS = "AlreadyExistedFirmwareName";

    private static final String SYSTEM_BUSY = "SystemBusy";
    private static final String TOO_MANY_UPGRADES = "TooManyDeviceUpgrade";
    private static final String JOB_CANCELLED = "JobAlreadyCanceled";
    private static final String WRONG_STATE = "IncorrectDeviceUpgradeJobStatus";

    private static final ErrorRule NO_CODE = ErrorRule.rejected(
                    "Check the requested id or name; if it is correct, contact the vendor's support")
            .about(Check.SERVICE);

    private final List<Rule> businessRules;
    private final List<Rule> gatewayRules;

    public AliyunErrors(Dialect.ErrorAdvice advice) {
        businessRules = List.of(
                rule("HighFrequentDeny", ErrorRule.rateLimited()),
                rule("IotInstanceAccessForbidden", ErrorRule.accessDenied(advice.wrongInstance())),
                rule(
                        "UidNotFound|InvalidTenant",
                        ErrorRule.accessDenied(
                                "The account is unknown, or the service is not activated for it: check the"
                                        + " access key and activate the service")),
                rule("InstanceNotFound|IotInstanceNotFound|InstanceIdSame", ErrorRule.rejected(advice.wrongInstance())),
                rule("NotExistedProduct", ErrorRule.notFound("The product", advice.missingProduct())),
                rule(
                        "RamActionPermissionDeny|AuthActionPermissionDeny",
                        ErrorRule.accessDenied(advice.missingPermission())),
                rule("BillIsOverDue", ErrorRule.accessDenied("Settle the account's bill")),
                rule(
                        "APINotSupportedInInstance",
                        ErrorRule.rejected("This instance does not support the operation")
                                .about(Check.SERVICE)),
                rule(
                        NAME_EXISTS,
                        ErrorRule.rejected(
                                "Use the existing module, or choose another name; names that differ only in case are equal")),
                rule(
                        "CreateOTAModuleExceedLimit|ModuleCountLimitExceeded",
                        ErrorRule.rejected(advice.tooManyModules())),
                rule(
                        "DeleteOTAModulePackageExist",
                        ErrorRule.rejected("Delete the firmware packages of this module first")),
                rule("DeleteOtaDefaultModule", ErrorRule.rejected("Keep this module: it represents the whole device")),
                rule(
                        FIRMWARE_NAME_EXISTS,
                        ErrorRule.rejected("Choose another name, or delete the package that has this one")),
                rule(
                        "AlreadyExistedFirmwareVersion",
                        ErrorRule.rejected("Publish under another version, or delete the package that has this one")),
                rule("FirmwareCountExceedMax", ErrorRule.rejected(advice.tooManyPackages())),
                rule(
                        "EmptyFirmwareFile|MalformedFirmwareUrl|InvalidFirmwareUrl",
                        ErrorRule.rejected(
                                "Publish again: the vendor does not accept the uploaded file, which it deletes"
                                        + " after 60 minutes")),
                rule(
                        "FirmwareNotVerified|ReUpgradeFailedFirmwareNotVerified",
                        ErrorRule.rejected(
                                "Verify the package on test devices first, and wait until the verification has succeeded")),
                rule(
                        "InProgressVerifyJobExisted",
                        ErrorRule.rejected("Wait until the verification of the package has ended, or cancel it")),
                rule(
                        "InProgressDynamicJobExisted",
                        ErrorRule.rejected("Cancel the continuous job of the package first: it can have one")),
                rule(
                        "NoDeviceCanUpgrade|DeviceWithDestinationVersionInArray",
                        ErrorRule.rejected(
                                "Choose other devices: these have the version already, or match no source version")),
                rule(
                        "NonVersionedDeviceInArray",
                        ErrorRule.rejected("Choose devices that have reported a version of the module")),
                rule(
                        "SrcVersionMismatch|UpgradeSrcVersionMismatch",
                        ErrorRule.rejected("Choose devices with the source version of the package")),
                rule(
                        "SystemBusyForScheduleTime|TooManyDeviceUpgradeForScheduleTime",
                        ErrorRule.rejected("Choose another start time: too many devices are upgraded then")),
                rule(
                        "SystemException|" + SYSTEM_BUSY + "|" + TOO_MANY_UPGRADES + "|.*Failure|.*Failed",
                        ErrorRule.unavailable("Retry later; if the error persists, contact the vendor's support")),
                rule(".*NotFound|NotExisted.*|InvalidOTAJobId", ErrorRule.notFound(advice.missingResource())),
                rule(".*", ErrorRule.rejected("Check the requested id or name; see the vendor's code and message")));
        gatewayRules = List.of(
                rule("Throttling.*", ErrorRule.rateLimited()),
                rule(
                        "ServiceUnavailable|InternalError",
                        ErrorRule.unavailable("Retry later; if the error persists, contact the vendor's support")),
                rule("SignatureNonceUsed", ErrorRule.unavailable("Retry; every request has a new nonce")),
                rule(
                        "InvalidTimeStamp\\.Expired|IllegalTimestamp",
                        ErrorRule.accessDenied(
                                        "Set this machine's clock: it may differ from the vendor's by at most 15 minutes")
                                .about(Check.CLOCK)
                                .orClockSkew()),
                rule(
                        "SignatureDoesNotMatch|IncompleteSignature",
                        ErrorRule.accessDenied(
                                        "Check the secret key; a proxy that rewrites requests also breaks signatures")
                                .about(Check.SIGNATURE)),
                rule(
                        "InvalidSignatureMethod|MissingSignature.*",
                        ErrorRule.rejected("Use a kind of signature that the endpoint accepts")
                                .about(Check.SIGNATURE)),
                rule(
                        CREDENTIAL_CODES,
                        ErrorRule.accessDenied(advice.wrongCredentials()).about(Check.CREDENTIALS)),
                rule("Forbidden.*|NoPermission.*", ErrorRule.accessDenied(advice.missingPermission())),
                rule(
                        "Unsupported.*|NoSuchVersion|InvalidAction.*|InvalidApi.*|InvalidProduct\\..*|InvalidProtocol.*"
                                + "|InvalidVersion",
                        ErrorRule.rejected(advice.wrongAddress()).about(Check.SERVICE)),
                rule(
                        "Missing.*|Invalid.*|Illegal.*",
                        ErrorRule.rejected("Check the requested id or name; see the vendor's code and message")
                                .about(Check.SERVICE)));
    }

    /**
     * Reads the vendor's error from a response. The message about a wrong signature repeats the signed text with the
     * security token, so that part is removed.
     */
    static VendorError vendorError(Option<EnvelopeDto> envelope, HttpResponse response, Redactor redactor) {
        if (envelope.isEmpty()) {
            return VendorError.ofUnreadable(response, response.header("x-acs-request-id"), redactor);
        }
        EnvelopeDto dto = envelope.get();
        return VendorError.of(
                Option.of(dto.code()),
                Option.of(dto.errorMessage())
                        .orElse(() -> Option.of(dto.message()))
                        .map(text -> isSignatureError(dto) ? withoutStringToSign(text) : text),
                Option.of(dto.requestId()).orElse(() -> response.header("x-acs-request-id")),
                redactor);
    }

    private static boolean isSignatureError(EnvelopeDto dto) {
        return Option.of(dto.code())
                .exists(code -> code.toLowerCase(Locale.ROOT).contains("signature"));
    }

    private static String withoutStringToSign(String message) {
        Matcher matcher = STRING_TO_SIGN.matcher(message);
        return matcher.find() ? message.substring(0, matcher.start()) : message;
    }
    /** Returns the rule for a status and a vendor code. */
    public ErrorRule errorRule(int status, Option<String> code) {
        return code.flatMap(this::byCode).getOrElse(() -> status == 200 ? NO_CODE : ErrorRule.byStatus(status));
    }

    /** Whether the platform rejected a creation because the name is taken. */
    public static boolean isNameTaken(OtaFailure failure) {
        return failure.vendorCode().exists(code -> isBusiness(code, NAME_EXISTS));
    }

    /** Whether the platform rejected a package because another one of the account has its name. */
    public static boolean isFirmwareNameTaken(OtaFailure failure) {
        return failure.vendorCode().exists(code -> isBusiness(code, FIRMWARE_NAME_EXISTS));
    }

    /** Whether the platform did nothing because it is busy. */
    public static boolean isBusy(OtaFailure failure) {
        return failure.vendorCode()
                .exists(code -> isBusiness(code, SYSTEM_BUSY) || isBusiness(code, TOO_MANY_UPGRADES));
    }

    /** Whether a job is cancelled already. */
    public static boolean isJobCancelled(OtaFailure failure) {
        return failure.vendorCode().exists(code -> isBusiness(code, JOB_CANCELLED));
    }

    /** Whether the state of at least one task does not allow the change. */
    public static boolean isWrongState(OtaFailure failure) {
        return failure.vendorCode().exists(code -> isBusiness(code, WRONG_STATE));
    }

    /** Whether the package itself does not exist, as opposed to its product or instance. */
    static boolean isFirmwareNotFound(OtaFailure failure) {
        return failure.vendorCode().exists(code -> isBusiness(code, FIRMWARE_NOT_FOUND));
    }

    /** Whether the failure may be caused by an expired temporary key. */
    public static boolean mayBeExpiredCredential(OtaFailure failure) {
        return failure.vendorCode().exists(code -> CREDENTIAL.matcher(code).matches());
    }

    private static boolean isBusiness(String code, String lastPart) {
        Matcher business = BUSINESS.matcher(code);
        return business.matches() && business.group(1).equalsIgnoreCase(lastPart);
    }

    private Option<ErrorRule> byCode(String code) {
        Matcher business = BUSINESS.matcher(code);
        return business.matches() ? first(businessRules, business.group(1)) : first(gatewayRules, code);
    }

    private static Option<ErrorRule> first(List<Rule> rules, String code) {
        return rules.find(rule -> rule.code().matcher(code).matches()).map(Rule::errorRule);
    }

    private static Rule rule(String codes, ErrorRule errorRule) {
        return new Rule(Pattern.compile(codes, Pattern.CASE_INSENSITIVE), errorRule);
    }
}
