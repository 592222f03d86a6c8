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
 * What IoTDA's error answers mean. The code decides and the status only where no code does, because IoTDA throttles with
 * 403 (documents "Error Codes" of IoTDA and of API Gateway).
 */
public final class HuaweiErrors {

    /** The signature is right, but this user has nothing here. */
    public static final String UNKNOWN_USER = "IOTDA.000021";

    public static final String UNKNOWN_OPERATION = "IOTDA.000029";

    /** With these a platform refuses a {@code package_type} that it does not know, and much else. */
    public static final Set<String> OF_TYPE = Set.of("IOTDA.000006", UNKNOWN_OPERATION);

    public static final String UNKNOWN_API = "APIGW.0101";

    public static final String SEVERAL_SPACES = "IOTDA.001005";
    public static final List<String> UNKNOWN_SPACES = List.of("IOTDA.001000", "IOTDA.001006");
    public static final List<String> FOREIGN_SPACES = List.of("IOTDA.001002", "IOTDA.001007");

    private static final LenientJsonReader<JsonNode> JSON = LenientJsonReader.of(JsonNode.class);
    private static final Map<String, ErrorRule> BY_CODE = new HashMap<>();
    private static final Set<String> OF_CREDENTIAL =
            Set.of("IOTDA.000002", "IOTDA.000004", "IOTDA.000020", "APIGW.0301", "APIGW.0307");

    static {
        ErrorRule permission = ErrorRule.accessDenied(
                "Give the user of this access key the IoTDA permissions for OTA, and check app-id and instance-id");
        ErrorRule credentials = ErrorRule.accessDenied(
                        "Check access key, secret key and this machine's clock; an endpoint of a tenant's own instance needs"
                                + " signature: derived, the shared one signature: plain")
                .about(Check.CREDENTIALS)
                .orOfTime();
        ErrorRule token = ErrorRule.accessDenied(
                        "Put a new IAM token, scoped to the project, in credentials.token, or user-name, password"
                                + " and account-name in credentials, by which tokens are renewed")
                .about(Check.CREDENTIALS);
        ErrorRule parameter = ErrorRule.rejected("Check the id or name asked for, project-id, app-id and instance-id");
        tell(credentials, "IOTDA.000002", "APIGW.0301", "APIGW.0303", "APIGW.0305");
        tell(token, "IOTDA.000004", "IOTDA.000020", "APIGW.0307");
        tell(
                ErrorRule.accessDenied("Check that the endpoint belongs to the edition you subscribed (copy it from the"
                                + " instance's access information), that instance-id is that of the instance, or is left"
                                + " out, and that the user has IoTDA permissions")
                        .about(Check.SERVICE),
                UNKNOWN_USER);
        tell(permission, FOREIGN_SPACES.toJavaArray(String[]::new));
        tell(permission, "APIGW.0302", "APIGW.0304", "APIGW.0306");
        tell(
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
        tell(parameter.about(Check.SERVICE), UNKNOWN_OPERATION);
        tell(
                ErrorRule.rejected("The account has several resource spaces: set app-id to the one that is meant"),
                SEVERAL_SPACES);
        tell(
                ErrorRule.rejected("Set app-id to a resource space that exists in this instance"),
                UNKNOWN_SPACES.toJavaArray(String[]::new));
        tell(ErrorRule.notFound("The product", "Check the product id; it belongs to one instance"), "IOTDA.014204");
        tell(ErrorRule.rejected("Check region, bucket and key of the package's file"), "IOTDA.019305");
        tell(ErrorRule.rateLimited(), "IOTDA.021101", "IOTDA.021102", "APIGW.0308");
        tell(
                ErrorRule.rejected("There is no such API at this address: check region or endpoint and project-id")
                        .about(Check.SERVICE),
                UNKNOWN_API);
    }

    private HuaweiErrors() {}

    /** What the body says about a failure, in any of the shapes that Huawei's services use. */
    public static VendorError report(HttpResponse answer, Redactor redactor) {
        Option<JsonNode> body = JSON.read(answer.body()).toOption();
        if (body.isEmpty()) {
            return VendorError.ofUnreadable(answer, requestId(answer), redactor);
        }
        JsonNode error = errorObject(body.get());
        return VendorError.of(
                code(error),
                member(error, "error_msg").orElse(member(error, "message")),
                requestId(answer).orElse(member(body.get(), "request_id")),
                redactor);
    }

    /** The id by which Huawei's support finds the request. */
    static Option<String> requestId(HttpResponse answer) {
        return answer.header("X-Request-Id");
    }

    /** Whether a token or a temporary key may have been over; a lasting one would be wrong. */
    public static boolean saysThatCredentialIsOver(OtaFailure failure) {
        return failure.vendorCode().map(HuaweiErrors::ofGateway).exists(OF_CREDENTIAL::contains);
    }

    public static ErrorRule verdict(int status, Option<String> code) {
        return code.flatMap(text -> Option.of(BY_CODE.get(ofGateway(text)))).getOrElse(() -> byStatus(status, code));
    }

    /** Codes are compared in upper case; some gateways shorten their name. */
    private static String ofGateway(String code) {
        return code.toUpperCase(Locale.ROOT).replaceFirst("^APIG\\.", "APIGW.");
    }

    /** A 404 speaks of the thing asked for only if it comes from IoTDA itself, not from a gateway or a proxy. */
    private static ErrorRule byStatus(int status, Option<String> code) {
        if (status == 404 && code.exists(text -> ofGateway(text).startsWith("IOTDA."))) {
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

    private static void tell(ErrorRule verdict, String... codes) {
        for (String code : codes) {
            BY_CODE.put(code, verdict);
        }
    }
}
