package io.otabridge.huawei.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Check;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps error responses of IoTDA to failures. The error code takes precedence over the status, because IoTDA throttles
 * with status 403 (documents "Error Codes" of IoTDA and of API Gateway).
 */
public final class HuaweiErrors {

    /** The signature is valid, but the user has no resources here. */
    public static final String UNKNOWN_USER = "IOTDA.000021";

    public static final String UNKNOWN_OPERATION = "IOTDA.000029";

    /** Codes for a {@code package_type} that the platform does not support. They have other meanings too. */
    public static final Set<String> UNKNOWN_TYPE = Set.of("IOTDA.000006", UNKNOWN_OPERATION);

    public static final String UNKNOWN_API = "APIGW.0101";

    /** The start of the codes for batch tasks, such as {@code IOTDA.014219}. */
    private static final String BATCH_TASKS = "IOTDA.0142";

    public static final String SEVERAL_SPACES = "IOTDA.001005";
    public static final List<String> UNKNOWN_SPACES = List.of("IOTDA.001000", "IOTDA.001006");
    public static final List<String> FOREIGN_SPACES = List.of("IOTDA.001002", "IOTDA.001007");

    private static final LenientJsonReader<JsonNode> JSON = LenientJsonReader.of(JsonNode.class);
    private static final Map<String, ErrorRule> BY_CODE = new HashMap<>();
    private static final Set<String> CREDENTIAL_CODES = Set.of(
            "IOTDA.000002",
            "IOTDA.000004",
            "IOTDA.000020",
            "APIGW.0301",
            "APIGW.0307",
            // OBS
            "INVALIDACCESSKEYID",
            "INVALIDSECURITY",
            "INVALIDSECURITYTOKEN",
            "SECURITYTOKENEXPIRED");

    static {
        ErrorRule permission = ErrorRule.accessDenied(
                "Grant the user of this access key the IoTDA permissions for OTA, and check app-id and instance-id");
        ErrorRule credentials = ErrorRule.accessDenied(
                        "Check access key, secret key and this machine's clock; an endpoint of a tenant's own instance needs"
                                + " signature: derived, the shared endpoint signature: plain")
                .about(Check.CREDENTIALS)
                .orClockSkew();
        ErrorRule token = ErrorRule.accessDenied(
                        "Set credentials.token to a new IAM token that is scoped to the project, or set user-name, password"
                                + " and account-name in credentials, so that tokens are refreshed")
                .about(Check.CREDENTIALS);
        ErrorRule parameter = ErrorRule.rejected("Check the requested id or name, project-id, app-id and instance-id");
        register(credentials, "IOTDA.000002", "APIGW.0301", "APIGW.0303", "APIGW.0305");
        register(token, "IOTDA.000004", "IOTDA.000020", "APIGW.0307");
        register(
                ErrorRule.accessDenied(
                                "Check project-id, that the endpoint belongs to your edition (copy it from the instance's"
                                        + " access information), that instance-id is correct or not set, and that the user has"
                                        + " IoTDA permissions")
                        .about(Check.SERVICE),
                UNKNOWN_USER);
        register(permission, FOREIGN_SPACES.toJavaArray(String[]::new));
        register(permission, "APIGW.0302", "APIGW.0304", "APIGW.0306");
        register(
                parameter,
                "IOTDA.000006",
                "IOTDA.000008",
                "IOTDA.000009",
                "IOTDA.000010",
                "IOTDA.000011",
                "IOTDA.000012",
                "IOTDA.000013",
                "IOTDA.000014",
                "IOTDA.000017",
                "IOTDA.000018");
        register(parameter.about(Check.SERVICE), UNKNOWN_OPERATION);
        register(
                ErrorRule.rejected("The account has several resource spaces: set app-id to one of them"),
                SEVERAL_SPACES);
        register(
                ErrorRule.rejected("Set app-id to a resource space that exists in this instance"),
                UNKNOWN_SPACES.toJavaArray(String[]::new));
        register(
                ErrorRule.notFound(
                        "The product",
                        "Check the product id, which belongs to one instance, or map the name in products"),
                "IOTDA.014204");
        register(
                ErrorRule.rejected(
                        "Check region, bucket and key of the package's file, and that the instance may read the"
                                + " bucket: it needs the agency iotda_admin_trust with the roles KMS Administrator and OBS"
                                + " OperateAccess"),
                "IOTDA.019305");
        register(ErrorRule.rateLimited(), "IOTDA.021101", "IOTDA.021102", "APIGW.0308");
        register(
                ErrorRule.rejected("There is no such API at this address: check region or endpoint and project-id")
                        .about(Check.SERVICE),
                UNKNOWN_API);
    }

    private HuaweiErrors() {}

    /** Reads the vendor's error from a response, in any of the formats of Huawei's services. */
    public static VendorError vendorError(HttpResponse response, Redactor redactor) {
        Option<JsonNode> body = JSON.read(response.body()).toOption();
        if (body.isEmpty()) {
            return VendorError.ofUnreadable(response, requestId(response), redactor);
        }
        JsonNode error = errorObject(body.get());
        return VendorError.of(
                code(error),
                member(error, "error_msg").orElse(member(error, "message")),
                requestId(response).orElse(member(body.get(), "request_id")),
                redactor);
    }

    /** The request id for Huawei's support. */
    static Option<String> requestId(HttpResponse response) {
        return response.header("X-Request-Id");
    }

    /** Whether the failure may be caused by an expired token or temporary key. */
    public static boolean mayBeExpiredCredential(OtaFailure failure) {
        return failure.vendorCode().map(HuaweiErrors::normalized).exists(CREDENTIAL_CODES::contains);
    }

    /** Whether the vendor's error code is one without a rule, so that the advice is only that of the status. */
    public static boolean hasUnknownCode(OtaFailure failure) {
        return failure.vendorCode().exists(code -> !BY_CODE.containsKey(normalized(code)));
    }

    /** Returns the rule for a status and a vendor code. */
    public static ErrorRule errorRule(int status, Option<String> code) {
        return code.flatMap(text -> Option.of(BY_CODE.get(normalized(text)))).getOrElse(() -> byStatus(status, code));
    }

    /** Codes are compared in upper case. Some gateways shorten the prefix. */
    private static String normalized(String code) {
        return code.toUpperCase(Locale.ROOT).replaceFirst("^APIG\\.", "APIGW.");
    }

    /**
     * A 404 means that the requested resource does not exist only if it comes from IoTDA, not from a gateway or a
     * proxy. A 403 of the family for batch tasks is about their status, not about permissions.
     */
    private static ErrorRule byStatus(int status, Option<String> code) {
        if (status == 403 && code.exists(text -> normalized(text).startsWith(BATCH_TASKS))) {
            return ErrorRule.rejected("See the vendor's error code; the status of the job may not allow it");
        }
        if (status == 404 && code.exists(text -> normalized(text).startsWith("IOTDA."))) {
            return ErrorRule.notFound("Check the id; ids belong to one instance and region");
        }
        if (status == 200) {
            return ErrorRule.rejected("See the vendor's error code").about(Check.SERVICE);
        }
        return ErrorRule.byStatus(status);
    }

    private static JsonNode errorObject(JsonNode body) {
        if (code(body).isDefined()) {
            return body;
        }
        for (JsonNode child : body) {
            if (child.isObject() && code(child).isDefined()) {
                return child;
            }
        }
        return body;
    }

    private static Option<String> code(JsonNode node) {
        return member(node, "error_code").orElse(member(node, "code"));
    }

    private static Option<String> member(JsonNode node, String name) {
        @Nullable JsonNode value = node.get(name);
        return value != null && value.isValueNode() && !value.isNull() ? Option.some(value.asText()) : Option.none();
    }

    private static void register(ErrorRule errorRule, String... codes) {
        for (String code : codes) {
            BY_CODE.put(code, errorRule);
        }
    }
}
