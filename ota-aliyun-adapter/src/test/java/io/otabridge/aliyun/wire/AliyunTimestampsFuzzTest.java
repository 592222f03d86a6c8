package io.otabridge.aliyun.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.otabridge.domain.VendorTimestamp;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A timestamp always keeps its text. It has an instant if the format is known. */
class AliyunTimestampsFuzzTest {

    static List<byte[]> seeds() {
        return Stream.of(
                        "2019-12-28T02:42:22.000Z",
                        "2020-10-13T09:46Z",
                        "Wed, 20-Feb-2019 02:16:09 GMT",
                        "+999999999-12-31T23:59:59.999999999-18:00",
                        "-999999999-01-01T00:00+18:00",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_time_keeps_its_text(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Option<VendorTimestamp> time = AliyunTimestamps.read(text);
        assertThat(time.isEmpty()).isEqualTo(text.isEmpty());
        time.forEach(read -> assertThat(read.text()).isEqualTo(text));
    }
}
