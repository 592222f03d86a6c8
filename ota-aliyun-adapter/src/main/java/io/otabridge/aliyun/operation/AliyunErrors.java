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
 * What the platform's error codes mean. Codes that begin with {@code iot.} come from the platform, usually under status
 * 200, and are known by their last part, because the same condition is written {@code iot.firmware.…} in older and
 * {@code iot.ota.…} in newer documents ("Error codes"). All others come from the gateway in front of it. Statuses differ
 * between documents, so the code decides and the status only where no code does.
 */
public final class AliyunErrors {

    private record Rule(Pattern code, ErrorRule verdict) {}

    private static final Pattern BUSINESS = Pattern.compile("(?i)iot\\.(?:.*\\.)?([^.]+)");

    private static final Pattern STRING_TO_SIGN =
            Pattern.compile("(?:server )?(?:string[ -]?to[ -]?sign|canonical[ -]?request)", Pattern.CASE_INSENSITIVE);

    private static final String OF_KEY =
            "InvalidAccessKeyId.*|InvalidSecurityToken.*|MissingSecurityToken|SecurityTokenExpired";
    private static final Pattern KEY_IS_OVER = Pattern.compile(OF_KEY, Pattern.CASE_INSENSITIVE);

    private static final String NAME_EXISTS = "CreateOTAModuleNameExist";
    private static final String FIRMWARE_NOT_FOUND = "FirmwareNotFound";

    private static final ErrorRule REFUSED_WITHOUT_REASON = ErrorRule.rejected(
                    "Check the id or name asked for, and ask the vendor's support if that is right")
            .about(Check.SERVICE);

    private final List<Rule> businessRules;
    private final List<Rule> gatewayRules;

    public AliyunErrors(Dialect.Remedies remedies) {
        businessRules = List.of(
                rule("HighFrequentDeny", ErrorRule.rateLimited()),
                rule("IotInstanceAccessForbidden", ErrorRule.accessDenied(remedies.wrongInstance())),
                rule(
                        "UidNotFound|InvalidTenant",
                        ErrorRule.accessDenied(
                                "The account is unknown, or the service is not activated for it: check the"
                                        + " access key and activate the service")),
                rule(
                        "InstanceNotFound|IotInstanceNotFound|InstanceIdSame",
                        ErrorRule.rejected(remedies.wrongInstance())),
                rule("NotExistedProduct", ErrorRule.notFound("The product", remedies.missingProduct())),
                rule(
                        "RamActionPermissionDeny|AuthActionPermissionDeny",
                        ErrorRule.accessDenied(remedies.missingPermission())),
                rule("BillIsOverDue", ErrorRule.accessDenied("Settle the account's bill")),
                rule(
                        "APINotSupportedInInstance",
                        ErrorRule.rejected("This instance does not offer the operation")
                                .about(Check.SERVICE)),
                rule(
                        NAME_EXISTS,
                        ErrorRule.rejected(
                                "Use the module that is there, or choose another name; names that differ only in case"
                                        + " count as the same")),
                rule(
                        "CreateOTAModuleExceedLimit|ModuleCountLimitExceeded",
                        ErrorRule.rejected(remedies.tooManyModules())),
                rule(
                        "DeleteOTAModulePackageExist",
                        ErrorRule.rejected("Delete the firmware packages of this module first")),
                rule("DeleteOtaDefaultModule", ErrorRule.rejected("Keep it: it stands for the whole device")),
                rule(
                        "SystemException|SystemBusy|TooManyDeviceUpgrade|.*Failure|.*Failed",
                        ErrorRule.unavailable("Try again later; if it stays, ask the vendor's support")),
                rule(".*NotFound|NotExisted.*|NoDeviceCanUpgrade", ErrorRule.notFound(remedies.missingThing())),
                rule(
                        ".*",
                        ErrorRule.rejected("Check the id or name asked for; the vendor's code and message say more")));
        gatewayRules = List.of(
                rule("Throttling.*", ErrorRule.rateLimited()),
                rule(
                        "ServiceUnavailable|InternalError",
                        ErrorRule.unavailable("Try again later; if it stays, ask the vendor's support")),
                rule("SignatureNonceUsed", ErrorRule.unavailable("Ask again; each request gets a number of its own")),
                rule(
                        "InvalidTimeStamp\\.Expired|IllegalTimestamp",
                        ErrorRule.accessDenied(
                                        "Set this machine's clock: it may differ from the vendor's by 15 minutes at most")
                                .about(Check.CLOCK)
                                .orOfTime()),
                rule(
                        "SignatureDoesNotMatch|IncompleteSignature",
                        ErrorRule.accessDenied(
                                        "Check the secret key; a proxy that rewrites requests breaks signatures too")
                                .about(Check.SIGNATURE)),
                rule(
                        "InvalidSignatureMethod|MissingSignature.*",
                        ErrorRule.rejected("Sign in the way that the endpoint takes")
                                .about(Check.SIGNATURE)),
                rule(OF_KEY, ErrorRule.accessDenied(remedies.wrongKey()).about(Check.CREDENTIALS)),
                rule("Forbidden.*|NoPermission.*", ErrorRule.accessDenied(remedies.missingPermission())),
                rule(
                        "Unsupported.*|NoSuchVersion|InvalidAction.*|InvalidApi.*|InvalidProduct\\..*|InvalidProtocol.*"
                                + "|InvalidVersion",
                        ErrorRule.rejected(remedies.wrongAddress()).about(Check.SERVICE)),
                rule(
                        "Missing.*|Invalid.*|Illegal.*",
                        ErrorRule.rejected("Check the id or name asked for; the vendor's code and message say more")
                                .about(Check.SERVICE)));
    }

    /**
     * The vendor's own report. A message about a wrong signature repeats what the server signed, security token included,
     * and is cut before that.
     */
    static VendorError report(Option<EnvelopeDto> envelope, HttpResponse answer, Redactor redactor) {
        if (envelope.isEmpty()) {
            return VendorError.ofUnreadable(answer, answer.header("x-acs-request-id"), redactor);
        }
        EnvelopeDto dto = envelope.get();
        return VendorError.of(
                Option.of(dto.code()),
                Option.of(dto.errorMessage())
                        .orElse(() -> Option.of(dto.message()))
                        .map(words -> speaksOfSignature(dto) ? withoutStringToSign(words) : words),
                Option.of(dto.requestId()).orElse(() -> answer.header("x-acs-request-id")),
                redactor);
    }

    private static boolean speaksOfSignature(EnvelopeDto dto) {
        return Option.of(dto.code())
                .exists(code -> code.toLowerCase(Locale.ROOT).contains("signature"));
    }

    private static String withoutStringToSign(String message) {
        Matcher found = STRING_TO_SIGN.matcher(message);
        return found.find() ? message.substring(0, found.start()) : message;
    }

    public ErrorRule verdict(int status, Option<String> code) {
        return code.flatMap(this::byCode)
                .getOrElse(() -> status == 200 ? REFUSED_WITHOUT_REASON : ErrorRule.byStatus(status));
    }

    /** Whether the platform refused a creation because the name is taken. */
    public static boolean saysThatNameExists(OtaFailure failure) {
        return failure.vendorCode().exists(code -> isBusiness(code, NAME_EXISTS));
    }

    /** Whether it is the package itself that is not there, and not its product or instance. */
    static boolean saysThatFirmwareIsAbsent(OtaFailure failure) {
        return failure.vendorCode().exists(code -> isBusiness(code, FIRMWARE_NOT_FOUND));
    }

    /** Whether a temporary key may have been over; a lasting one would be wrong. */
    public static boolean saysThatKeyIsOver(OtaFailure failure) {
        return failure.vendorCode().exists(code -> KEY_IS_OVER.matcher(code).matches());
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
        return rules.find(rule -> rule.code().matcher(code).matches()).map(Rule::verdict);
    }

    private static Rule rule(String codes, ErrorRule verdict) {
        return new Rule(Pattern.compile(codes, Pattern.CASE_INSENSITIVE), verdict);
    }
}
