package io.otabridge.domain.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.firmware.FileLocation.DownloadLink;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileLocationTest {

    @ParameterizedTest
    @CsvSource({
        "https://ota-***.aliyuncs.com/a.bin?Expires=1577587360&OSSAccessKeyId=k&Signature=s, 2019-12-29T02:42:40Z",
        "https://h/a?x=1&expires=0#part, 1970-01-01T00:00:00Z",
        "https://h/a?x-oss-date=20260102T030405Z&x-oss-expires=86400&x-oss-signature=s, 2026-01-03T03:04:05Z",
        "https://h/a?X-Amz-Expires=60&X-Amz-Date=20260102T030405Z, 2026-01-02T03:05:05Z",
        "https://h/a?X-Obs-Date=20260102T030405Z&X-Obs-Expires=1, 2026-01-02T03:04:06Z"
    })
    void reads_when_a_link_expires(String url, Instant expires) {
        assertThat(DownloadLink.of(url).expires()).contains(expires);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://h/a.bin",
                "https://h/a?Expires=",
                "https://h/a?Expires=tomorrow",
                "https://h/a?Expires=-5",
                "https://h/a?Expires=99999999999999999999",
                "https://h/a?x-oss-expires=60",
                "https://h/a?x-oss-date=20261302T030405Z&x-oss-expires=60",
                "https://h/a#?Expires=1577587360",
                "https://h/a&Expires=1577587360",
                "https://h/a?x-oss-date=20260231T030405Z&x-oss-expires=60",
                "?&&=&?",
                "not a link at all"
            })
    void says_nothing_of_an_expiry_it_cannot_read(String url) {
        DownloadLink link = DownloadLink.of(url);

        assertThat(link.expires()).isEmpty();
        assertThat(link.url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:secret@h/a.bin",
                "https://user:with@secret@h/a.bin",
                "http://@s://user:secret@h/a.bin",
            })
    void shows_no_password_when_printed(String url) {
        assertThat(DownloadLink.of(url).toString()).doesNotContain("secret");
    }

    @Test
    void shows_no_signature_when_printed() {
        assertThat(DownloadLink.of("https://h/a.bin?Expires=1577587360&Signature=secret")
                        .toString())
                .contains("https://h/a.bin?…")
                .doesNotContain("secret");
    }
}
