package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests that every kind of target, update and verification has a unique label and code. */
class FirmwareLabelsTest {

    private static final Backend BACKEND = InMemoryBackend.named("here");

    @Test
    void names_every_target() {
        assertLabels(
                FirmwareTarget.class,
                "target",
                "target",
                List.of(
                        labels(b -> b.target(FirmwareTarget.wholeDevice()), "the whole device", "whole-device"),
                        labels(b -> b.target(FirmwareTarget.software()), "the device's software", "software"),
                        labels(b -> b.target(FirmwareTarget.module("M")), "module M", "module"),
                        labels(b -> b.target(FirmwareTarget.notStated()), "not stated", "not-stated"),
                        labels(b -> b.target(FirmwareTarget.unknown("x")), "unknown (\"x\")", "unknown")));
    }

    @Test
    void names_every_kind_of_update() {
        FirmwareVersion source = FirmwareVersion.of("1");
        assertLabels(
                UpdateKind.class,
                "kind",
                "update",
                List.of(
                        labels(b -> b.kind(UpdateKind.full()), "full image", "full"),
                        labels(b -> b.kind(UpdateKind.delta(source)), "delta from 1", "delta"),
                        labels(b -> b.kind(UpdateKind.delta()), "delta", "delta"),
                        labels(b -> b.kind(UpdateKind.notStated()), "not stated", "not-stated"),
                        labels(b -> b.kind(UpdateKind.unknown("7")), "unknown (\"7\")", "unknown")));
    }

    @Test
    void names_every_state_of_verification() {
        assertLabels(
                Verification.class,
                "verification",
                "verification",
                List.of(
                        verification(Verification.notRequired(), "not required", "not-required"),
                        verification(Verification.unverified(), "unverified", "unverified"),
                        verification(Verification.verifying(7), "verifying (7 %)", "verifying"),
                        verification(Verification.verifying(), "verifying", "verifying"),
                        verification(Verification.verified(), "verified", "verified"),
                        verification(Verification.failed(), "failed", "failed"),
                        verification(Verification.notOffered(), "not offered by this vendor", "not-offered"),
                        verification(Verification.notStated(), "not stated", "not-stated"),
                        verification(Verification.unknown("9"), "unknown (\"9\")", "unknown")));
    }

    private record Labels(Firmware firmware, String label, String code) {}

    private interface Change {
        Firmware.Builder on(Firmware.Builder builder);
    }

    private static Labels labels(Change change, String label, String code) {
        Firmware.Builder builder = Firmware.builder(FirmwareId.of("f"), FirmwareVersion.of("v"));
        return new Labels(change.on(builder).build(), label, code);
    }

    private static Labels verification(Verification state, String label, String code) {
        return labels(b -> b.verification(state), label, code);
    }

    private static void assertLabels(Class<?> sealed, String row, String key, List<Labels> labels) {
        ValueFormatter printer = new ValueFormatter(ZoneOffset.UTC, Clock.systemUTC(), 80);
        Set<String> codes = new HashSet<>();
        for (Labels expected : labels) {
            assertThat(FirmwareTable.of(BACKEND, expected.firmware(), printer))
                    .containsPattern("(?m)^" + row + " +\\Q" + expected.label() + "\\E$");
            JsonNode json = JsonOutput.fields(expected.firmware()).at("/" + key);
            assertThat(json.path(key.equals("verification") ? "state" : "kind").asText())
                    .isEqualTo(expected.code());
            assertThat(json).hasSize(3);
            codes.add(expected.code());
        }
        assertThat(codes).hasSize(sealed.getPermittedSubclasses().length);
    }
}
