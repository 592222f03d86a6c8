package io.otabridge.simulators.aliyun;

import io.vavr.control.Option;

/** What a call claims about its sender, in one of the two versions. */
interface AliyunVerifier {

    /** What is missing or malformed; none if the other methods may be asked. */
    Option<AliyunError> incompleteness();

    String accessKeyId();

    /** The token of temporary keys; it counts only if it is signed. */
    Option<String> securityToken();

    /** When it was signed, as sent. */
    String time();

    String nonce();

    /** Whether the owner of this secret signed this very call. */
    boolean isBy(String secret);

    /** What its sender should have signed. */
    String stringToSign();
}
