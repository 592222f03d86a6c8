package io.otabridge.client.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {

    private static final RateLimits EACH = RateLimits.each(Rate.perSecond(10))
            .with("Query", Rate.perSecond(20))
            .with("Modify", Rate.perSecond(5));
    private static final RateLimits TOGETHER =
            RateLimits.together("total", Rate.perSecond(200)).with("Search", Rate.perSecond(1));

    @Test
    void an_operation_has_its_own_rate_or_the_rest_s() {
        assertThat(EACH.rateOf("Query")).isEqualTo(Rate.perSecond(20));
        assertThat(EACH.rateOf("List")).isEqualTo(Rate.perSecond(10));
        assertThat(EACH.quotaOf("List")).isEqualTo("List");
    }

    @Test
    void operations_may_be_counted_together() {
        assertThat(TOGETHER.quotaOf("List")).isEqualTo("total").isEqualTo(TOGETHER.quotaOf("Create"));
        assertThat(TOGETHER.rateOf("List")).isEqualTo(Rate.perSecond(200));
        assertThat(TOGETHER.quotaOf("Search")).isEqualTo("Search");
        assertThat(TOGETHER.rateOf("Search")).isEqualTo(Rate.perSecond(1));
    }

    @Test
    void configuration_overrides_rates() {
        RateLimits table = read(EACH, Map.of("Query", 3, "default", "0.5")).get();
        assertThat(table.rateOf("Query")).isEqualTo(Rate.perSecond(3));
        assertThat(table.rateOf("Modify")).isEqualTo(Rate.perSecond(5));
        assertThat(table.rateOf("List")).isEqualTo(new Rate(2_000_000_000));
        assertThat(read(TOGETHER, Map.of("total", 100)).get().rateOf("List")).isEqualTo(Rate.perSecond(100));
    }

    @Test
    void nothing_configured_changes_nothing() {
        assertThat(read(EACH, Map.of()).get().rateOf("Query")).isEqualTo(Rate.perSecond(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.000", "-1", "many", "1e3", "100000000", "", "NaN"})
    void what_is_no_rate_is_a_fault(String text) {
        assertThat(read(EACH, Map.of("Query", text)).getLeft().map(ConfigError::key))
                .containsExactly("quota.Query");
    }

    @Test
    void an_operation_that_the_vendor_does_not_have_is_a_fault() {
        assertThat(read(EACH, Map.of("Qeury", 3)).getLeft().head().problem()).contains("Query, Modify, default");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.NEGATIVE_INFINITY, 1e-9, 2e6, Double.POSITIVE_INFINITY})
    void a_rate_of_nothing_or_of_too_much_is_refused(double calls) {
        assertThatThrownBy(() -> Rate.perSecond(calls)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN})
    void a_share_is_a_part_of_the_whole(double share) {
        assertThatThrownBy(() -> Rate.perSecond(1).share(share)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_share_makes_turns_rarer_down_to_one_a_day() {
        assertThat(Rate.perSecond(20).share(0.25)).isEqualTo(Rate.perSecond(5));
        assertThat(Rate.perSecond(20).share(1)).isEqualTo(Rate.perSecond(20));
        Rate daily = new Rate(Duration.ofDays(1).toNanos());
        assertThat(daily.share(0.1)).isEqualTo(daily);
    }

    @Test
    void rates_never_round_up() {
        assertThat(Rate.perSecond(3).intervalNanos()).isEqualTo(333_333_334);
        assertThat(Rate.perSecond(7).slower(Rate.perSecond(3))).isEqualTo(Rate.perSecond(3));
        assertThat(Rate.perSecond(3).slower(Rate.perSecond(7))).isEqualTo(Rate.perSecond(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with blank", "line\nbreak"})
    void a_key_is_fit_to_be_shown_and_stored(String text) {
        assertThatThrownBy(() -> new QuotaKey(text, "List")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QuotaKey("acme", text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Either<List<ConfigError>, RateLimits> read(RateLimits table, Map<String, ?> values) {
        SettingsReader settings = SettingsReader.of("quota", values);
        RateLimits read = table.read(settings);
        return settings.finish(() -> read);
    }
}
