package io.otabridge.huawei.obs;

import io.otabridge.client.auth.Canonicalization;
import io.otabridge.client.config.Endpoint;
import io.otabridge.domain.artifact.FileLocation;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * A bucket and its address. Immutable.
 *
 * @param root scheme, host and port of its requests, with the path {@code /}
 * @param region the region of the bucket
 * @param name the name of the bucket
 * @param isInHost whether the host contains the name of the bucket; otherwise the path contains it
 */
public record ObsBucket(HttpUrl root, String region, String name, boolean isInHost) {

    private static final int MAX_KEY_BYTES = 1_024;

    /**
     * Returns the bucket of an endpoint. The bucket is part of the host, except for IP addresses and {@code localhost},
     * and for names with a full stop, which the certificates of OBS do not cover.
     *
     * @param endpoint the endpoint of the object store in this region
     */
    public static ObsBucket of(Endpoint endpoint, String region, String name) {
        HttpUrl url = endpoint.url();
        String host = url.host();
        boolean isInPath =
                host.equals("localhost") || host.contains(":") || host.matches("[0-9.]+") || name.contains(".");
        return isInPath
                ? new ObsBucket(url, region, name, false)
                : new ObsBucket(url.newBuilder().host(name + "." + host).build(), region, name, true);
    }

    /** Returns an object of this bucket as a location. */
    public FileLocation.ObjectStore location(String key) {
        return new FileLocation.ObjectStore(Option.some(region), Option.some(name), Option.some(key));
    }

    /** Returns the address for requests about the bucket itself. */
    HttpUrl url() {
        return url("", true);
    }

    /**
     * Returns the address of an object. Its path contains the key percent-encoded once. Slashes are encoded too if the
     * HTTP client would change the path otherwise, for example because of a folder {@code ..}; the store decodes both
     * to the same key.
     *
     * @return absent if the key is not 1 to 1024 bytes of UTF-8, or cannot be sent unchanged
     */
    public Option<HttpUrl> url(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (key.isEmpty() || bytes.length > MAX_KEY_BYTES || !new String(bytes, StandardCharsets.UTF_8).equals(key)) {
            return Option.none();
        }
        return Option.of(url(key, true))
                .filter(url -> hasKey(url, key, true))
                .orElse(() -> Option.of(url(key, false)).filter(url -> hasKey(url, key, false)));
    }

    /** Returns a request with the tag that the signer needs. */
    Request.Builder request(HttpUrl url) {
        return new Request.Builder().url(url).tag(ObsBucket.class, this);
    }

    /** Returns what the signed path has before the path of the request. */
    String signedPrefix() {
        return isInHost ? "/" + name : "";
    }

    private boolean hasKey(HttpUrl url, String key, boolean keepsSlashes) {
        return url.encodedPath().equals(path(key, keepsSlashes));
    }

    private HttpUrl url(String key, boolean keepsSlashes) {
        return root.newBuilder().encodedPath(path(key, keepsSlashes)).build();
    }

    private String path(String key, boolean keepsSlashes) {
        String encoded = Canonicalization.percentEncode(key);
        return (isInHost ? "/" : "/" + name + "/") + (keepsSlashes ? encoded.replace("%2F", "/") : encoded);
    }
}
