package io.otabridge.contender;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A minimal ShowOtaPackage: {@code SDK-HMAC-SHA256}, one request, the response as a record. */
public final class BareHuawei implements UnaryOperator<String> {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String PATH = "/v5/iot/04ed32dc1b0025b52fe3c01a27c2b0a8/ota-upgrades/packages/";
    private static final String INSTANCE = "1a7ffc5c-d89c-44dd-8265-b1653d951ce0";
    private static final String NAMES = "host;instance-id;x-sdk-date";
    private static final String EMPTY_BODY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    record OtaPackage(
            @JsonProperty("package_id") String packageId,
            @JsonProperty("app_id") String appId,
            @JsonProperty("package_type") String packageType,
            @JsonProperty("product_id") String productId,
            @JsonProperty("product_name") String productName,
            @JsonProperty("module_name") String moduleName,
            @JsonProperty("version") String version,
            @JsonProperty("support_source_versions") List<String> supportSourceVersions,
            @JsonProperty("description") String description,
            @JsonProperty("custom_info") String customInfo,
            @JsonProperty("create_time") String createTime,
            @JsonProperty("file_location") FileLocation fileLocation) {}

    record FileLocation(@JsonProperty("obs_location") ObsLocation obsLocation) {}

    record ObsLocation(
            @JsonProperty("region_name") String regionName,
            @JsonProperty("bucket_name") String bucketName,
            @JsonProperty("object_key") String objectKey,
            @JsonProperty("sign_method") String signMethod,
            @JsonProperty("sign") String sign) {}

    private final OkHttpClient client = new OkHttpClient();
    private final ObjectReader reader = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(OtaPackage.class);
    private final Signing signing = new Signing("benchmark-secret");
    private final String endpoint;
    private final String host;

    public BareHuawei(String endpoint) {
        this.endpoint = endpoint;
        this.host = endpoint.substring("http://".length());
    }

    @Override
    public String apply(String id) {
        String date = DATE.format(Instant.now());
        Request request = new Request.Builder()
                .url(endpoint + PATH + id)
                .header("Instance-Id", INSTANCE)
                .header("X-Sdk-Date", date)
                .header("Authorization", authorization(id, date))
                .build();
        try (Response response = client.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new IllegalStateException("status " + response.code());
            }
            return reader.<OtaPackage>readValue(response.body().byteStream()).version();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String authorization(String id, String date) {
        String canonical = "GET\n" + PATH + id + "/\n\nhost:" + host + "\ninstance-id:" + INSTANCE + "\nx-sdk-date:"
                + date + "\n\n" + NAMES + "\n" + EMPTY_BODY_HASH;
        String signature = signing.hmac("SDK-HMAC-SHA256\n" + date + "\n" + signing.sha256(canonical));
        return "SDK-HMAC-SHA256 Access=AKBENCHMARK, SignedHeaders=" + NAMES + ", Signature=" + signature;
    }
}
