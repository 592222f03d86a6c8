package io.otabridge.cli.command.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.page.RequestEstimate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which lists of tasks are announced. */
class ListingCostTest {

    @Test
    void announces_a_list_that_takes_long_at_the_quota() {
        assertThat(ListingCost.announcement(new RequestEstimate(20_000, 200, Duration.ofSeconds(20))))
                .contains("reading 20000 tasks needs about 200 requests, and at least 20 s");
        assertThat(ListingCost.announcement(new RequestEstimate(10_000, 100, Duration.ofSeconds(10))))
                .isEmpty();
    }

    @Test
    void announces_a_list_of_many_requests_without_a_time_where_the_quota_is_unknown() {
        assertThat(ListingCost.announcement(new RequestEstimate(10_000, 100, Duration.ZERO)))
                .contains("reading 10000 tasks needs about 100 requests");
        assertThat(ListingCost.announcement(new RequestEstimate(9_900, 99, Duration.ZERO)))
                .isEmpty();
    }
}
