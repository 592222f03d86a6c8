package io.otabridge.aliyun.signing;

import io.otabridge.aliyun.wire.AliyunApi;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.auth.Canonicalization;
import io.otabridge.client.auth.HmacKey;
import io.otabridge.client.auth.SigningKeyCache;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The older signature {@code HMAC-SHA1} of the document "Signature method". It is part of the query. */
public final class RpcSigner implements AliyunRequestSigner.Scheme {

    private static final String METHOD = "HMAC-SHA1";

    private final Map<String, String> commonParameters;
    private final Option<String> region;
    private final SigningKeyCache signingKeys =
            new SigningKeyCache((key, scope) -> HmacKey.sha1(key.secret().reveal() + "&"));

    /**
     * Creates a signer.
     *
     * @param commonParameters the parameters of every call besides key, nonce, time and signature
     * @param region sent as {@code RegionId}; absent if unknown
     */
    public RpcSigner(Map<String, String> commonParameters, Option<String> region) {
        this.commonParameters = commonParameters;
        this.region = region;
    }

    @Override
    public String algorithm() {
        return METHOD;
    }

    @Override
    public Request sign(Request request, AccessKey key, Instant at, String nonce) {
        @Nullable String action = request.header(AliyunApi.ACTION);
        HttpUrl.Builder parameters = request.url()
                .newBuilder()
                .addQueryParameter("Action", action)
                .addQueryParameter("AccessKeyId", key.id())
                .addQueryParameter("SignatureMethod", METHOD)
                .addQueryParameter("SignatureNonce", nonce)
                .addQueryParameter("Timestamp", AliyunRequestSigner.DATE.format(at));
        commonParameters.forEach(parameters::addQueryParameter);
        region.forEach(id -> parameters.addQueryParameter("RegionId", id));
        key.securityToken().forEach(token -> parameters.addQueryParameter("SecurityToken", token.reveal()));
        HttpUrl complete = parameters.build();
        return request.newBuilder()
                .removeHeader(AliyunApi.ACTION)
                .url(complete.newBuilder()
                        .addQueryParameter("Signature", signature(request.method(), complete, key))
                        .build())
                .build();
    }

    /** Returns the signature over all parameters of a query that has no signature yet. */
    String signature(String method, HttpUrl url, AccessKey key) {
        String text = method + "&%2F&" + Canonicalization.percentEncode(Canonicalization.canonicalQuery(url));
        return Base64.getEncoder().encodeToString(signingKeys.of(key, "").sign(text));
    }
}
