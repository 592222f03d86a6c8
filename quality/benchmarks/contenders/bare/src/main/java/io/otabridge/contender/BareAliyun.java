package io.otabridge.contender;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A minimal QueryOTAFirmware: {@code ACS3-HMAC-SHA256}, one request, the response as a record. */
public final class BareAliyun implements UnaryOperator<String> {

    private static final String INSTANCE = "iot-cn-0pp1n8t";
    private static final String NAMES =
            "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
    private static final String EMPTY_BODY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    record ResponseDto(
            @JsonProperty("RequestId") String requestId,
            @JsonProperty("Success") boolean success,
            @JsonProperty("Code") String code,
            @JsonProperty("ErrorMessage") String errorMessage,
            @JsonProperty("FirmwareInfo") FirmwareInfo firmwareInfo) {}

    record FirmwareInfo(
            @JsonProperty("FirmwareId") String firmwareId,
            @JsonProperty("FirmwareName") String firmwareName,
            @JsonProperty("DestVersion") String destVersion,
            @JsonProperty("SrcVersion") String srcVersion,
            @JsonProperty("ProductKey") String productKey,
            @JsonProperty("ProductName") String productName,
            @JsonProperty("ModuleName") String moduleName,
            @JsonProperty("Type") Integer type,
            @JsonProperty("Status") Integer status,
            @JsonProperty("VerifyProgress") Integer verifyProgress,
            @JsonProperty("FirmwareUrl") String firmwareUrl,
            @JsonProperty("FirmwareSize") Long firmwareSize,
            @JsonProperty("FirmwareSign") String firmwareSign,
            @JsonProperty("SignMethod") String signMethod,
            @JsonProperty("MultiFiles") JsonNode multiFiles,
            @JsonProperty("Udi") String udi,
            @JsonProperty("FirmwareDesc") String firmwareDesc,
            @JsonProperty("UtcCreate") String utcCreate,
            @JsonProperty("UtcModified") String utcModified) {}

    private final OkHttpClient client = new OkHttpClient();
    private final ObjectReader reader = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(ResponseDto.class);
    private final Signing signing = new Signing("benchmark-secret");
    private final RequestBody emptyBody = RequestBody.create(new byte[0]);
    private final String endpoint;
    private final String host;

    public BareAliyun(String endpoint) {
        this.endpoint = endpoint;
        this.host = endpoint.substring("http://".length());
    }

    @Override
    public String apply(String id) {
        String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String nonce = UUID.randomUUID().toString();
        String query = "FirmwareId=" + id + "&IotInstanceId=" + INSTANCE;
        Request request = new Request.Builder()
                .url(endpoint + "/?" + query)
                .post(emptyBody)
                .header("x-acs-action", "QueryOTAFirmware")
                .header("x-acs-version", "2018-01-20")
                .header("x-acs-date", date)
                .header("x-acs-signature-nonce", nonce)
                .header("x-acs-content-sha256", EMPTY_BODY_HASH)
                .header("Authorization", authorization(query, date, nonce))
                .build();
        try (Response response = client.newCall(request).execute()) {
            ResponseDto dto = reader.readValue(response.body().byteStream());
            if (response.code() != 200 || !dto.success()) {
                throw new IllegalStateException("status " + response.code() + ", code " + dto.code());
            }
            return dto.firmwareInfo().destVersion();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String authorization(String query, String date, String nonce) {
        String canonical = "POST\n/\n" + query + "\nhost:" + host
                + "\nx-acs-action:QueryOTAFirmware\nx-acs-content-sha256:" + EMPTY_BODY_HASH + "\nx-acs-date:" + date
                + "\nx-acs-signature-nonce:" + nonce + "\nx-acs-version:2018-01-20\n\n" + NAMES + "\n"
                + EMPTY_BODY_HASH;
        String signature = signing.hmac("ACS3-HMAC-SHA256\n" + signing.sha256(canonical));
        return "ACS3-HMAC-SHA256 Credential=AKBENCHMARK,SignedHeaders=" + NAMES + ",Signature=" + signature;
    }
}
