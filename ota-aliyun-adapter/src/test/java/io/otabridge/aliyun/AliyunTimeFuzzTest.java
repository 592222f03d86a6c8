package io.otabridge.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.VendorTime;
import io.otabridge.fuzz.FuzzTarget;
import io.otabridge.fuzz.OddText;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** However a time is written, its text is kept; a moment is there or not. */
class AliyunTimeFuzzTest implements FuzzTarget {

    @Override
    public List<byte[]> seeds() {
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

    @Override
    public List<String> words() {
        return List.of("T", "Z", "GMT", ":60", "24:00", "+18:00", "Feb", "Wed, ", "-0001", "29-Feb");
    }

    @Override
    public void read(byte[] input) {
        String text = OddText.in(input);
        Option<VendorTime> time = AliyunTime.read(text);
        assertThat(time.isEmpty()).isEqualTo(text.isEmpty());
        time.forEach(read -> assertThat(read.text()).isEqualTo(text));
    }
}
