package io.otabridge.client.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.client.BackendClient;
import io.otabridge.client.TransferTest;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HttpTransportTest {

    /** Supports HTTP/2. */
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().dynamicHttpsPort())
            .build();

    /** The connect timeout ends the attempt long before the deadline. */
    @Test
    void a_connect_timeout_is_unavailable() {
        ConnectionSettings connection = new ConnectionSettings(
                Endpoint.parse("http://127.0.0.1:9", false).get(), Option.none(), CallOptions.defaults());
        PreparedRequest request = HttpTransport.over(new OkHttpClient.Builder()
                        .socketFactory(new TimeoutSockets())
                        .build())
                .retrofit(connection, unsigned -> unsigned)
                .create(TransferTest.Api.class)
                .get();
        BackendClient calls = TransferTest.calls(Duration.ofMinutes(5));

        OtaFailure failure =
                calls.read(TransferTest.origin(calls), request, Either::right).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.summary()).isEqualTo("Backend prod cannot connect to 127.0.0.1:9: connect timed out");
    }

    /** Its sockets fail to connect like those of the platform after the connect timeout. */
    private static final class TimeoutSockets extends SocketFactory {

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress endpoint, int timeout) throws IOException {
                    throw new SocketTimeoutException("Connect timed out");
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) {
            return createSocket();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            return createSocket();
        }
    }

    @Test
    void the_shared_transport_uses_http_1_1() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(ok()));

        assertThat(protocol(HttpTransport.shared())).isEqualTo(Protocol.HTTP_1_1);
        assertThat(protocol(HttpTransport.over(new OkHttpClient()))).isEqualTo(Protocol.HTTP_2);
    }

    private static Protocol protocol(HttpTransport transport) throws IOException, GeneralSecurityException {
        X509TrustManager trustAll = new TrustAll();
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {trustAll}, new SecureRandom());
        OkHttpClient client = transport
                .builder(CallOptions.defaults())
                .sslSocketFactory(tls.getSocketFactory(), trustAll)
                .hostnameVerifier((host, session) -> true)
                .build();
        String url = "https://localhost:" + SERVER.getRuntimeInfo().getHttpsPort();
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.protocol();
        }
    }

    private static final class TrustAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
