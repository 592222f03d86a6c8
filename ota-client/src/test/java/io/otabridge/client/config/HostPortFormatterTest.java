package io.otabridge.client.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAndPortTest {

    @ParameterizedTest
    @CsvSource({
        "iot.example, iot.example:443",
        "192.0.2.1,   192.0.2.1:443",
        "::1,         [::1]:443",
        "[::1],       [::1]:443",
        "2001:db8::1, [2001:db8::1]:443",
    })
    void puts_ipv6_addresses_in_brackets(String host, String expected) {
        assertThat(HostPortFormatter.of(host, 443)).isEqualTo(expected);
    }

    @Test
    void includes_the_default_port_of_a_url() {
        assertThat(HostPortFormatter.of(HttpUrl.get("https://[0:0:0:0:0:0:0:1]/")))
                .isEqualTo("[::1]:443");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,          192.0.2.1:80",
        "0:0:0:0:0:0:0:1,    [::1]:80",
        "2001:db8:0:0:0:0:0:1, [2001:db8::1]:80",
    })
    void uses_the_short_form_of_an_ipv6_address(String address, String expected) throws IOException {
        assertThat(HostPortFormatter.of(new InetSocketAddress(InetAddress.getByName(address), 80)))
                .isEqualTo(expected);
    }

    @Test
    void keeps_the_name_of_an_unresolved_address() {
        assertThat(HostPortFormatter.of(InetSocketAddress.createUnresolved("proxy.example", 3128)))
                .isEqualTo("proxy.example:3128");
    }

    @Test
    void keeps_the_zone_of_a_link_local_address() throws IOException {
        byte[] address = InetAddress.getByName("fe80::1").getAddress();

        assertThat(HostPortFormatter.of(new InetSocketAddress(Inet6Address.getByAddress(null, address, 2), 80)))
                .isEqualTo("[fe80::1%2]:80");
    }
}
