package io.otabridge.simulators.aliyun;

import io.vavr.control.Option;

/** Verifies the signature of a request in one of the two versions. */
interface AliyunVerifier {

    /**
     * Returns an error if a part of the signature is missing or malformed; otherwise none. The other methods require a
     * complete signature.
     */
    Option<AliyunError> checkComplete();

    String accessKeyId();

    /** Returns the security token of temporary keys. */
    Option<String> securityToken();

    /** Returns the signing time, as sent. */
    String time();

    String nonce();

    /** Returns whether the signature was made with this secret. */
    boolean matches(String secret);

    /** Returns the expected string to sign. */
    String stringToSign();
}
