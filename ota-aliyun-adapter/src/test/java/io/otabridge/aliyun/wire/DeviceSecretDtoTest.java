package io.otabridge.aliyun.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.contracts.job.ObjectTexts;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No object into which a list of devices is read holds the secret of a device. */
class DeviceSecretDtoTest {

    private static final LenientJsonReader<DeviceInfoDto.PageDto> READER =
            LenientJsonReader.of(DeviceInfoDto.PageDto.class);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Data\":{\"DeviceInfo\":[{\"DeviceName\":\"lamp\",\"DeviceSecret\":\"s3cr3t\"}]}}",
                "{\"Data\":{\"DeviceInfo\":{\"DeviceName\":\"lamp\",\"DeviceSecret\":\"s3cr3t\"}}}",
                "{\"Data\":[{\"DeviceName\":\"lamp\",\"DEVICESECRET\":{\"value\":\"s3cr3t\"}}]}",
                "{\"data\":{\"deviceInfo\":[{\"deviceName\":\"lamp\",\"deviceSecret\":\"s3cr3t\"}]}}"
            })
    void is_dropped_while_a_list_is_read(String json) {
        DeviceInfoDto.PageDto page =
                READER.read(json.getBytes(StandardCharsets.UTF_8)).get();

        assertThat(ObjectTexts.of(page)).contains("lamp").doesNotContain("s3cr3t");
    }
}
