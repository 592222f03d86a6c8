package io.otabridge.huawei.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.contracts.job.ObjectTexts;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** No object into which devices are read holds the secret of a device. */
class DeviceSecretDtoTest {

    private static final String DEVICE = """
            {"device_id":"lamp","auth_info":{"auth_type":"SECRET","secret":"s3cr3t","secondary_secret":"s3cr3t2",
             "fingerprint":"s3cr3t3"}}""";

    @Test
    void is_dropped_while_a_device_is_read() {
        assertThat(textsOf(DeviceDto.class, DEVICE)).contains("lamp").noneMatch(text -> text.contains("s3cr3t"));
    }

    @Test
    void is_dropped_while_a_list_is_read() {
        assertThat(textsOf(DevicePageDto.class, "{\"devices\":[" + DEVICE + "]}"))
                .contains("lamp")
                .noneMatch(text -> text.contains("s3cr3t"));
    }

    private static Iterable<String> textsOf(Class<?> type, String json) {
        return ObjectTexts.of(LenientJsonReader.of(type)
                .read(json.getBytes(StandardCharsets.UTF_8))
                .get());
    }
}
