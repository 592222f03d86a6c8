package io.otabridge.client.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.domain.Capability;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {

    private static final RateLimits EACH = RateLimits.perOperation(Rate.perSecond(10))
            .with("Query", Rate.perSecond(20))
            .with("Modify", Rate.perSecond(5));
    private static final RateLimits TOGETHER =
            RateLimits.shared("total", Rate.perSecond(200)).with("Search", Rate.perSecond(1));

    @Test
    void an_operation_has_its_own_or_the_default_rate() {
        assertThat(EACH.rateOf("Query")).isEqualTo(Rate.perSecond(20));
        assertThat(EACH.rateOf("List")).isEqualTo(Rate.perSecond(10));
        assertThat(EACH.quotaOf("List")).isEqualTo("List");
    }

    @Test
    void operations_can_share_a_quota() {
        assertThat(TOGETHER.quotaOf("List")).isEqualTo("total").isEqualTo(TOGETHER.quotaOf("Create"));
        assertThat(TOGETHER.rateOf("List")).isEqualTo(Rate.perSecond(200));
        assertThat(TOGETHER.quotaOf("Search")).isEqualTo("Search");
        assertThat(TOGETHER.rateOf("Search")).isEqualTo(Rate.perSecond(1));
    }

    @Test
    void calls_take_at_least_as_long_as_the_quota_that_takes_the_longest() {
        HashMap<Capability, List<String>> requests = HashMap.of(
                Capability.FIND_FIRMWARE, List.of("Query"),
                Capability.PUBLISH_FIRMWARE, List.of("List", "Query", "Query", "Query"));

        assertThat(EACH.minimumTime(HashMap.of(Capability.FIND_FIRMWARE, 101), requests))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(EACH.minimumTime(
                        HashMap.of(Capability.FIND_FIRMWARE, 101, Capability.PUBLISH_FIRMWARE, 100), requests))
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(TOGETHER.minimumTime(HashMap.of(Capability.PUBLISH_FIRMWARE, 501), requests))
                .isEqualTo(Duration.ofMillis(10_015));
    }

    @Test
    void calls_that_send_nothing_or_one_request_do_not_wait() {
        HashMap<Capability, List<String>> requests = HashMap.of(Capability.FIND_FIRMWARE, List.of("Query"));

        assertThat(EACH.minimumTime(HashMap.of(Capability.FIND_FIRMWARE, 1), requests))
                .isZero();
        assertThat(EACH.minimumTime(HashMap.of(Capability.FIND_FIRMWARE, 0, Capability.LIST_MODULES, 9), requests))
                .isZero();
    }

    @Test
    void configuration_overrides_rates() {
        RateLimits limits = read(EACH, Map.of("Query", 3, "default", "0.5")).get();
        assertThat(limits.rateOf("Query")).isEqualTo(Rate.perSecond(3));
        assertThat(limits.rateOf("Modify")).isEqualTo(Rate.perSecond(5));
        assertThat(limits.rateOf("List")).isEqualTo(new Rate(2_000_000_000));
        assertThat(read(TOGETHER, Map.of("total", 100)).get().rateOf("List")).isEqualTo(Rate.perSecond(100));
    }

    @Test
    void an_empty_configuration_keeps_the_rates() {
        assertThat(read(EACH, Map.of()).get().rateOf("Query")).isEqualTo(Rate.perSecond(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.000", "-1", "many", "1e3", "100000000", "", "NaN"})
    void an_invalid_rate_is_a_configuration_error(String text) {
        assertThat(read(EACH, Map.of("Query", text)).getLeft().map(ConfigError::key))
                .containsExactly("quota.Query");
    }

    @Test
    void an_unknown_operation_is_a_configuration_error() {
        assertThat(read(EACH, Map.of("Qeury", 3)).getLeft().head().problem()).contains("Query, Modify, default");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.NEGATIVE_INFINITY, 1e-9, 2e6, Double.POSITIVE_INFINITY})
    void a_rate_out_of_range_is_rejected(double calls) {
        assertThatThrownBy(() -> Rate.perSecond(calls)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN})
    void a_share_out_of_range_is_rejected(double share) {
        assertThatThrownBy(() -> Rate.perSecond(1).share(share)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_share_lowers_the_rate_to_at_least_one_per_day() {
        assertThat(Rate.perSecond(20).share(0.25)).isEqualTo(Rate.perSecond(5));
        assertThat(Rate.perSecond(20).share(1)).isEqualTo(Rate.perSecond(20));
        Rate daily = new Rate(Duration.ofDays(1).toNanos());
        assertThat(daily.share(0.1)).isEqualTo(daily);
    }

    @Test
    void rates_are_never_rounded_up() {
        assertThat(Rate.perSecond(3).intervalNanos()).isEqualTo(333_333_334);
        assertThat(Rate.perSecond(7).slower(Rate.perSecond(3))).isEqualTo(Rate.perSecond(3));
        assertThat(Rate.perSecond(3).slower(Rate.perSecond(7))).isEqualTo(Rate.perSecond(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with blank", "line\nbreak"})
    void a_key_with_blanks_or_line_breaks_is_rejected(String text) {
        assertThatThrownBy(() -> new QuotaKey(text, "List")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuotaKey("acme", text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Either<List<ConfigError>, RateLimits> read(RateLimits limits, Map<String, ?> values) {
        SettingsReader settings = SettingsReader.of("quota", values);
        RateLimits read = limits.read(settings);
        return settings.finish(() -> read);
    }
}
