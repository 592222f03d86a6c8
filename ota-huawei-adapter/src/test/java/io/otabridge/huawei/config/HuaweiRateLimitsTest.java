package io.otabridge.huawei.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.ratelimit.Rate;
import io.otabridge.domain.Capability;
import io.vavr.collection.HashMap;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuaweiRateLimitsTest {

    @ParameterizedTest
    @ValueSource(strings = {"ShowOtaPackage", "ListOtaModules", "CreateOtaModule", "Unknown"})
    void operations_share_the_total(String operation) {
        assertThat(HuaweiRateLimits.TABLE.quotaOf(operation)).isEqualTo("total");
        assertThat(HuaweiRateLimits.TABLE.rateOf(operation)).isEqualTo(Rate.perSecond(200));
    }

    @Test
    void all_requests_of_a_migration_share_the_total() {
        assertThat(HuaweiRateLimits.TABLE.minimumTime(
                        HashMap.of(Capability.PUBLISH_FIRMWARE, 200, Capability.FIND_FIRMWARE, 201),
                        HuaweiRateLimits.REQUESTS))
                .isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void operations_with_a_lower_limit_are_counted_separately() {
        assertThat(HuaweiRateLimits.TABLE.quotaOf("SearchDevices")).isEqualTo("SearchDevices");
        assertThat(HuaweiRateLimits.TABLE.rateOf("SearchDevices")).isEqualTo(Rate.perSecond(1));
        assertThat(HuaweiRateLimits.TABLE.rateOf("ShowDevice")).isEqualTo(Rate.perSecond(50));
    }
}
