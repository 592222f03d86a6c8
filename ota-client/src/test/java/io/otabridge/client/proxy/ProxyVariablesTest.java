package io.otabridge.client.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.client.config.HostPortFormatter;
import io.otabridge.domain.backend.BackendContext;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyVariablesTest {

    @ParameterizedTest
    @CsvSource({
        "https, https_proxy=lower:1,                    lower:1",
        "https, HTTPS_PROXY=upper:1,                    upper:1",
        "https, https_proxy=lower:1 HTTPS_PROXY=upper:1, lower:1",
        "https, https_proxy=own:1 all_proxy=any:1,      own:1",
        "https, all_proxy=any:1,                        any:1",
        "https, ALL_PROXY=any:1,                        any:1",
        "https, http_proxy=other:1,                     DIRECT",
        "http,  http_proxy=lower:1,                     lower:1",
        "http,  HTTP_PROXY=upper:1,                     DIRECT",
        "http,  HTTP_PROXY=upper:1 ALL_PROXY=any:1,     any:1",
        "http,  https_proxy=other:1,                    DIRECT",
        "https, https_proxy=p:1 no_proxy=iot.example,   DIRECT",
        "https, https_proxy=p:1 NO_PROXY=.example,      DIRECT",
        "https, https_proxy=p:1 no_proxy=a NO_PROXY=*,  p:1",
        "https, https_proxy=p:1 no_proxy=iot.example:80, p:1",
    })
    void chooses_by_the_variables_that_curl_reads(String scheme, String variables, String chosen) {
        assertThat(chosen(of(variables), scheme + "://iot.example/")).isEqualTo(chosen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/",
                "http://127.0.0.9/",
                "https://[::1]/",
                "http://169.254.169.254/latest",
                "http://[fe80::1]/"
            })
    void uses_no_proxy_for_loopback_and_link_local_addresses(String url) {
        assertThat(chosen(of("all_proxy=p:1 http_proxy=p:1"), url)).isEqualTo("DIRECT");
    }

    @ParameterizedTest
    @CsvSource({
        "https.proxyHost,   https, java:443",
        "https.proxyHost,   http,  variable:1",
        "http.proxyHost,    http,  java:80",
        "http.proxyHost,    https, variable:1",
        "socksProxyHost,    https, java:1080",
    })
    void java_properties_take_precedence(String property, String scheme, String chosen) {
        System.setProperty(property, "java");
        try {
            assertThat(chosen(of("all_proxy=variable:1"), scheme + "://iot.example/"))
                    .isEqualTo(chosen);
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void honours_non_proxy_hosts_of_java() {
        System.setProperty("https.proxyHost", "java");
        System.setProperty("http.nonProxyHosts", "iot.example");
        try {
            assertThat(chosen(of("all_proxy=variable:1"), "https://iot.example/"))
                    .isEqualTo("DIRECT");
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("http.nonProxyHosts");
        }
    }

    @Test
    void names_the_invalid_variable_if_it_applies() {
        ProxyVariables variables = of("https_proxy=ftp://user:hunter2@proxy no_proxy=good.example");

        assertThat(variables.problem(HttpUrl.get("https://iot.example")).get())
                .startsWith("environment variable https_proxy must be the address of a proxy such as http://proxy:3128")
                .doesNotContain("hunter2");
        assertThat(variables.problem(HttpUrl.get("https://good.example"))).isEmpty();
        assertThat(variables.problem(HttpUrl.get("https://localhost"))).isEmpty();
        assertThat(variables.problem(HttpUrl.get("http://iot.example"))).isEmpty();
        assertThatThrownBy(() -> variables.select(URI.create("https://iot.example/")))
                .isInstanceOf(ProxyVariables.UnusableProxyException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void finds_the_login_of_a_proxy_by_its_address() {
        ProxyVariables variables = of("https_proxy=http://user:hunter2@proxy.example:3128");

        assertThat(variables.login(InetSocketAddress.createUnresolved("PROXY.example", 3128)))
                .isNotEmpty();
        assertThat(variables.login(InetSocketAddress.createUnresolved("proxy.example", 3129)))
                .isEmpty();
        assertThat(variables.login(InetSocketAddress.createUnresolved("other.example", 3128)))
                .isEmpty();
        assertThat(variables.toString()).doesNotContain("hunter2");
    }

    @Test
    void is_equal_with_the_same_variables() {
        assertThat(of("https_proxy=p:1 no_proxy=a")).isEqualTo(of("https_proxy=p:1 no_proxy=a"));
        assertThat(of("https_proxy=p:1")).isNotEqualTo(of("https_proxy=p:2")).isNotEqualTo(of("http_proxy=p:1"));
    }

    private static ProxyVariables of(String assignments) {
        Map<String, String> environment = new TreeMap<>();
        for (String assignment : assignments.split(" ")) {
            environment.put(
                    assignment.substring(0, assignment.indexOf('=')),
                    assignment.substring(assignment.indexOf('=') + 1));
        }
        return ProxyVariables.of(BackendContext.system().withEnvironment(environment));
    }

    private static String chosen(ProxyVariables variables, String url) {
        Proxy proxy = variables.select(URI.create(url)).get(0);
        return proxy.type() == Proxy.Type.DIRECT ? "DIRECT" : HostPortFormatter.of((InetSocketAddress) proxy.address());
    }
}
