package io.otabridge.simulators.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.simulators.objectstore.GeneratedFile;
import io.otabridge.simulators.objectstore.OssSimulator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices work on notices, and download from a simulated object store. */
class FleetTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);
    private static final GeneratedFile FILE = new GeneratedFile("with parts that differ", 10_000);
    private static final byte[] IMAGE = FILE.content();
    private static final String MD5 = FILE.md5();

    private final OssSimulator objects = OssSimulator.start(CLOCK);
    private final RecordingCloud cloud = new RecordingCloud();
    private final Fleet fleet = new Fleet(FleetOptions.FOR_TESTS, CLOCK, cloud);
    private final FleetDevice device = device("d1");

    @AfterEach
    void stop() {
        objects.close();
    }

    @Test
    void a_device_downloads_in_parts_and_is_upgraded_only_when_it_reports_the_version() {
        assertThat(fleet.send(device, notice("task", MD5))).isTrue();
        assertThat(cloud.reports).isEmpty();

        fleet.runUntilIdle();

        assertThat(cloud.reports)
                .containsExactly(
                        "d1 1%", "d1 16%", "d1 32%", "d1 48%", "d1 64%", "d1 80%", "d1 100%", "d1 has MCU 2.0");
        assertThat(device.versions()).containsExactly(Map.entry("MCU", "2.0"));
        assertThat(objects.requestCount()).isEqualTo(5);
        assertThat(fleet.time().now()).isBetween(START.plusSeconds(10), START.plusSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({
        "DOWNLOAD_FAILS,DOWNLOAD",
        "DAMAGED,INTEGRITY",
        "INSTALLATION_FAILS,INSTALLATION",
        "BUSY,BUSY",
        "POOR_SIGNAL,SIGNAL",
        "BATTERY_LOW,BATTERY",
        "STORAGE_FULL,STORAGE",
        "MEMORY_FULL,MEMORY",
        "UNSUPPORTED_PACKAGE,UNSUPPORTED_PACKAGE",
        "INTERNAL_ERROR,INTERNAL"
    })
    void a_failure_is_reported_and_the_old_version_stays(Behavior behavior, DeviceFailure failure) {
        device.behave(behavior);

        fleet.send(device, notice("task", MD5));
        fleet.runUntilIdle();

        assertThat(cloud.reports).endsWith("d1 " + failure).doesNotContain("d1 100%");
        assertThat(device.versions()).containsEntry("MCU", "1.0");
    }

    @Test
    void a_device_can_report_the_old_version_after_the_installation() {
        device.behave(Behavior.REPORTS_OLD_VERSION);

        fleet.send(device, notice("task", MD5));
        fleet.runUntilIdle();

        assertThat(cloud.reports).endsWith("d1 100%", "d1 has MCU 1.0");
    }

    @Test
    void a_silent_device_receives_the_notice_and_reports_nothing() {
        device.behave(Behavior.SILENT);

        assertThat(fleet.send(device, notice("task", MD5))).isTrue();
        fleet.queryVersions(device);
        fleet.runUntilIdle();

        assertThat(cloud.reports).isEmpty();
    }

    @Test
    void a_device_that_dies_stays_offline() {
        device.behave(Behavior.DIES);

        fleet.send(device, notice("task", MD5));
        fleet.runUntilIdle();

        assertThat(cloud.reports).containsExactly("d1 1%", "d1 16%", "d1 32%");
        assertThat(device.status()).isEqualTo(DeviceStatus.OFFLINE);
    }

    @Test
    void an_interrupted_device_resumes_where_it_stopped() {
        device.behave(Behavior.INTERRUPTED);

        fleet.send(device, notice("task", MD5));
        fleet.runUntilIdle();

        assertThat(cloud.reports)
                .containsExactly(
                        "d1 1%", "d1 16%", "d1 32%", "d1 connected", "d1 64%", "d1 80%", "d1 100%", "d1 has MCU 2.0");
        assertThat(objects.requestCount()).isEqualTo(5);
    }

    @Test
    void a_slow_device_needs_ten_times_as_long() {
        device.behave(Behavior.SLOW);

        fleet.send(device, notice("task", MD5));
        fleet.runUntilIdle();

        assertThat(fleet.time().now()).isBetween(START.plusSeconds(100), START.plusSeconds(300));
    }

    @Test
    void a_download_survives_a_cut_connection_but_not_a_missing_file() {
        objects.cutNextDownload(100);

        UpgradeNotice missing = notice("task2", MD5);
        fleet.send(device, notice("task", MD5));
        fleet.runUntilIdle();
        objects.remove("image.bin");
        fleet.send(device, missing);
        fleet.runUntilIdle();

        assertThat(cloud.reports).contains("d1 has MCU 2.0").endsWith("d1 DOWNLOAD");
        assertThat(objects.requestCount()).isEqualTo(6 + 3);
    }

    @Test
    void a_server_that_ignores_ranges_does_not_damage_the_file() {
        objects.ignoreRanges(true);

        fleet.send(device, notice("task", MD5));
        fleet.runUntilIdle();

        assertThat(cloud.reports).endsWith("d1 has MCU 2.0");
    }

    @Test
    void a_replaced_file_does_not_pass_the_verification_unless_there_is_no_digest() {
        UpgradeNotice notice = notice("task", MD5);
        UpgradeNotice unverified = notice("task2", null);
        objects.put("image.bin", new GeneratedFile("other", 10_000).content());

        fleet.send(device, notice);
        fleet.runUntilIdle();
        fleet.send(device, unverified);
        fleet.runUntilIdle();

        assertThat(cloud.reports).contains("d1 INTEGRITY").endsWith("d1 has MCU 2.0");
    }

    @Test
    void several_files_are_downloaded_and_verified_one_after_the_other() {
        UpgradeNotice.File first = notice("task", MD5).files().get(0);
        objects.put("second.bin", new byte[] {1, 2, 3});
        String sha256 = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";
        UpgradeNotice.File second = new UpgradeNotice.File(objects.link("second.bin"), 3, "SHA-256", sha256);

        fleet.send(device, new UpgradeNotice("task", "MCU", "2.0", List.of(first, second)));
        fleet.runUntilIdle();

        assertThat(cloud.reports).contains("d1 79%", "d1 80%").endsWith("d1 has MCU 2.0");
    }

    @Test
    void an_offline_device_receives_nothing_until_it_connects() {
        fleet.disconnectUntil(device, START.plusSeconds(3_600));

        assertThat(fleet.send(device, notice("task", MD5))).isFalse();
        fleet.advance(Duration.ofMinutes(59));
        assertThat(cloud.reports).isEmpty();
        fleet.advance(Duration.ofMinutes(1));

        assertThat(cloud.reports).containsExactly("d1 connected");
        assertThat(fleet.time().now()).isEqualTo(START.plusSeconds(3_600));
    }

    @Test
    void a_device_that_works_on_a_module_ignores_a_repeated_notice_and_rejects_another_one() {
        fleet.send(device, notice("task", MD5));
        fleet.send(device, notice("task", MD5));
        fleet.send(device, notice("task2", MD5));

        fleet.runUntilIdle();

        assertThat(cloud.reports).containsOnlyOnce("d1 BUSY", "d1 100%");
    }

    @Test
    void time_does_not_pass_for_a_timeout_that_does_not_apply_any_more() {
        fleet.time().at(START.plusSeconds(60), () -> false, () -> cloud.reports.add("timeout"));
        fleet.time().at(START.plusSeconds(30), () -> true, () -> cloud.reports.add("action"));

        fleet.runUntilIdle();

        assertThat(cloud.reports).containsExactly("action");
        assertThat(fleet.time().now()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void equal_seeds_have_equal_fleets_and_equal_failures() {
        List<String> first = demonstration(7);

        assertThat(demonstration(7)).isEqualTo(first);
        assertThat(demonstration(8)).isNotEqualTo(first);
    }

    @Test
    void failures_are_about_as_frequent_as_their_rates() {
        FailureRates rates = new FailureRates(Map.of(Behavior.BATTERY_LOW, 0.25, Behavior.DAMAGED, 0.5));

        Map<Behavior, Long> drawn = IntStream.range(0, 10_000)
                .mapToObj(number -> rates.draw(1, "device-" + number, 1))
                .collect(Collectors.groupingBy(behavior -> behavior, Collectors.counting()));

        assertThat(drawn.get(Behavior.BATTERY_LOW)).isBetween(2_300L, 2_700L);
        assertThat(drawn.get(Behavior.DAMAGED)).isBetween(4_800L, 5_200L);
        assertThat(drawn).containsOnlyKeys(Behavior.BATTERY_LOW, Behavior.DAMAGED, Behavior.SUCCESS);
    }

    @Test
    void rates_of_more_than_everything_are_rejected() {
        assertThatThrownBy(() -> new FailureRates(Map.of(Behavior.BUSY, 0.6, Behavior.DIES, 0.6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1 in total");
    }

    private List<String> demonstration(long seed) {
        RecordingCloud reports = new RecordingCloud();
        Fleet generated = new Fleet(new FleetOptions(40, seed, FailureRates.TYPICAL, false), CLOCK, reports);
        generated.generate("p", "d-", "MCU", List.of("0.9", "1.0"));
        generated.devices("p").forEach(each -> generated.send(each, notice("task", MD5)));
        generated.runUntilIdle();
        return reports.reports;
    }

    private FleetDevice device(String id) {
        FleetDevice added = new FleetDevice("p", id, DeviceStatus.ONLINE, Map.of("MCU", "1.0"));
        fleet.add(added);
        return added;
    }

    private UpgradeNotice notice(String taskKey, @Nullable String digest) {
        objects.put("image.bin", IMAGE);
        return new UpgradeNotice(
                taskKey,
                "MCU",
                "2.0",
                List.of(new UpgradeNotice.File(objects.link("image.bin"), IMAGE.length, "MD5", digest)));
    }
}
