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

/** Answers every request alike, before it comes to the network: thousands of answers a second. */
final class CannedAnswers implements Interceptor {

    private int status = 200;
    private byte[] body = {};

    /** What is answered from now on. */
    void answer(int newStatus, byte[] newBody) {
        status = newStatus;
        body = newBody;
    }

    /** A backend that is answered by this. */
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
