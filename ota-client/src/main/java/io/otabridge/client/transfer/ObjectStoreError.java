package io.otabridge.client.transfer;

import io.otabridge.client.BackendClient;
import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The error in a response of an object store, which is an XML document with the root {@code Error}. The texts are as
 * sent and not redacted; {@link #toFailure} redacts them. The string to sign, which stores repeat, is not read.
 *
 * @param code such as {@code NoSuchKey}; absent if the response has no such document, as the response to a HEAD request
 * @param message the description
 * @param requestId the store's request id, also from a header
 */
public record ObjectStoreError(Option<String> code, Option<String> message, Option<String> requestId) {

    private static final int MAX_BYTES = 64_000;

    private static final String CREDENTIALS =
            "Check the access key of this backend, its permissions for the bucket, and the policy of the bucket";

    private static final Map<String, ErrorRule> RULES = Map.ofEntries(
            Map.entry("NoSuchKey", ErrorRule.notFound("Check the key of the object, and whether it was deleted")),
            Map.entry("NoSuchBucket", ErrorRule.notFound("The bucket", "Check the name and the region of the bucket")),
            Map.entry("NoSuchUpload", ErrorRule.notFound("The upload was completed or aborted")),
            Map.entry("AccessDenied", ErrorRule.accessDenied(CREDENTIALS)),
            Map.entry("SignatureDoesNotMatch", ErrorRule.accessDenied(CREDENTIALS)),
            Map.entry("InvalidAccessKeyId", ErrorRule.accessDenied(CREDENTIALS)),
            Map.entry("InvalidSecurity", ErrorRule.accessDenied(CREDENTIALS)),
            Map.entry("InvalidSecurityToken", ErrorRule.accessDenied(CREDENTIALS)),
            Map.entry("SecurityTokenExpired", ErrorRule.accessDenied(CREDENTIALS)),
            Map.entry(
                    "RequestTimeTooSkewed",
                    ErrorRule.accessDenied("Set the clock of this machine").orClockSkew()),
            Map.entry("EntityTooLarge", ErrorRule.rejected("The file is larger than the object store accepts")),
            Map.entry("BadDigest", ErrorRule.rejected("The bytes changed on their way; upload the file again")),
            Map.entry("InvalidDigest", ErrorRule.rejected("Report a bug: the digest of the request is malformed")),
            Map.entry("SlowDown", ErrorRule.rateLimited()));

    /** Reads the error of a response. */
    public static ObjectStoreError of(HttpResponse response) {
        Map<String, String> texts = texts(response.body());
        return new ObjectStoreError(
                Option.of(texts.get("Code")),
                Option.of(texts.get("Message")),
                Option.of(texts.get("RequestId")).orElse(response::requestId));
    }

    /**
     * Maps the error to a failure: by its code, or by the status if the code is unknown.
     *
     * @param client redacts the texts. Its clock is set by the response if the request was rejected because of its date
     * @param subject what was requested, such as {@code object ota/fw.bin}
     * @param response the response that {@link #of} read
     */
    public OtaFailure toFailure(BackendClient client, OperationContext origin, Message subject, HttpResponse response) {
        ErrorRule rule = code.flatMap(known -> Option.of(RULES.get(known))).getOrElse(() -> byStatus(response));
        return client.toFailure(
                rule, origin, subject, response, VendorError.of(code, message, requestId, client.redactor()));
    }

    private static ErrorRule byStatus(HttpResponse response) {
        return response.status() == 404
                ? ErrorRule.notFound("Check bucket and key of the object, and whether it was deleted")
                : ErrorRule.byStatus(response.status());
    }

    /** The texts of the elements below the root {@code Error}; empty if the body is another document. */
    private static Map<String, String> texts(byte[] body) {
        Map<String, String> texts = new TreeMap<>();
        try {
            XMLStreamReader reader = ObjectStoreXml.reader(Arrays.copyOf(body, Math.min(body.length, MAX_BYTES)));
            if (reader.nextTag() != XMLStreamConstants.START_ELEMENT
                    || !reader.getLocalName().equals("Error")) {
                return texts;
            }
            while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
                texts.putIfAbsent(reader.getLocalName(), reader.getElementText().strip());
            }
        } catch (XMLStreamException endOfDocument) {
            // What was read before an element that is not a text, or before the end of a truncated document, is valid.
        }
        texts.values().removeIf(String::isEmpty);
        return texts;
    }
}
