package io.otabridge.domain.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.otabridge.domain.artifact.FileLocation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any link text is preserved, and printed without its credentials. */
class DownloadLinkFuzzTest {

    private static final String SIGNATURE = "farzC8VMN4HYdEtXvdiC2OevH";

    static List<byte[]> seeds() {
        return Stream.of(
                        "https://ota.aliyuncs.com/ota/1.bin?Expires=1577587360&OSSAccessKeyId=cS8u&Signature="
                                + SIGNATURE,
                        "https://h/f?x-oss-date=20260102T030405Z&x-oss-expires=3600&x-oss-signature=" + SIGNATURE,
                        "https://h/f?X-Amz-Date=20260102T030405Z&X-Amz-Expires=999999999999&X-Amz-Signature="
                                + SIGNATURE,
                        "https://user:" + SIGNATURE + "@h/f?x-obs-date=20260132T030405Z&x-obs-expires=1#top",
                        // Two links whose user part was once printed.
                        "https://user:p@ss:" + SIGNATURE + "@h/f",
                        "http://@s://user:" + SIGNATURE + "@h/f",
                        "https://h/f",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_link_is_preserved_and_masked(byte[] input) {
        String url = new String(input, StandardCharsets.UTF_8);
        FileLocation.DownloadLink link = FileLocation.DownloadLink.of(url);

        assertThat(link.url().reveal()).isEqualTo(url);
        int query = url.indexOf('?');
        if (query >= 0 && url.indexOf(SIGNATURE) > query) {
            assertThat(link + link.url().masked() + link.url().host()).doesNotContain(SIGNATURE);
        }
        boolean occursOnce = url.indexOf(SIGNATURE) == url.lastIndexOf(SIGNATURE);
        if (occursOnce && url.matches("(?s).*//[^/]*" + SIGNATURE + "@h/f.*")) {
            assertThat(link + link.url().masked() + link.url().host()).doesNotContain(SIGNATURE + "@h/f");
        }
    }
}
