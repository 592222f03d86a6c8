package io.otabridge.aliyun.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.aliyun.wire.AliyunApi;
import io.otabridge.aliyun.wire.DeviceApi;
import io.otabridge.aliyun.wire.job.JobApi;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.domain.Capability;
import io.vavr.collection.HashMap;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import retrofit2.http.Headers;

class AliyunRateLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "QueryOTAFirmware,20",
        "ListOTAFirmware,10",
        "CreateOTAModule,10",
        "ModifyOTAFirmware,5",
        "CancelOTATaskByJob,5",
        "QueryDevice,50",
        "Unknown,10"
    })
    void each_operation_has_the_documented_rate(String operation, int perSecond) {
        assertThat(AliyunRateLimits.TABLE.rateOf(operation)).isEqualTo(Rate.perSecond(perSecond));
    }

    static Stream<String> operations() {
        return Stream.of(AliyunApi.class, DeviceApi.class, JobApi.class)
                .flatMap(api -> Arrays.stream(api.getDeclaredMethods()))
                .map(method -> method.getAnnotation(Headers.class))
                .filter(Objects::nonNull)
                .flatMap(headers -> Arrays.stream(headers.value()))
                .filter(header -> header.startsWith(AliyunApi.ACTION))
                .map(header -> header.substring(AliyunApi.ACTION.length() + 2));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_is_counted_separately(String operation) {
        assertThat(AliyunRateLimits.TABLE.quotaOf(operation)).isEqualTo(operation);
        assertThat(AliyunRateLimits.TABLE.isLimited(operation)).isTrue();
    }

    @Test
    void publications_and_look_ups_share_the_rate_of_the_query() {
        assertThat(AliyunRateLimits.TABLE.minimumTime(
                        HashMap.of(Capability.PUBLISH_FIRMWARE, 501, Capability.FIND_FIRMWARE, 1000),
                        AliyunRateLimits.REQUESTS))
                .isEqualTo(Duration.ofSeconds(75));
    }

    @Test
    void a_package_takes_at_least_a_tenth_of_a_second_and_so_does_each_further_file() {
        assertThat(AliyunRateLimits.TABLE.minimumTime(
                        HashMap.of(Capability.PUBLISH_FIRMWARE, 501, Capability.SEVERAL_FILES, 100),
                        AliyunRateLimits.REQUESTS))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void an_unknown_operation_is_counted_separately() {
        assertThat(AliyunRateLimits.TABLE.quotaOf("Unknown")).isEqualTo("Unknown");
        assertThat(AliyunRateLimits.TABLE.isLimited("Unknown")).isFalse();
    }
}
