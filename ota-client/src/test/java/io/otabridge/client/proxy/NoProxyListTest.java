package io.otabridge.client.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoProxyListTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                          | iot.example",
                "iot.example                | iot.example",
                "IOT.Example                | iot.example",
                "example                    | iot.example",
                ".example                   | iot.example",
                "*.example                  | iot.example",
                "iot.example.               | iot.example",
                "other, iot.example         | iot.example",
                "other iot.example          | iot.example",
                "' , ,iot.example , '       | iot.example",
                "iot.example:443            | iot.example",
                ".iot.example               | iot.example",
                "192.0.2.7                  | 192.0.2.7",
                "192.0.2.7:443              | 192.0.2.7",
                "192.0.2.0/24               | 192.0.2.200",
                "192.0.2.0/25               | 192.0.2.127",
                "0.0.0.0/0                  | 192.0.2.200",
                "2001:db8::1                | 2001:db8::1",
                "[2001:db8::1]              | 2001:db8::1",
                "[2001:db8::1]:443          | 2001:db8::1",
                "2001:DB8:0:0:0:0:0:1       | 2001:db8::1",
                "2001:db8::/32              | 2001:db8:9::1",
            })
    void matches_a_host_that_an_entry_covers(String entries, String host) {
        assertThat(NoProxyList.parse(entries).matches(host, 443)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                         | iot.example",
                "' , '                      | iot.example",
                "iot.example.org            | iot.example",
                "ot.example                 | iot.example",
                "iot.example:8443           | iot.example",
                ".                          | iot.example",
                "**                         | iot.example",
                "2.7                        | 192.0.2.7",
                "192.0.2.7                  | 1192.0.2.7.example",
                "192.0.2.0/25               | 192.0.2.128",
                "192.0.2.0/33               | 192.0.2.1",
                "192.0.2.0/24               | iot.example",
                "a.b/24                     | 192.0.2.1",
                "2001:db8::/32              | 2001:db9::1",
                "2001:db8::/32              | 192.0.2.1",
                "0.0.0.0/0                  | 2001:db8::1",
            })
    void does_not_match_other_hosts(String entries, String host) {
        assertThat(NoProxyList.parse(entries).matches(host, 443)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "]:", "::/", ":::", "999.1.1.1/8", "/", ":443", "[::1"})
    void a_malformed_entry_matches_nothing(String entry) {
        assertThat(NoProxyList.parse(entry).matches("iot.example", 443)).isFalse();
        assertThat(NoProxyList.parse(entry).matches("192.0.2.1", 443)).isFalse();
    }
}
