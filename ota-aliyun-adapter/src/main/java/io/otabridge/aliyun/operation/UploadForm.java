package io.otabridge.aliyun.operation;

import io.vavr.collection.List;

/**
 * The form fields of one upload to the object store. They are valid for one minute. Immutable.
 *
 * @param host scheme and host of the object store
 * @param key where the file will be stored
 * @param policy what the signature permits
 * @param accessKeyId the access key id that belongs to the signature
 * @param signature the signature of the policy
 * @param fileUrl the address of the uploaded file, for the creation of a package; it is not signed
 */
public record UploadForm(String host, String key, String policy, String accessKeyId, String signature, String fileUrl) {

    /** The fields that must not be shown. */
    public List<String> secrets() {
        return List.of(policy, accessKeyId, signature);
    }

    /** Shows the host only. */
    @Override
    public String toString() {
        return "UploadForm[" + host + "]";
    }
}
