package io.otabridge.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.vavr.control.Either;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids, names and versions: parsing accepts a text unchanged, or rejects it with a printable one-line message. */
class ParsedTextFuzzTest {

    static List<byte[]> seeds() {
        return Stream.of(
                        "28f61af50fc9452aa0ed5ea25c3cc3d3",
                        "UfuxnwygsuSkVE0VCN****0100",
                        "V2.0.1-beta",
                        "MCU",
                        "barcodeScanner",
                        "a19mzPZ****",
                        "固件 1",
                        "V\\ud8001",
                        "x\u001b[2J\u0085",
                        "x".repeat(10_000),
                        "x".repeat(128),
                        " ".repeat(255) + "x",
                        " ".repeat(10_000))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_text_is_accepted_unchanged_or_rejected_in_one_line(byte[] input) {
        // UTF-8 has no lone surrogates.
        String text = new String(input, StandardCharsets.UTF_8).replace("\\ud800", "\ud800");
        check(text, FirmwareId::parse, FirmwareId::of);
        check(text, FirmwareVersion::parse, FirmwareVersion::of);
        check(text, ModuleId::parse, ModuleId::of);
        check(text, ModuleName::parse, ModuleName::of);
        check(text, ProductId::parse, ProductId::of);
        checkConstraint(text, StringConstraint.opaque("id", 64)::check);
        checkConstraint(text, StringConstraint.name("name", 64)::check);
    }

    private static <T> void check(
            String text, Function<String, Either<ConstraintViolation, T>> parse, Function<String, T> of) {
        Either<ConstraintViolation, T> parsed = parse.apply(text);
        checkConstraint(text, given -> parsed.map(Object::toString));
        parsed.forEach(value -> assertThat(of.apply(text)).isEqualTo(value));
    }

    private static void checkConstraint(String text, Function<String, Either<ConstraintViolation, String>> rule) {
        Either<ConstraintViolation, String> checked = rule.apply(text);
        checked.forEach(accepted -> assertThat(accepted).isEqualTo(text));
        checked.mapLeft(ConstraintViolation::message)
                .peekLeft(
                        message -> assertThat(message).hasSizeLessThan(800).doesNotContainPattern("[\\p{Cc}\\p{Cs}]"));
    }
}
