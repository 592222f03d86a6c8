package io.otabridge.huawei.obs;

/** The names in the headers of OBS. Both forms have the same signature; other object stores know only the second. */
public enum ObsForm {
    /** The form of the documents of OBS. */
    OBS("OBS", "x-obs-"),
    /** The form of Amazon S3, which OBS accepts too. Tests use it with an independent object store. */
    AWS("AWS", "x-amz-");

    private final String scheme;
    private final String prefix;

    ObsForm(String scheme, String prefix) {
        this.scheme = scheme;
        this.prefix = prefix;
    }

    /** Returns the scheme in the header {@code Authorization}. */
    String scheme() {
        return scheme;
    }

    /** Returns the beginning of the names of all signed headers. */
    String prefix() {
        return prefix;
    }

    /** Returns the header with the SHA-256 of an object, which the publisher of the object sets. */
    String sha256Header() {
        return prefix + "meta-sha256";
    }

    /** Returns the header with the token of a temporary access key. */
    String tokenHeader() {
        return prefix + "security-token";
    }
}
