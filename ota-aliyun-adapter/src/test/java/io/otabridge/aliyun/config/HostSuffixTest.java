package io.otabridge.aliyun.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.spi.SettingsReader;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSuffixTest {

    @ParameterizedTest
    @CsvSource({
        ".aliyuncs.com, oss-cn-shanghai.aliyuncs.com, true",
        ".AliyunCS.com, oss-cn-shanghai.aliyuncs.com, true",
        "aliyuncs.com, aliyuncs.com, true",
        ".aliyuncs.com, xaliyuncs.com, false",
        ".aliyuncs.com, aliyuncs.com.example, false",
        "store.example.com, a.store.example.com, true",
        "store.example.com, other.example.com, false",
        "localhost, localhost, true",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 110.1.2.3, false"
    })
    void contains_a_host_and_the_hosts_below_it(String suffix, String host, boolean isContained) {
        SettingsReader settings = SettingsReader.of("b", Map.of("upload-host-suffix", suffix));

        assertThat(HostSuffix.read(settings).get().contains(host)).isEqualTo(isContained);
    }

    @ParameterizedTest
    @CsvSource({
        "ota.oss-cn-shanghai.aliyuncs.com, other.oss-cn-shanghai.aliyuncs.com, true",
        "ota.oss-cn-shanghai.aliyuncs.com, ota.oss-cn-beijing.aliyuncs.com, false",
        "example.com, example.com, true",
        "example.com, example.org, false",
        "example.com, other.com, false",
        "localhost, localhost, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 126.0.0.1, false",
        "::1, ::1, true",
        "::1, ::2, false"
    })
    void contains_the_hosts_beside_another_one(String first, String second, boolean isContained) {
        assertThat(HostSuffix.beside(first).contains(second)).isEqualTo(isContained);
    }
}
