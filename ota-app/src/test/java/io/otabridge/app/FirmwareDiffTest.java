package io.otabridge.app;

import static io.otabridge.app.TestFirmware.firmware;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirmwareDiffTest {

    private static final Checksum MD5 = Checksum.of("md5", "AB12".repeat(8));
    private static final Checksum OTHER_MD5 = Checksum.of("MD5", "cd34".repeat(8));
    private static final Checksum SHA = Checksum.of("sha256", "ef56".repeat(16));

    private final InMemoryBackend left = InMemoryBackend.named("left");
    private final InMemoryBackend right = InMemoryBackend.named("right");
    private final OtaBridge ota = OtaBridge.over(left, right);

    @Test
    void equal_backends_have_no_difference() {
        left.add(firmware("l1", "p", "MCU", "1").file("", 9, MD5).build());
        right.add(firmware("r1", "p", "MCU", "1")
                .file("", 9, Checksum.of("MD5", "ab12".repeat(8)))
                .build());

        FirmwareDiff diff = diff();

        assertThat(diff).isEqualTo(new FirmwareDiff("left", "right", List.empty(), 1, 0));
        assertThat(diff.isSame()).isTrue();
    }

    @Test
    void empty_backends_have_no_difference() {
        assertThat(diff()).isEqualTo(new FirmwareDiff("left", "right", List.empty(), 0, 0));
    }

    @Test
    void reports_packages_of_only_one_backend() {
        left.add(firmware("l1", "p", "MCU", "1").build());
        left.add(firmware("l2", "p", "MCU", "2").build());
        right.add(firmware("r1", "p", "MCU", "1").build());
        right.add(firmware("r3", "p", "", "2").build());
        right.add(firmware("r4", "q", "MCU", "2").build());

        assertThat(summaries(diff()))
                .isEqualTo(List.of("ONLY_LEFT l2 of p", "ONLY_RIGHT r3 of p", "ONLY_RIGHT r4 of q"));
        assertThat(diff().same()).isEqualTo(1);
    }

    @Test
    void reports_different_sizes_and_digests() {
        left.add(firmware("l1", "p", "MCU", "1").file("", 924, MD5).build());
        right.add(firmware("r1", "p", "MCU", "1").file("", 925, MD5).build());
        left.add(firmware("l2", "p", "MCU", "2").file("", 924, SHA, MD5).build());
        right.add(firmware("r2", "p", "MCU", "2").file("", 924, OTHER_MD5).build());

        assertThat(diff().differences().map(found -> found.details().get()))
                .isEqualTo(List.of("size 924 and 925 bytes", "MD5 " + MD5.value() + " and " + OTHER_MD5.value()));
    }

    @Test
    void counts_packages_without_comparable_content() {
        left.add(firmware("l1", "p", "MCU", "1").file("", -1, MD5).build());
        right.add(firmware("r1", "p", "MCU", "1").file("", 924, SHA).build());
        left.add(firmware("l2", "p", "MCU", "2").build());
        right.add(firmware("r2", "p", "MCU", "2").file("", 924).build());
        left.add(firmware("l3", "p", "MCU", "3").file("", 924).build());
        right.add(firmware("r3", "p", "MCU", "3").file("", 924).build());

        assertThat(diff()).isEqualTo(new FirmwareDiff("left", "right", List.empty(), 3, 3));
    }

    @Test
    void compares_several_files_by_their_names() {
        left.add(firmware("l1", "p", "MCU", "1")
                .file("a", 1, MD5)
                .file("b", 2, MD5)
                .build());
        right.add(firmware("r1", "p", "MCU", "1")
                .file("b", 2, OTHER_MD5)
                .file("a", 1, MD5)
                .build());
        left.add(firmware("l2", "p", "MCU", "2")
                .file("a", 1, MD5)
                .file("b", 2, MD5)
                .build());
        right.add(firmware("r2", "p", "MCU", "2").file("a", 1, MD5).build());
        left.add(firmware("l3", "p", "MCU", "3")
                .file("a", 1, MD5)
                .file("b", 2, MD5)
                .build());
        right.add(firmware("r3", "p", "MCU", "3")
                .file("a", 1, MD5)
                .file("c", 2, MD5)
                .build());
        left.add(firmware("l4", "p", "MCU", "4")
                .file("a", 1, MD5)
                .file("b", 2, MD5)
                .build());
        right.add(firmware("r4", "p", "MCU", "4")
                .file("b", 2, MD5)
                .file("a", 1, MD5)
                .build());

        assertThat(diff().differences().map(found -> found.details().get()))
                .isEqualTo(List.of(
                        "file b: MD5 " + MD5.value() + " and " + OTHER_MD5.value(),
                        "number of files 2 and 1",
                        "file b is only in one"));
        assertThat(diff().same()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, -",
        "MD5, null",
        "MD5, N/A",
        "MD5, 00000000000000000000000000000000",
        "MD5, ffffffffffffffffffffffffffffffff",
        "MD5, 3d04ab6462633508606e5f3daac8****",
        "MD5, d41d8cd98f00b204e9800998ecf8427",
        "SHA256, d41d8cd98f00b204e9800998ecf8427e",
        "SM3, d41d8cd98f00b204e9800998ecf8427e",
        "'', 0",
    })
    void does_not_compare_placeholders(String algorithm, String placeholder) {
        Checksum none = Checksum.of(algorithm, placeholder);
        Checksum digest = Checksum.of(algorithm, "ab12".repeat(8));
        left.add(firmware("l1", "p", "MCU", "1").file("", 9, none).build());
        right.add(firmware("r1", "p", "MCU", "1").file("", 9, none).build());
        left.add(firmware("l2", "p", "MCU", "2").file("", 9, none).build());
        right.add(firmware("r2", "p", "MCU", "2").file("", 9, digest).build());

        assertThat(diff()).isEqualTo(new FirmwareDiff("left", "right", List.empty(), 2, 2));
    }

    @ParameterizedTest
    @CsvSource({"sha256, SHA-256", "SHA_256, sha-256", "Sm3, SM3"})
    void compares_digests_however_their_algorithm_is_spelled(String one, String other) {
        left.add(firmware("l1", "p", "MCU", "1")
                .file("", 9, Checksum.of(one, "AB12".repeat(16)))
                .build());
        right.add(firmware("r1", "p", "MCU", "1")
                .file("", 9, Checksum.of(other, "ab12".repeat(16)))
                .build());
        left.add(firmware("l2", "p", "MCU", "2")
                .file("", 9, Checksum.of(one, "AB12".repeat(16)))
                .build());
        right.add(firmware("r2", "p", "MCU", "2")
                .file("", 9, Checksum.of(other, "cd34".repeat(16)))
                .build());

        assertThat(summaries(diff())).isEqualTo(List.of("DIFFERENT_CONTENT l2 of p"));
        assertThat(diff().uncompared()).isZero();
    }

    @Test
    void a_different_digest_outweighs_an_equal_one_of_another_algorithm() {
        left.add(firmware("l1", "p", "MCU", "1").file("", 9, MD5, SHA).build());
        right.add(firmware("r1", "p", "MCU", "1")
                .file("", 9, MD5, Checksum.of("SHA-256", "cd34".repeat(16)))
                .build());

        assertThat(summaries(diff())).isEqualTo(List.of("DIFFERENT_CONTENT l1 of p"));
    }

    @Test
    void one_equal_digest_of_several_is_sufficient() {
        left.add(firmware("l1", "p", "MCU", "1").file("", 9, OTHER_MD5, MD5).build());
        right.add(firmware("r1", "p", "MCU", "1").file("", 9, MD5).build());

        assertThat(diff()).isEqualTo(new FirmwareDiff("left", "right", List.empty(), 1, 0));
    }

    @Test
    void compares_a_single_unnamed_file_with_a_single_named_one() {
        left.add(firmware("l1", "p", "MCU", "1").file("a", 9, MD5).build());
        right.add(firmware("r1", "p", "MCU", "1").file("", 9, MD5).build());

        assertThat(diff()).isEqualTo(new FirmwareDiff("left", "right", List.empty(), 1, 0));
    }

    @Test
    void does_not_compare_files_of_different_names() {
        FirmwareFile here = new FirmwareFile(Option.some("a"), Option.none(), List.of(MD5), Option.none());
        FirmwareFile there = new FirmwareFile(Option.some("b"), Option.none(), List.of(MD5), Option.none());
        left.add(firmware("l1", "p", "MCU", "1").files(here).build());
        right.add(firmware("r1", "p", "MCU", "1").files(there).build());

        assertThat(diff().differences().map(found -> found.details().get()))
                .isEqualTo(List.of("file a is only in one"));
    }

    @Test
    void reports_packages_verified_on_only_one_backend() {
        Verification verified = Verification.verified();
        left.add(firmware("l1", "p", "MCU", "1").verification(verified).build());
        right.add(firmware("r1", "p", "MCU", "1")
                .verification(Verification.verifying(40))
                .build());
        left.add(firmware("l2", "p", "MCU", "2")
                .verification(Verification.failed())
                .build());
        right.add(firmware("r2", "p", "MCU", "2")
                .verification(Verification.notRequired())
                .build());
        left.add(firmware("l3", "p", "MCU", "3").verification(verified).build());
        right.add(firmware("r3", "p", "MCU", "3")
                .verification(Verification.notOffered())
                .build());
        left.add(firmware("l4", "p", "MCU", "4")
                .verification(Verification.unverified())
                .build());
        right.add(firmware("r4", "p", "MCU", "4")
                .verification(Verification.unknown("9"))
                .build());

        assertThat(summaries(diff())).isEqualTo(List.of("VERIFIED_ONLY_LEFT l1 of p", "VERIFIED_ONLY_RIGHT l2 of p"));
    }

    @Test
    void pairs_packages_with_the_same_coordinates_by_creation_time() {
        // The hash codes of the ids determine the creation times: a before b before c.
        left.add(firmware("a", "p", "MCU", "1").file("", 1).build());
        left.add(firmware("b", "p", "MCU", "1").file("", 2).build());
        left.add(firmware("c", "p", "MCU", "1").file("", 3).build());
        right.add(firmware("d", "p", "MCU", "1").file("", 1).build());
        right.add(firmware("e", "p", "MCU", "1").file("", 2).build());

        assertThat(summaries(diff())).isEqualTo(List.of("ONLY_LEFT c of p"));
        assertThat(diff().same()).isEqualTo(2);
    }

    @Test
    void pairs_equal_packages_first() {
        left.add(firmware("a", "p", "MCU", "1").file("", 1, MD5).build());
        left.add(firmware("b", "p", "MCU", "1").file("", 1, OTHER_MD5).build());
        right.add(firmware("c", "p", "MCU", "1").file("", 1, OTHER_MD5).build());

        assertThat(summaries(diff())).isEqualTo(List.of("ONLY_LEFT a of p"));
        right.add(firmware("d", "p", "MCU", "1").file("", 1, MD5).build());
        assertThat(diff()).isEqualTo(new FirmwareDiff("left", "right", List.empty(), 2, 0));
    }

    @Test
    void pairs_unnamed_files_by_content() {
        FirmwareFile first = new FirmwareFile(Option.none(), Option.some(8L), List.of(MD5), Option.none());
        FirmwareFile second = new FirmwareFile(Option.none(), Option.some(9L), List.of(OTHER_MD5), Option.none());
        left.add(firmware("l1", "p", "MCU", "1").files(first, second).build());
        right.add(firmware("r1", "p", "MCU", "1").files(second, first).build());

        assertThat(diff()).isEqualTo(new FirmwareDiff("left", "right", List.empty(), 1, 0));
    }

    @Test
    void reports_different_source_versions() {
        left.add(firmware("l1", "p", "MCU", "1").sources("0.9").build());
        right.add(firmware("r1", "p", "MCU", "1").build());
        left.add(firmware("l2", "p", "MCU", "2").sources("0.9", "1").build());
        right.add(firmware("r2", "p", "MCU", "2").sources("1", "0.9").build());
        left.add(firmware("l3", "p", "MCU", "3").kind(UpdateKind.full()).build());
        right.add(firmware("r3", "p", "MCU", "3").kind(UpdateKind.delta()).build());

        assertThat(summaries(diff())).isEqualTo(List.of("DIFFERENT_SOURCES l1 of p", "DIFFERENT_SOURCES l3 of p"));
        assertThat(diff().differences().map(found -> found.details().get()))
                .isEqualTo(List.of(
                        "for 0.9 on left, and for any version on right",
                        "for any version on left, and delta from any version on right"));
    }

    @Test
    void requests_a_package_that_is_listed_without_a_digest() {
        left.add(firmware("l1", "p", "MCU", "1").file("", 9).build());
        right.add(firmware("r1", "p", "MCU", "1").file("", 9, MD5).build());

        assertThat(ota.diff("left", "right", failingAfterTheLists()).getLeft().operation())
                .isEqualTo("FindFirmware");
    }

    private InventoryRequest failingAfterTheLists() {
        AtomicInteger listed = new AtomicInteger();
        return InventoryRequest.all().progress((backend, count) -> {
            if (listed.incrementAndGet() == 2) {
                left.failWith(origin -> new OtaFailure.Unavailable(FailureDetails.of(origin, "Not now", "Wait")));
            }
        });
    }

    @Test
    void the_deadline_applies_to_details() {
        CountDownLatch never = new CountDownLatch(1);
        left.add(firmware("l1", "p", "MCU", "1").build());
        right.add(firmware("r1", "p", "MCU", "1").build());
        AtomicInteger listed = new AtomicInteger();
        InventoryRequest query = InventoryRequest.all()
                .deadline(Duration.ofMillis(500))
                .progress((backend, count) -> {
                    if (listed.incrementAndGet() == 2) {
                        left.failWith(origin -> InventoryTest.hangs(origin, never));
                    }
                });

        OtaFailure failure = ota.diff("left", "right", query).getLeft();
        never.countDown();

        assertThat(failure).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.summary()).contains("did not finish before its deadline");
    }

    @Test
    void an_interrupt_ends_the_wait_for_details() {
        CountDownLatch never = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        left.add(firmware("l1", "p", "MCU", "1").build());
        right.add(firmware("r1", "p", "MCU", "1").build());
        AtomicInteger listed = new AtomicInteger();
        InventoryRequest query = InventoryRequest.all().progress((backend, count) -> {
            if (listed.incrementAndGet() == 2) {
                left.failWith(origin -> {
                    caller.interrupt();
                    return InventoryTest.hangs(origin, never);
                });
            }
        });

        OtaFailure failure = ota.diff("left", "right", query).getLeft();

        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        never.countDown();
        assertThat(failure).isInstanceOf(OtaFailure.Cancelled.class);
        assertThat(failure.operation()).isEqualTo("diff");
    }

    @Test
    void compares_products_by_id_if_only_one_backend_has_the_name() {
        OtaConfig config = OtaConfig.builder()
                .backend("left", "memory", Map.of("region", "here"))
                .backend("right", "memory", Map.of("region", "there"))
                .defaultBackend("left")
                .product("thermometer", Map.of("left", "p"))
                .product("q", Map.of("left", "camera", "right", "webcam"))
                .build();
        try (OtaBridge named = OtaBridge.of(config, BackendContext.system().withEnvironment(Map.of()))) {
            left.add(firmware("l1", "p", "MCU", "1").build());
            right.add(firmware("r1", "p", "MCU", "1").build());
            left.add(firmware("l2", "camera", "MCU", "1").build());
            right.add(firmware("r2", "q", "MCU", "1").build());

            FirmwareDiff diff = FirmwareDiffer.of(left, right, named.products(), InventoryRequest.all())
                    .get();

            assertThat(diff.same()).isEqualTo(1);
            assertThat(summaries(diff)).containsExactlyInAnyOrder("ONLY_LEFT l2 of q", "ONLY_RIGHT r2 of q");
        }
    }

    @Test
    void compares_products_with_two_ids_by_name() {
        OtaConfig config = OtaConfig.builder()
                .backend("left", "memory", Map.of("region", "here"))
                .backend("right", "memory", Map.of("region", "there"))
                .defaultBackend("left")
                .product("thermometer", Map.of("left", "5ba24f", "right", "a19mz"))
                .build();
        try (OtaBridge named = OtaBridge.of(config, BackendContext.system().withEnvironment(Map.of()))) {
            left.add(firmware("l1", "5ba24f", "MCU", "1").build());
            left.add(firmware("l2", "5ba24f", "MCU", "2").build());
            right.add(firmware("r1", "a19mz", "MCU", "1").build());

            FirmwareDiff diff = FirmwareDiffer.of(left, right, named.products(), InventoryRequest.all())
                    .get();

            assertThat(summaries(diff)).isEqualTo(List.of("ONLY_LEFT l2 of thermometer"));
        }
    }

    @Test
    void compares_only_packages_of_the_query() {
        left.add(firmware("l1", "p", "MCU", "1").build());
        left.add(firmware("l2", "q", "MCU", "2").build());
        InventoryRequest first =
                InventoryRequest.all().filter(FirmwareFilter.all().version(FirmwareVersion.of("1")));

        assertThat(summaries(ota.diff("left", "right", first).get())).isEqualTo(List.of("ONLY_LEFT l1 of p"));
        assertThat(summaries(ota.diff("left", "right", InventoryRequest.all().product("q"))
                        .get()))
                .isEqualTo(List.of("ONLY_LEFT l2 of q"));
    }

    @Test
    void fails_if_one_backend_cannot_be_listed() {
        left.add(firmware("l1", "p", "MCU", "1").build());
        right.failWith(origin -> new OtaFailure.RateLimited(FailureDetails.of(origin, "Too many", "Wait")));

        OtaFailure failure = ota.diff("left", "right").getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.RateLimited.class);
        assertThat(failure.backend()).isEqualTo("right");
    }

    @Test
    void fails_if_a_package_cannot_be_requested() {
        left.add(firmware("l1", "p", "MCU", "1").build());
        right.add(firmware("r1", "p", "MCU", "1").build());
        OtaFailure failure = ota.diff("left", "right", failingAfterTheLists()).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.operation()).isEqualTo("FindFirmware");
    }

    @Test
    void rejects_equal_or_unknown_backends() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ota.diff("left", "left"))
                .withMessage("backend \"left\" cannot be compared with itself");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ota.diff("left", "missing"))
                .withMessageContaining("missing");
    }

    private FirmwareDiff diff() {
        return ota.diff("left", "right").get();
    }

    private static List<String> summaries(FirmwareDiff diff) {
        return diff.differences()
                .map(found -> found.kind() + " " + found.firmware().id() + " of "
                        + found.product().get());
    }
}
