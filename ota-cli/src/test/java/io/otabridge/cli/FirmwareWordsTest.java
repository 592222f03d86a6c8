package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.cli.render.FirmwareJson;
import io.otabridge.cli.render.FirmwareTable;
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

/** Every kind of target, update and verification has words of its own, for people and for programs. */
class FirmwareWordsTest {

    private static final Backend BACKEND = InMemoryBackend.named("here");

    @Test
    void names_every_target() {
        assertWords(
                FirmwareTarget.class,
                "updates",
                "target",
                List.of(
                        word(b -> b.target(FirmwareTarget.wholeDevice()), "the whole device", "whole-device"),
                        word(b -> b.target(FirmwareTarget.software()), "the device's software", "software"),
                        word(b -> b.target(FirmwareTarget.module("M")), "module M", "module"),
                        word(b -> b.target(FirmwareTarget.notStated()), "not stated", "not-stated"),
                        word(b -> b.target(FirmwareTarget.unknown("x")), "unknown (\"x\")", "unknown")));
    }

    @Test
    void names_every_kind_of_update() {
        FirmwareVersion source = FirmwareVersion.of("1");
        assertWords(
                UpdateKind.class,
                "kind",
                "update",
                List.of(
                        word(b -> b.kind(UpdateKind.full()), "full image", "full"),
                        word(b -> b.kind(UpdateKind.delta(source)), "delta from 1", "delta"),
                        word(b -> b.kind(UpdateKind.delta()), "delta", "delta"),
                        word(b -> b.kind(UpdateKind.notStated()), "not stated", "not-stated"),
                        word(b -> b.kind(UpdateKind.unknown("7")), "unknown (\"7\")", "unknown")));
    }

    @Test
    void names_every_state_of_verification() {
        assertWords(
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

    private record Word(Firmware firmware, String forPeople, String forPrograms) {}

    private interface Change {
        Firmware.Builder on(Firmware.Builder builder);
    }

    private static Word word(Change change, String forPeople, String forPrograms) {
        Firmware.Builder builder = Firmware.builder(FirmwareId.of("f"), FirmwareVersion.of("v"));
        return new Word(change.on(builder).build(), forPeople, forPrograms);
    }

    private static Word verification(Verification state, String forPeople, String forPrograms) {
        return word(b -> b.verification(state), forPeople, forPrograms);
    }

    private static void assertWords(Class<?> sealed, String row, String key, List<Word> words) {
        ValueFormatter printer = new ValueFormatter(ZoneOffset.UTC, Clock.systemUTC());
        Set<String> named = new HashSet<>();
        for (Word word : words) {
            assertThat(FirmwareTable.of(BACKEND, word.firmware(), printer))
                    .containsPattern("(?m)^" + row + " +\\Q" + word.forPeople() + "\\E$");
            JsonNode json = FirmwareJson.of(BACKEND, word.firmware()).at("/firmware/" + key);
            assertThat(json.path(key.equals("verification") ? "state" : "kind").asText())
                    .isEqualTo(word.forPrograms());
            assertThat(json).hasSize(3);
            named.add(word.forPrograms());
        }
        assertThat(named).hasSize(sealed.getPermittedSubclasses().length);
    }
}
