package io.otabridge.client.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.backend.Secret;
import java.net.Proxy;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyServerTest {

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:3128,     HTTP,  proxy.example, 3128",
        "proxy.example:3128,            HTTP,  proxy.example, 3128",
        "' proxy.example:3128 ',        HTTP,  proxy.example, 3128",
        "HTTP://PROXY.example:3128/,    HTTP,  proxy.example, 3128",
        "http://proxy.example,          HTTP,  proxy.example, 1080",
        "proxy,                         HTTP,  proxy,         1080",
        "http://proxy.example:80,       HTTP,  proxy.example, 80",
        "http://proxy.example:443,      HTTP,  proxy.example, 443",
        "192.0.2.1:3128,                HTTP,  192.0.2.1,     3128",
        "http://[2001:db8::1]:3128,     HTTP,  2001:db8::1,   3128",
        "[::1],                         HTTP,  ::1,           1080",
        "socks5://proxy.example:1081,   SOCKS, proxy.example, 1081",
        "socks5h://proxy.example,       SOCKS, proxy.example, 1080",
    })
    void reads_the_forms_that_curl_reads(String text, Proxy.Type type, String host, int port) {
        ProxyServer proxy = ProxyServer.parse(text).get();

        assertThat(proxy.type()).isEqualTo(type);
        assertThat(proxy.host()).isEqualTo(host);
        assertThat(proxy.port()).isEqualTo(port);
        assertThat(proxy.login()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:pass@proxy:3128,           user:pass",
        "user:pass@proxy:3128,                  user:pass",
        "http://user:p%40ss%3A%2F@proxy:3128,   user:p@ss:/",
        "http://user:p@ss@proxy:3128,           user:p@ss",
        "http://us%65r:100%@proxy:3128,         user:100%",
        "http://user:a+b@proxy:3128,            user:a+b",
        "http://user:p%C3%A4ss@proxy:3128,      user:päss",
        "http://CORP%5Cuser:pass@proxy:3128,    CORP\\user:pass",
        "http://user@proxy:3128,                user:",
        "http://user:@proxy:3128,               user:",
    })
    void decodes_user_and_password(String text, String login) {
        String header = ProxyServer.parse(text).get().login().get().reveal();

        assertThat(header).startsWith("Basic ");
        assertThat(new String(Base64.getDecoder().decode(header.substring(6)), UTF_8))
                .isEqualTo(login);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@proxy:3128",
                "socks4://user:hunter2@proxy:1080",
                "socks5://user:hunter2@proxy:1080",
                "socks://user:hunter2@proxy",
                "ftp://user:hunter2@proxy",
                "http://user:hunter2@",
                "http://user:hunter2@proxy:99999",
                "http://user:hunt/er2@proxy:3128",
                "http://user:hunter2@pro xy:3128",
                "://user:hunter2@proxy",
                "http://127.0.0.1:1234#hunter2@proxy:3128",
                "http://127.0.0.1:1234?hunter2@proxy:3128",
                "http://user:p@127.0.0.1/hunter2@proxy:3128",
            })
    void rejects_other_texts_without_showing_them(String text) {
        assertThat(ProxyServer.parse(text).getLeft())
                .contains("http://user:password@proxy:3128")
                .doesNotContain("hunter2");
    }

    @Test
    void hides_the_login() {
        ProxyServer proxy =
                ProxyServer.parse("http://user:p%40ssword@proxy:3128").get();

        assertThat(proxy.toString()).doesNotContain("ssword").doesNotContain("dXNlcjp");
        assertThat(proxy.secrets().map(Secret::reveal))
                .containsExactly("p@ssword", "p%40ssword", "dXNlcjpwQHNzd29yZA==");
    }
}
