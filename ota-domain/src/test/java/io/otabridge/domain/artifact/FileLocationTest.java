package io.otabridge.domain.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.artifact.FileLocation.DownloadLink;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
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
        "https://h/a?X-Obs-Date=20260102T030405Z&X-Obs-Expires=1, 2026-01-02T03:04:06Z",
        "https://h/a?x-oss-signature-version=OSS2&x-oss-expires=1767856571&x-oss-signature=0%3D, 2026-01-08T07:16:11Z",
        "https://h/a?x-oss-signature=0%3d&X-OSS-Expires=1767856571&x-oss-signature-version=oss2, 2026-01-08T07:16:11Z",
        "https://h/a?x-oss-expires=1767856571&x-oss-signature=s, 2026-01-08T07:16:11Z",
        "https://h/a?X-Goog-Date=20260102T030405Z&X-Goog-Expires=60&X-Goog-Signature=s, 2026-01-02T03:05:05Z",
        "https://h/a?GoogleAccessId=x%40y&Expires=1767856571&Signature=s, 2026-01-08T07:16:11Z",
        "https://h/a?AccessKeyId=k&Expires=1767856571&Signature=s, 2026-01-08T07:16:11Z",
        "https://h/a?Ex%70ires=%31767856571&Signature=s, 2026-01-08T07:16:11Z",
        "https://h/a?q-sign-algorithm=sha1&q-sign-time=1767850000;1767856571&q-signature=s, 2026-01-08T07:16:11Z",
        "https://h/a?q-sign-time=1767850000%3B1767856571&q-key-time=1767850000%3b1767856570, 2026-01-08T07:16:10Z",
        "https://h/a?sv=2022-11-02&se=2026-01-08T07%3A16%3A11Z&sp=r&sig=s, 2026-01-08T07:16:11Z",
        "https://h/a?se=2026-01-08T07:16Z&sig=s, 2026-01-08T07:16:00Z",
        "https://h/a?se=2026-01-08T07:16:11.1234567Z&sig=s, 2026-01-08T07:16:11.123456700Z",
        "https://h/a?se=2026-01-08T09:16:11%2B02:00&sig=s, 2026-01-08T07:16:11Z",
        "https://h/a?se=2026-01-08&sig=s, 2026-01-08T00:00:00Z",
        "https://h/a?Expires=1767856571&Expires=1767856570, 2026-01-08T07:16:10Z",
        "https://h/a?Expires=1767856571&X-Amz-Date=20260102T030405Z&X-Amz-Expires=60, 2026-01-02T03:05:05Z",
        "https://h/a?x=1&x-oss-date=20260102T030405Z&x-oss-expires=60, 2026-01-02T03:05:05Z"
    })
    void parses_the_expiry_of_a_link(String url, Instant expires) {
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
                "https://h/a?Expires=1767856571&Expires=",
                "https://h/a?Expires=1767856571&expires=later",
                "https://h/a?Expires=1767856571&X-Amz-Expires=60",
                "https://h/a?Expires=1767856571000",
                "https://h/a?Expires=%2B1767856571",
                "https://h/a?Expires=+1767856571",
                "https://h/a?Expires=1767856571.0",
                "https://h/a?Expires",
                "https://h/a?Expires=%zz",
                "https://h/a?Expires=\u0661767856571",
                "https://h/a?x-oss-signature-version=OSS2&x-oss-expires=-1",
                "https://h/a?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-expires=60",
                "https://h/a?X-Amz-Date=20260102T030405Z&X-Amz-Expires=-60",
                "https://h/a?X-Amz-Date=20260102T030405Z&X-Amz-Expires=999999999999",
                "https://h/a?X-Amz-Date=20260102T030405Z&X-Amz-Date=now&X-Amz-Expires=60",
                "https://h/a?X-Amz-Date=20260102T030405Z",
                "https://h/a?q-sign-time=1767856571",
                "https://h/a?q-sign-time=1767850000;",
                "https://h/a?q-sign-time=1767850000;1767856571;1767856572",
                "https://h/a?se=2026-01-08T07:16:11&sig=s",
                "https://h/a?se=soon&sig=s",
                "https://h/a?si=policy&sig=s",
                "https://h/a?se=2026-01-08T07:16:11Z",
                "https://h/a?auth_key=1767856571-0-0-abc",
                "not a link at all"
            })
    void an_unreadable_expiry_is_absent(String url) {
        DownloadLink link = DownloadLink.of(url);

        assertThat(link.expires()).isEmpty();
        assertThat(link.url().reveal()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:secret@h/a.bin",
                "https://user:with@secret@h/a.bin",
                "http://@s://user:secret@h/a.bin",
            })
    void toString_hides_a_password(String url) {
        assertThat(DownloadLink.of(url).toString()).doesNotContain("secret");
    }

    @Test
    void parses_a_link_of_any_length_in_linear_time() {
        assertThat(DownloadLink.of("https://h/a?" + "&".repeat(1_000_000) + "Expires=1767856571")
                        .expires())
                .isNotEmpty();
        assertThat(DownloadLink.of("https://h/a?" + "Expires=1&".repeat(100_000))
                        .expires())
                .isEmpty();
        assertThat(DownloadLink.of("https://" + "a".repeat(1_000_000) + ":secret@h/a")
                        .toString())
                .hasSizeLessThan(400)
                .doesNotContain("secret");
    }

    @Test
    void only_reveal_returns_the_whole_link() throws ReflectiveOperationException {
        String url = "https://user:secret@files.example:8443/a.bin?Expires=1577587360&Signature=secret#secret";
        SignedLink link = SignedLink.of(url);

        assertThat(link.reveal()).isEqualTo(url);
        for (Method accessor : SignedLink.class.getDeclaredMethods()) {
            if (Modifier.isPublic(accessor.getModifiers())
                    && accessor.getParameterCount() == 0
                    && !accessor.getName().equals("reveal")) {
                assertThat(String.valueOf(accessor.invoke(link)))
                        .as(accessor.getName())
                        .doesNotContain("secret");
            }
        }
        assertThat(link.host()).contains("files.example");
        assertThat(link.masked()).isEqualTo("https://files.example:8443/a.bin");
        assertThat(DownloadLink.of(url).url() + " of " + DownloadLink.of(url)).doesNotContain("secret");
    }

    @Test
    void equality_uses_the_whole_link() {
        assertThat(SignedLink.of("https://h/a?Signature=1"))
                .isEqualTo(SignedLink.of("https://h/a?Signature=1"))
                .hasSameHashCodeAs(SignedLink.of("https://h/a?Signature=1"))
                .isNotEqualTo(SignedLink.of("https://h/a?Signature=2"));
        assertThat(SignedLink.of("not a link at all").host()).isEmpty();
    }

    @Test
    void toString_hides_the_signature() {
        assertThat(DownloadLink.of("https://h/a.bin?Expires=1577587360&Signature=secret")
                        .toString())
                .contains("https://h/a.bin?…")
                .doesNotContain("secret");
    }
}
