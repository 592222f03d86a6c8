package io.otabridge.simulators.objectstore;

import io.otabridge.simulators.server.HttpReply;
import io.otabridge.simulators.server.Xml;
import java.util.Map;

/**
 * An error of an object store. Both stores use the codes of Amazon S3.
 *
 * @param details further elements of the XML, such as the string to sign
 */
record StoreError(int status, String code, String message, Map<String, String> details) {

    StoreError(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    static StoreError accessDenied(String message) {
        return new StoreError(403, "AccessDenied", message);
    }

    static StoreError unknownAccessKey() {
        return new StoreError(403, "InvalidAccessKeyId", "The access key that you provided does not exist.");
    }

    /** Contains the string to sign of the store, so that clients can compare it. */
    static StoreError wrongSignature(String stringToSign) {
        return new StoreError(
                403,
                "SignatureDoesNotMatch",
                "The request signature that we calculated does not match the signature that you provided. Check your"
                        + " key and signing method.",
                Map.of("StringToSign", stringToSign));
    }

    static StoreError skewed() {
        return new StoreError(
                403,
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.");
    }

    static StoreError invalid(String message) {
        return new StoreError(400, "InvalidArgument", message);
    }

    static StoreError badDigest() {
        return new StoreError(400, "BadDigest", "The Content-MD5 that you specified did not match what was received.");
    }

    static StoreError tooLarge() {
        return new StoreError(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.");
    }

    static StoreError tooSmall() {
        return new StoreError(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size.");
    }

    static StoreError noSuchKey(String key) {
        return new StoreError(404, "NoSuchKey", "The specified key does not exist.", Map.of("Key", key));
    }

    static StoreError noSuchBucket(String bucket) {
        return new StoreError(
                404, "NoSuchBucket", "The specified bucket does not exist.", Map.of("BucketName", bucket));
    }

    static StoreError noSuchUpload(String id) {
        return new StoreError(
                404, "NoSuchUpload", "The specified multipart upload does not exist.", Map.of("UploadId", id));
    }

    static StoreError noLength() {
        return new StoreError(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
    }

    static StoreError preconditionFailed() {
        return new StoreError(412, "PreconditionFailed", "At least one of the preconditions did not hold.");
    }

    static StoreError notAllowed() {
        return new StoreError(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
    }

    /** Returns the response, with the request id in this header. */
    HttpReply toReply(String requestIdHeader, String requestId) {
        Xml xml = new Xml("Error")
                .add("Code", code)
                .add("Message", message)
                .add("RequestId", requestId)
                .add("HostId", "ota-simulator");
        details.forEach(xml::add);
        return new HttpReply(
                status, Map.of("Content-Type", "application/xml", requestIdHeader, requestId), xml.toString());
    }
}
