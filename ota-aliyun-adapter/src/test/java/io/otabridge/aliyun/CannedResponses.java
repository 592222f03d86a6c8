package io.otabridge.aliyun;

import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.spi.SettingsReader;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Returns the same response to every request without a network, for thousands of responses per second. */
final class CannedResponses implements Interceptor {

    private int status = 200;
    private byte[] body = {};

    /** Sets the response to all further requests. */
    void respondWith(int newStatus, byte[] newBody) {
        status = newStatus;
        body = newBody;
    }

    /** A backend that receives these responses. */
    Backend backend() {
        HttpTransport transport = HttpTransport.over(
                new OkHttpClient.Builder().addInterceptor(this).build());
        Map<String, Object> settings = AliyunFixture.settings("https://vendor.example");
        settings.put("circuit-breaker", "off");
        return new AliyunProvider()
                .open(
                        "legacy",
                        SettingsReader.of("backends.legacy", settings),
                        AliyunFixture.context().withResource(HttpTransport.class, transport))
                .get();
    }

    @Override
    public Response intercept(Chain chain) {
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(status)
                .message("canned")
                .body(ResponseBody.create(body, null))
                .build();
    }
}
